import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserMistake } from '../../../src/errors.ts';
import { readEvidence } from '../../../src/evidence/files.ts';
import { Profile } from '../../../src/evidence/schema/profile.ts';
import type { Assembled } from '../../../src/registry/package/assembly.ts';
import { ROOT } from '../../support/program.ts';
import { type JudgedPenguins, openPenguins } from './judged-penguins.ts';

let penguins: JudgedPenguins;
let made: Assembled;
beforeAll(async () => {
  penguins = await openPenguins();
  await penguins.judge();
  made = await penguins.assemble();
});
afterAll(() => penguins.remove());

const read = (one: Assembled, path: string) => {
  const file = one.files.find((candidate) => candidate.path === path);
  if (!file) throw new Error(`the package has no ${path}`);
  return readFile(file.file, 'utf8');
};

describe('a package of a model that passed', () => {
  test('holds the model, the evidence, the card and what was made of them', () => {
    expect(made.files.map(({ path, role }) => [role, path])).toEqual([
      ['model', 'out/model.json'],
      ['card', 'MODEL_CARD.md'],
      ...['data', 'training', 'prediction', 'evaluation', 'verdict'].map((kind) => [
        'evidence',
        `evidence/${kind}.json`,
      ]),
      ['config', 'modelgate.yml'],
      ['bom', 'bom.cdx.json'],
      ['other', 'verdict-predicate.json'],
      ['predictions', 'predictions.csv'],
      ['profile', 'profile.json'],
    ]);
    expect(made.facts.outcome).toBe('pass');
    expect(made.facts.metrics.map(({ name }) => name)).toContain('accuracy');
    expect(made.notes).toEqual([]);
  });

  test('tells what the model takes and gives', () => {
    expect(made.interface).toEqual({
      task: 'multiclass-classification',
      inputs: expect.arrayContaining(['bill_length_mm', 'island', 'sex']),
      outputs: ['p_adelie', 'p_chinstrap', 'p_gentoo', 'predicted'],
      classes: ['Adelie', 'Chinstrap', 'Gentoo'],
    });
    expect(made.interface.inputs).not.toContain('species');
    expect(made.interface.inputs).not.toContain('id');
  });

  test('holds the predictions row by row, and no column beside them', async () => {
    const [head, ...rows] = (await read(made, 'predictions.csv')).trim().split('\n');
    expect(head).toBe('id,predicted,p_adelie,p_chinstrap,p_gentoo');
    const scored = (await penguins.read('out/predictions.csv')).trim().split('\n');
    expect(rows).toHaveLength(scored.length - 1);
    expect(rows[0]?.split(',').slice(0, 2)).toEqual(scored[1]?.split(',').slice(0, 2));
  });

  test('has a bill of materials that CycloneDX’s own schema accepts', async () => {
    const bom = JSON.parse(await read(made, 'bom.cdx.json'));
    const folder = join(ROOT, 'node_modules/@cyclonedx/cyclonedx-library/res/schema');
    const load = async (name: string) =>
      JSON.parse(await readFile(join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8'));
    const beside = await Promise.all(
      ['spdx', 'jsf-0.82'].map(async (name) => [
        `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`,
        await load(name),
      ]),
    );
    const unknown = { 'iri-reference': true, 'idn-email': true } as const;
    const ajv = new Ajv({ strict: false, formats: unknown, schemas: Object.fromEntries(beside) });
    formats.default(ajv);
    const accept = ajv.compile(await load('bom-1.6'));
    expect(accept(bom), JSON.stringify(accept.errors)).toBe(true);
    expect(bom.metadata.component.type).toBe('machine-learning-model');
    expect(bom.metadata.component.components[0].hashes[0].content).toBe(made.facts.files[0]?.sha256.slice(7));
    expect(bom.metadata.component.modelCard.modelParameters.datasets).toEqual([
      { ref: 'data:train' },
      { ref: 'data:test' },
    ]);
    expect(accept({ ...bom, specVersion: 1 }), 'a schema that accepts anything shows nothing').toBe(false);
  });

  test('has a profile of the training data, after its schema', async () => {
    const profile = JSON.parse(await read(made, 'profile.json'));
    expect(new Ajv({ strict: false }).validate({ ...Profile }, profile)).toBe(true);
    const column = (name: string) => profile.columns.find((one: { name: string }) => one.name === name);
    const lengths = column('bill_length_mm');
    expect(lengths.numbers.counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(lengths.n);
    expect(lengths.numbers.upTo).toEqual([...lengths.numbers.upTo].sort((a, b) => a - b));
    expect(
      column('island')
        .categories.values.map(({ value }: { value: string }) => value)
        .sort(),
    ).toEqual(['Biscoe', 'Dream', 'Torgersen']);
    expect(column('id')).toMatchObject({ withheld: 'key' });
    expect(column('id')).not.toHaveProperty('categories');
  });

  test('binds the verdict to the digests of the model', async () => {
    const predicate = JSON.parse(await read(made, 'verdict-predicate.json'));
    expect(predicate).toMatchObject({
      modelDigest: made.modelDigest,
      modelFiles: made.facts.files,
      commit: made.commit,
    });
    expect(predicate.verdict).toMatchObject({ outcome: 'pass', sha256: made.facts.verdict });
  });

  test('has the same content when the same commit is judged again, at another time', async () => {
    await penguins.judge('2026-12-24T18:00:00Z');
    const again = await penguins.assemble();
    expect(again.contentDigest).toBe(made.contentDigest);
    expect(again.modelDigest).toBe(made.modelDigest);
  });
});

describe('a package is refused', () => {
  const reject = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UserMistake);
    return (error as UserMistake).message;
  };

  test('with a model that is not the one that was judged, naming the file and both digests', async () => {
    const text = await penguins.read('out/model.json');
    await penguins.write('out/model.json', `${text} `);
    const message = await reject(penguins.assemble());
    await penguins.write('out/model.json', text);
    expect(message).toMatch(/out\/model\.json is sha256:[0-9a-f]{64}, and the verdict is on sha256:[0-9a-f]{64}/);
  });

  test('with predictions that are not those that were scored', async () => {
    const text = await penguins.read('out/predictions.csv');
    await penguins.write('out/predictions.csv', `${text}\n`);
    const message = await reject(penguins.assemble());
    await penguins.write('out/predictions.csv', text);
    expect(message).toMatch(/the predictions are sha256:.* were scored/);
  });

  test.each([
    ['without a verdict', { verdict: undefined }, /no verdict/],
    ['after a verdict that does not pass', { verdict: { outcome: 'fail' } }, /the verdict on penguins is fail/],
    [
      'of a verdict that is none in observe mode',
      { verdict: { outcome: 'cannot-measure', blocks: false } },
      /is cannot-measure/,
    ],
    [
      'with evidence of another commit',
      { data: { subject: { commit: 'a'.repeat(40) } } },
      /data evidence was written for commit aaaa/,
    ],
    ['with evidence of another model', { evaluation: { model: 'other' } }, /another model, other/],
    [
      'with evidence that the verdict was not built on',
      { evaluation: { reason: 'Edited.' } },
      /built on other evaluation evidence/,
    ],
    ['with a gap in the chain', { training: undefined }, /built on training evidence that is not here/],
    ['of files that were not committed', { verdict: { subject: { dirty: true } } }, /differed from the commit/],
  ])('%s', async (_case, changes: Record<string, object | undefined>, expected) => {
    const evidence = await readEvidence(join(penguins.folder, '.modelgate'));
    const entries = Object.entries(evidence).flatMap(([kind, document]) => {
      if (!(kind in changes)) return [[kind, document]];
      const change = changes[kind] as { subject?: object } | undefined;
      return change ? [[kind, { ...document, ...change, subject: { ...document.subject, ...change.subject } }]] : [];
    });
    expect(await reject(penguins.assemble({ evidence: Object.fromEntries(entries) }))).toMatch(expected);
  });
});
