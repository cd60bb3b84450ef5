import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KINDS } from '../../src/evidence/schema/envelope.ts';
import { copyPenguins, type Penguins } from '../support/penguins.ts';
import { type Result, runDist } from '../support/program.ts';

let penguins: Penguins;
beforeEach(async () => {
  penguins = await copyPenguins();
});
afterEach(() => penguins.remove());

const modelgate = (...args: string[]): Promise<Result> => runDist('cli.js', args, { cwd: penguins.folder });

describe('modelgate run on the penguins', () => {
  test('passes, with evidence of every stage and both reports', async () => {
    const { code, stdout, stderr } = await modelgate('run');
    expect(stderr + stdout).toContain('penguins');
    expect(code).toBe(0);
    const evidence = await penguins.readEvidence();
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
    const first = withoutTimes(await penguins.readEvidence());
    await modelgate('run');
    expect(JSON.stringify(withoutTimes(await penguins.readEvidence()))).toBe(JSON.stringify(first));
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
    expect(Object.keys(await penguins.readEvidence())).toEqual(['data.json', 'verdict.json']);
  });

  test('fails when the training command fails', async () => {
    await penguins.change('modelgate.yml', 'run: python3 train.py', 'run: exit 3');
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(1);
    expect(stdout).toContain('3');
    expect((await penguins.readEvidence())['verdict.json']?.['outcome']).toBe('fail');
  });

  test('prints only the evidence on standard output when asked for JSON', async () => {
    const { code, stdout } = await modelgate('run', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'verdict', outcome: 'pass' });
  });

  test('can be resumed at a stage', async () => {
    await modelgate('run', '--to', 'predict');
    expect(Object.keys(await penguins.readEvidence())).toEqual(['data.json', 'prediction.json', 'training.json']);
    const { code } = await modelgate('run', '--from', 'score');
    expect(code).toBe(0);
  });

  test('reports and does not block in mode observe', async () => {
    await penguins.change('modelgate.yml', 'mode: enforce ', 'mode: observe ');
    await penguins.change('modelgate.yml', 'min: 0.9 ', 'min: 0.999 ');
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(0);
    expect(stdout).toContain('good-enough');
    expect((await penguins.readEvidence())['verdict.json']).toMatchObject({ outcome: 'fail', blocks: false });
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

  test('does not pass where nothing is judged', async () => {
    await penguins.write('modelgate.yml', 'version: 1\nmodel: penguins\ndata: { train: { path: data/train.csv } }\n');
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(1);
    expect(stdout).toContain('nothing to judge');
  });

  test('fails for an unmet control', async () => {
    await penguins.write('MODEL_CARD.md', '# Card\n\n## Intended use\n\nTODO\n');
    const { code, stdout } = await modelgate('run');
    expect(code).toBe(1);
    expect(stdout).toContain('Limitations');
  });
});
