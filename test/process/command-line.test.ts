import { execFileSync } from 'node:child_process';
import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KINDS, type Kind } from '../../src/evidence/schema/envelope.ts';
import type { VerdictEvidence } from '../../src/evidence/schema/verdict.ts';
import { findViolations } from '../../src/evidence/validation.ts';
import { copyPenguins, type Penguins } from '../support/penguins.ts';
import { type Result, runDist } from '../support/program.ts';

let penguins: Penguins;
beforeEach(async () => {
  penguins = await copyPenguins();
});
afterEach(() => penguins.remove());

const modelgate = (...args: string[]): Promise<Result> => runDist('cli.js', args, { cwd: penguins.folder });

async function readEvidence(): Promise<Record<string, Record<string, unknown>>> {
  const folder = join(penguins.folder, '.modelgate/evidence');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, JSON.parse(texts[index] ?? '')]));
}

describe('modelgate run on the penguins', () => {
  test('passes, with evidence of every stage and both reports', async () => {
    const { code, stdout, stderr } = await modelgate('run');
    expect(stderr + stdout).toContain('penguins');
    expect(code).toBe(0);
    const evidence = await readEvidence();
    expect(Object.keys(evidence)).toEqual(KINDS.map((kind) => `${kind}.json`).sort());
    expect(Object.values(evidence).map(({ outcome }) => outcome)).toEqual(KINDS.map(() => 'pass'));
    for (const report of ['report.md', 'report.html']) {
      expect(await penguins.read(`.modelgate/${report}`)).toContain('penguins');
    }
  });

  test('twice gives the same evidence, times aside', async () => {
    const withoutTimes = (documents: Record<string, Record<string, unknown>>) =>
      Object.values(documents).map(({ created: _created, timing: _timing, ...rest }) => rest);
    await modelgate('run');
    const first = withoutTimes(await readEvidence());
    await modelgate('run');
    expect(JSON.stringify(withoutTimes(await readEvidence()))).toBe(JSON.stringify(first));
  });

  test('fails with exit code 1 and names the rule that asks for too much', async () => {
    await penguins.change('modelgate.yml', 'min: 0.9 ', 'min: 0.999 ');
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(1);
    expect(stdout).toContain('good-enough');
    expect(stdout).toContain('0.999');
  });

  test('ends with exit code 2 at the line of a misspelled key', async () => {
    await penguins.change('modelgate.yml', '\nevaluate:', '\nevalute:');
    const line = (await penguins.read('modelgate.yml')).split('\n').indexOf('evalute:') + 1;
    const { code, stderr } = await modelgate('run');
    expect(code).toBe(2);
    expect(stderr).toContain(`modelgate.yml:${line}:1: unknown key \`evalute\``);
    expect(stderr).toContain('Did you mean `evaluate`?');
  });

  test('says that the label column is missing, and which columns there are', async () => {
    await penguins.change('modelgate.yml', 'label: species', 'label: kind');
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(1);
    expect(stdout).toMatch(/no column .?kind/);
    expect(stdout).toContain('species');
  });

  test('stops before training when the data breaks its contract, and says so', async () => {
    await penguins.change('data/train.csv', 'Adelie', 'Emperor');
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(1);
    expect(stdout).toContain('species');
    expect(Object.keys(await readEvidence())).toEqual(['data.json', 'verdict.json']);
  });

  test('fails when the training command fails', async () => {
    await penguins.change('modelgate.yml', 'run: python3 train.py', 'run: exit 3');
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(1);
    expect(stdout).toContain('3');
    expect((await readEvidence())['verdict.json']?.['outcome']).toBe('fail');
  });

  test('prints only the evidence on standard output when asked for JSON', async () => {
    const { code, stdout } = await modelgate('run', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'verdict', outcome: 'pass' });
  });

  test('can be resumed at a stage', async () => {
    await modelgate('run', '--to', 'predict');
    expect(Object.keys(await readEvidence())).toEqual(['data.json', 'prediction.json', 'training.json']);
    const { code } = await modelgate('run', '--from', 'score');
    expect(code).toBe(0);
  });

  test('compares with a baseline that is brought along', async () => {
    await modelgate('run', '--run-folder', 'baseline');
    const { code, stdout } = await modelgate('run', '--baseline', 'production=baseline');
    expect(code).toBe(0);
    expect(stdout).toContain('no-worse');
    const { rules } = (await readEvidence())['verdict.json'] as { rules: { id: string; outcome: string }[] };
    expect(rules.find(({ id }) => id === 'no-worse')?.outcome).toBe('pass');
  });

  test('compares with an earlier run folder and with a file of predictions', async () => {
    await modelgate('run', '--run-folder', 'baseline');
    await cp(join(penguins.folder, 'out/predictions.csv'), join(penguins.folder, 'baseline/predictions.csv'));
    const rules = `    - { id: run, metric: accuracy, against: { run: baseline }, within: 0 }
    - { id: file, metric: macro-f1, against: { file: baseline/predictions.csv }, max-drop: 0% }
    - { id: gain, metric: accuracy, against: { run: baseline }, min-gain: 0.01, level: warn }
`;
    await penguins.change('modelgate.yml', '  budget:', `${rules}  budget:`);
    const { code, stdout } = await modelgate('run');
    expect(code, stdout).toBe(0);
    const verdict = (await readEvidence())['verdict.json'] as unknown as VerdictEvidence;
    const outcomes = Object.fromEntries(verdict.rules.map(({ id, outcome }) => [id, outcome]));
    expect(outcomes).toMatchObject({ run: 'pass', file: 'pass', gain: 'fail' });
    expect(verdict.baselines.map(({ state }) => state)).toEqual(['none-yet', 'found', 'found']);
  });

  test('cannot measure against a baseline that is not there, and says how to bring it', async () => {
    await penguins.change('modelgate.yml', 'against: production', 'against: { run: nowhere }');
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(1);
    expect(stdout).toContain('no-worse');
    expect(stdout).toContain('nowhere');
  });

  test('cannot measure against a stage that holds a version whose evidence is not at hand', async () => {
    execFileSync('git', ['tag', 'penguins#production#1'], { cwd: penguins.folder });
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(1);
    expect(stdout).toContain('penguins#production#1');
    expect(stdout.replace(/\s+/g, ' ')).toContain('--baseline production=FOLDER');
  });

  test('reports and does not block in mode observe', async () => {
    await penguins.change('modelgate.yml', 'mode: enforce ', 'mode: observe ');
    await penguins.change('modelgate.yml', 'min: 0.9 ', 'min: 0.999 ');
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(0);
    expect(stdout).toContain('good-enough');
    expect((await readEvidence())['verdict.json']).toMatchObject({ outcome: 'fail', blocks: false });
  });

  test('lets a waived rule through, and shows the waiver in every report', async () => {
    await penguins.change('modelgate.yml', 'min: 0.9 ', 'min: 0.999 ');
    const waiver = {
      waives: 'good-enough',
      reason: 'The season is short, see minutes.',
      author: 'ann',
      approver: 'bob',
    };
    await penguins.write('governance/waivers.yml', JSON.stringify([{ ...waiver, expires: '2999-12-31' }]));
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(0);
    for (const text of [
      stdout,
      await penguins.read('.modelgate/report.md'),
      await penguins.read('.modelgate/report.html'),
    ]) {
      expect(text).toContain('The season is short, see minutes.');
      expect(text).toContain('2999');
    }
    await penguins.write('governance/waivers.yml', JSON.stringify([{ ...waiver, expires: '2020-12-31' }]));
    expect((await modelgate('run')).code).toBe(1);
  });

  test('a candidate that writes what it is judged by is not measured', async () => {
    await penguins.change('modelgate.yml', 'min: 0.9 ', 'min: 0.999 ');
    const waiver = '[{ waives: good-enough, reason: Because I say so., author: a, approver: b, expires: 2999-01-01 }]';
    for (const [file, text] of [
      ['governance/waivers.yml', waiver],
      ['data/test.csv', 'id,species\n'],
      ['modelgate.yml', 'version: 1\n'],
      ['contracts/penguins.odcs.yaml', 'x'],
    ] as const) {
      const former = await penguins.read(file);
      await penguins.write(
        'predict_and_forge.py',
        `import predict\nopen(${JSON.stringify(file)}, 'w').write(${JSON.stringify(text)})\n`,
      );
      await penguins.change(
        'modelgate.yml',
        'run: python3 predict.py',
        'run: python3 predict.py && python3 predict_and_forge.py',
      );
      const { code, stdout } = await modelgate('run');
      expect(code, file).toBe(1);
      expect(stdout.replace(/\s+/g, ' '), file).toContain(`wrote ${file}`);
      if (file !== 'modelgate.yml') await penguins.write(file, former);
      await penguins.write(
        'modelgate.yml',
        (file === 'modelgate.yml' ? former : await penguins.read('modelgate.yml')).replace(
          ' && python3 predict_and_forge.py',
          '',
        ),
      );
    }
  }, 120_000);

  test('does not pass where nothing is judged', async () => {
    await penguins.write('modelgate.yml', 'version: 1\nmodel: penguins\ndata: { train: { path: data/train.csv } }\n');
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(1);
    expect(stdout).toContain('nothing to judge');
  });

  test('refuses a baseline that no rule asks for, and never compares a run with itself', async () => {
    const stray = await modelgate('run', '--baseline', 'prodction=.modelgate');
    expect(stray.code).toBe(2);
    expect(stray.stderr).toContain('Did you mean `production`?');
    await modelgate('run');
    const self = await modelgate('gate', '--baseline', 'production=.modelgate');
    expect(self.code).toBe(1);
    expect(self.stdout.replace(/\s+/g, ' ')).toContain('nothing is compared with itself');
  });

  test('fails for an unmet control', async () => {
    await penguins.write('MODEL_CARD.md', '# Card\n\n## Intended use\n\nTODO\n');
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(1);
    expect(stdout).toContain('Limitations');
  });

  test('killed at any moment leaves no half-written evidence', async () => {
    const start = performance.now();
    await modelgate('run');
    const whole = performance.now() - start;
    const moments = Array.from({ length: 12 }, (_, index) => Math.round((whole * (index + 1)) / 12));
    for (const killAfter of moments) {
      await rm(join(penguins.folder, '.modelgate'), { recursive: true, force: true });
      await runDist('cli.js', ['run'], { cwd: penguins.folder, killAfter });
      for (const [name, document] of Object.entries(await readEvidence())) {
        expect(findViolations(name.replace('.json', '') as Kind, document)).toEqual([]);
      }
    }
    expect((await modelgate('run')).code).toBe(0);
  }, 120_000);
});

describe('the other commands', () => {
  test('do one stage each, and agree with the whole', async () => {
    for (const command of [['data', 'check'], ['train'], ['predict'], ['score'], ['gate']]) {
      const { code, stderr } = await modelgate(...command);
      expect(code, `${command.join(' ')}: ${stderr}`).toBe(0);
    }
    const stepwise = await readEvidence();
    await modelgate('run');
    const { created: _a, timing: _b, ...whole } = (await readEvidence())['verdict.json'] ?? {};
    expect(stepwise['verdict.json']).toMatchObject(whole);
  });

  test('evaluate is predict and score', async () => {
    await modelgate('train');
    expect((await modelgate('evaluate')).code).toBe(0);
    expect(Object.keys(await readEvidence())).toEqual(['evaluation.json', 'prediction.json', 'training.json']);
  });

  test('print nothing but JSON on standard output when asked for it', async () => {
    const commands = ['validate', 'data check', 'train', 'predict', 'score', 'evaluate', 'gate', 'report'];
    for (const command of commands) {
      const { code, stdout } = await modelgate(...command.split(' '), '--json');
      expect(code, command).toBe(0);
      expect(() => JSON.parse(stdout), command).not.toThrow();
    }
  });

  test('paint where they are told to, and not where NO_COLOR says so', async () => {
    const run = (env: Record<string, string>) => runDist('cli.js', ['gate'], { cwd: penguins.folder, env });
    expect((await run({ FORCE_COLOR: '1' })).stdout).toContain('\u001b[');
    expect((await run({ FORCE_COLOR: '1', NO_COLOR: '1' })).stdout).not.toContain('\u001b[');
  });

  test('gate without evidence cannot measure, and does not pass', async () => {
    const { code, stdout } = await modelgate('gate');
    expect(code).toBe(1);
    expect(stdout.toLowerCase()).toContain('cannot');
  });

  test('report is written again from the evidence', async () => {
    await modelgate('run');
    const before = await penguins.read('.modelgate/report.html');
    await rm(join(penguins.folder, '.modelgate/report.html'));
    expect((await modelgate('report')).code).toBe(0);
    expect(await penguins.read('.modelgate/report.html')).toBe(before);
  });

  test('validate finds nothing in a right file, and every mistake in a wrong one', async () => {
    expect((await modelgate('validate')).code).toBe(0);
    await penguins.change('modelgate.yml', 'min: 0.9 ', 'minimum: 0.9 ');
    const { code, stderr } = await modelgate('validate');
    expect(code).toBe(2);
    expect(stderr).toContain('unknown key `minimum`');
    expect(stderr).toContain('has no condition');
  });

  test('validate finds mistakes in the contract, too', async () => {
    await penguins.change('contracts/penguins.odcs.yaml', 'logicalType: string', 'logicalType: text');
    const { code, stderr } = await modelgate('validate');
    expect(code).toBe(2);
    expect(stderr).toMatch(/contracts\/penguins\.odcs\.yaml:\d+:\d+/);
  });

  test.each([
    [['rum'], 'run'],
    [['run', '--confg', 'x'], '--config'],
    [['run', '--from', 'training'], 'train'],
    [['run', '--from', 'gate', '--to', 'data'], 'Swap them'],
    [['validate', '--duckdb', 'x'], '--duckdb'],
    [['run', '--baseline', 'production'], 'NAME=FOLDER'],
    [['run', '--config', 'nowhere.yml'], 'nowhere.yml'],
  ])('a mistake in the command line ends with 2 and a hint: %j', async (args, hint) => {
    const { code, stderr } = await modelgate(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(hint);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
