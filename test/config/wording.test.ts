import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Type, { type TSchema } from 'typebox';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findConfigProblems } from '../../src/config/consistency.ts';
import { METRICS } from '../../src/config/metrics.ts';
import { readProject } from '../../src/config/project.ts';
import { Modelgate } from '../../src/config/schema/modelgate.ts';
import { parseYaml } from '../../src/config/yaml-document.ts';
import { type Problem, UserMistake } from '../../src/errors.ts';

const RIGHT = `version: 1
model: penguins
task: binary-classification
data:
  train: { path: a.csv }
  test: { path: b.csv }
  checks: [no-overlap: { between: [train, test], on: [id] }]
evaluate:
  predictions: { path: p.csv, id: id, prediction: predicted }
  labels: { path: t.csv, id: id, label: species }
  positive: yes
  slices: [sex]
  metrics: [accuracy]
gates:
  rules:
    - { id: good, metric: recall, min: 0.9 }
stages: [production]
`;

function findProblems(text: string, schema: TSchema = Modelgate): readonly Problem[] {
  const rules = schema === Modelgate ? { findProblems: findConfigProblems } : {};
  try {
    parseYaml(text, { file: 'm.yml', schema, ...rules });
  } catch (error) {
    if (error instanceof UserMistake) return error.problems;
    throw error;
  }
  return [];
}

function change(from: string, to: string): string {
  if (!RIGHT.includes(from)) throw new Error(`the sample has no ${from}`);
  return RIGHT.replace(from, to);
}

test('the sample is right', () => {
  expect(findProblems(RIGHT)).toEqual([]);
});

describe('one mistake, one sentence of ours, and the fix', () => {
  const cases: [what: string, text: string, found: string, fix: string][] = [
    [
      'a number for text',
      change('positive: yes', 'positive: 1.0'),
      '`evaluate.positive` is 1; it must be text',
      'Write it in quotes: `positive: "1.0"`.',
    ],
    [
      'true for text',
      change('positive: yes', 'positive: true'),
      '`evaluate.positive` is true; it must be text',
      'Write it in quotes: `positive: "true"`.',
    ],
    [
      'a number in a list',
      change('[sex]', '[7]'),
      '`evaluate.slices[0]` is 7; it must be text or a list',
      'Write it in quotes: `- "7"`.',
    ],
    [
      'text for a number',
      change('min: 0.9', 'min: "0.9"'),
      '`gates.rules[0].min` is "0.9"; it must be a number',
      'Write it without quotes: `min: 0.9`; allowed: a number.',
    ],
    [
      'a number for a time span',
      change('  slices', '  timeout: 90\n  slices'),
      '`evaluate.timeout` is 90; it must be text',
      'Allowed: a time span such as 90s, 30m, 2h or 1h30m.',
    ],
    [
      'nothing for a mapping',
      change('stages: [production]', 'train:'),
      '`train` is empty; it must be a mapping',
      'Allowed: a mapping with the keys run, inputs, outputs, accelerator, checkpoints, timeout, environment.',
    ],
    [
      'text for a list',
      change('[sex]', 'sex'),
      '`evaluate.slices` is "sex"; it must be a list',
      'Allowed: a list of columns of the labels file; a list of two is their intersection.',
    ],
    [
      'an empty list',
      change('[accuracy]', '[]'),
      'the list `evaluate.metrics` is empty; at least 1 entry',
      'Allowed: a list of names of metrics; needed unless every number is reported.',
    ],
    [
      'a short list',
      change('[train, test]', '[train]'),
      '`data.checks[0].no-overlap.between` has 1 entry; at least 2 entries',
      'Allowed: a list of names of data sets.',
    ],
    [
      'an entry twice',
      change('[sex]', '[sex, age, sex]'),
      '`evaluate.slices` has "sex" twice',
      'Each entry may stand once; remove one.',
    ],
    [
      'an empty check',
      change('[no-overlap: { between: [train, test], on: [id] }]', '[{}]'),
      '`data.checks[0]` has 0 keys; at least 1',
      'Allowed: a mapping with one of the keys no-overlap, drift, label-leakage, time-order, privacy.',
    ],
    [
      'a double check',
      change('on: [id] }', 'on: [id] }, drift: { from: train, to: test, max-share: 0 }')
        .replace('[no-overlap', '[{ no-overlap')
        .replace('0 }]', '0 } }]'),
      '`data.checks[0]` has 2 keys (no-overlap, drift); at most 1',
      'Allowed: a mapping with one of the keys no-overlap, drift, label-leakage, time-order, privacy.',
    ],
    [
      'too small a number',
      change('min: 0.9', 'min: 0.9, min-rows: 0'),
      '`gates.rules[0].min-rows` is 0; it must be at least 1',
      'Allowed: a whole number of at least 1.',
    ],
    [
      'empty text',
      change('label: species', 'label: ""'),
      '`evaluate.labels.label` is empty text; at least 1 character',
      'Allowed: the name of a column.',
    ],
    [
      'long text',
      change('label: species', `label: ${'x'.repeat(257)}`),
      `257 characters; at most 256 characters`,
      'Allowed: the name of a column.',
    ],
    [
      'a missing mapping',
      change('  labels: { path: t.csv, id: id, label: species }\n', ''),
      'the key `labels` is missing in `evaluate`',
      'Add `labels: …`: the file that holds the truth, and its columns.',
    ],
    [
      'a missing version',
      change('version: 1\n', ''),
      'the key `version` is missing in the file',
      'Add `version: 1`: 1, the version of this file format.',
    ],
    [
      'a list at the top',
      '- a\n',
      'the file is the list ["a"]; it must be a mapping',
      'Allowed: a mapping with the keys version, model, task, data, train, evaluate, gates, governance, release, stages.',
    ],
    [
      'a minimum out of reach',
      change('min: 0.9', 'min: 70'),
      'no value of recall reaches 70; it lies from 0 to 1',
      'Write `min` on that scale.',
    ],
    [
      'a minimum that all keep',
      change('min: 0.9', 'min: -1'),
      'every value of recall is over -1; it lies from 0 to 1',
      'Write `min` on that scale.',
    ],
    [
      'a maximum out of reach',
      change('recall, min: 0.9', 'mcc, max: -2'),
      'no value of mcc is as low as -2; it lies from -1 to 1',
      'Write `max` on that scale.',
    ],
    [
      'a maximum that all keep',
      change('min: 0.9', 'max: 5'),
      'every value of recall is under 5; it lies from 0 to 1',
      'Write `max` on that scale.',
    ],
    [
      'an unknown stage',
      change('min: 0.9', 'against: prod, within: 1'),
      'there is no stage `prod`',
      'one of the stages, base, a version such as name@v1.2.3, { file: … } or { run: … }. The stages are production.',
    ],
    [
      'a metric called constructor',
      change('recall, min: 0.9', 'constructor, min: 0.9, group: sex'),
      'there is no metric `constructor`',
      'Allowed: accuracy',
    ],
    [
      'a tab',
      change('  slices', '\tslices'),
      'this is not valid YAML: a tab in the indentation',
      'YAML is indented with spaces.',
    ],
    [
      'a key twice',
      `${RIGHT}"stages": [b]\n`,
      'this is not valid YAML: the key `stages` stands twice',
      'Each key may stand once; remove or rename one.',
    ],
    [
      'a second document',
      `${RIGHT}---\na: 1\n`,
      'this is not valid YAML: a second document begins here',
      'Keep one document in the file: remove the lines `---`.',
    ],
    [
      'a colon in text',
      change('positive: yes', 'positive: a: b'),
      'a list begins in a line that already holds a key',
      'in quotes',
    ],
    [
      'an open bracket',
      change('[production]', '[production'),
      'a bracket that is not closed',
      'Close it: each [ needs its ], each { its }',
    ],
    [
      'an open quote',
      change('positive: yes', 'positive: "yes'),
      'this is not valid YAML: a quote that is not closed',
      'Close it',
    ],
    [
      'a key without colon',
      change('stages: [production]', 'stages'),
      'a key without `: ` after it',
      'with a space after the colon',
    ],
    ['a tag', change('positive: yes', 'positive: !yes yes'), 'a tag (!name) that is not known here', 'Remove it'],
    [
      'a star',
      change('positive: yes', 'positive: *yes'),
      'the alias `*yes` has no anchor `&yes` before it',
      'Write text that begins with * in quotes.',
    ],
  ];
  test.each(cases)('%s', (_what, text, found, fix) => {
    const problems = findProblems(text);
    expect(problems.map((problem) => problem.found).join('\n')).toContain(found);
    const [problem] = problems;
    expect(problem?.fix).toContain(fix);
    expect(problem?.line).toBeGreaterThan(0);
    expect(problems).toHaveLength(1);
  });

  test.each<[string, TSchema, string]>([
    ['a: 1', Type.Number({ exclusiveMinimum: 1 }), '`a` is 1; it must be more than 1'],
    ['a: 1', Type.Number({ exclusiveMaximum: 1 }), '`a` is 1; it must be less than 1'],
    ['a: 2', Type.Number({ maximum: 1 }), '`a` is 2; it must be at most 1'],
    ['a: [1, 2]', Type.Array(Type.Number(), { maxItems: 1 }), '`a` has 2 entries; at most 1'],
    ['a: 5', Type.Number({ multipleOf: 2 }), '`a` is 5'],
  ])('%s', (text, schema, found) => {
    const [problem] = findProblems(text, Type.Object({ a: schema }));
    expect(problem?.found).toBe(found);
    expect(problem?.fix).toBeDefined();
  });
});

describe('several mistakes', () => {
  test('of syntax end at the first, but every doubled key is named', () => {
    const problems = findProblems('a: 1\na: 2\nb: 1\nb: 2\nc: [\nd: }\ne: ]]\n');
    expect(problems.filter(({ found }) => found.includes('stands twice'))).toHaveLength(2);
    expect(problems).toHaveLength(3);
  });

  test('of shape in one section do not hide the others of sense, nor bring consequences', () => {
    const text = change('[train, test]', '[train, tset]').replace('positive: yes', 'positive: 1');
    expect(findProblems(text).map(({ found }) => found)).toEqual([
      '`evaluate.positive` is 1; it must be text',
      'there is no data set `tset`',
    ]);
  });

  test('a misspelt section is not missed as well', () => {
    expect(findProblems(change('evaluate:', 'evalute:'))).toHaveLength(1);
  });
});

test('a bomb of aliases names the line of the first', () => {
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
  for (let level = 0; level < 9; level += 1) {
    const [from, to] = [String.fromCharCode(97 + level), String.fromCharCode(98 + level)];
    bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(',')}]`);
  }
  expect(findProblems(bomb.join('\n'))[0]).toMatchObject({ line: 2, column: 8 });
});

test('every metric knows the range of its values', () => {
  for (const { range } of Object.values(METRICS)) expect(range[0]).toBeLessThan(range[1]);
});

describe('a file that cannot be read is a mistake with its place', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modelgate-wording-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const refuse = async (path: string, found: string) => {
    const error: unknown = await readProject(path).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserMistake);
    expect(String(error)).toContain(found);
    expect(String(error)).not.toContain('examples/');
  };

  test('a folder without modelgate.yml', () => refuse(folder, `there is no modelgate.yml in ${folder}`));
  test('a folder called modelgate.yml in the folder', async () => {
    await mkdir(join(folder, 'modelgate.yml'));
    await refuse(folder, `${join(folder, 'modelgate.yml')}: this file cannot be read: it is a folder, not a file`);
  });
  test('a path through a file', async () => {
    await writeFile(join(folder, 'a'), '');
    await refuse(join(folder, 'a', 'modelgate.yml'), 'a part of its path is a file, not a folder');
  });
  test('a link to itself', async () => {
    await symlink('loop.yml', join(folder, 'loop.yml'));
    await refuse(join(folder, 'loop.yml'), 'symbolic links lead in a circle');
  });
  test('an empty file says how to begin', async () => {
    await writeFile(join(folder, 'modelgate.yml'), '');
    await refuse(folder, 'Start with `version: 1` and `model: NAME`.');
  });
});
