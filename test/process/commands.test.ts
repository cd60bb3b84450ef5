import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyPenguins, type Penguins } from '../support/penguins.ts';
import { type Result, runDist } from '../support/program.ts';

let penguins: Penguins;
beforeEach(async () => {
  penguins = await copyPenguins();
});
afterEach(() => penguins.remove());

const modelgate = (...args: string[]): Promise<Result> => runDist('cli.js', args, { cwd: penguins.folder });

describe('the other commands', () => {
  test('do one stage each, and agree with the whole', async () => {
    for (const command of [['data', 'check'], ['train'], ['predict'], ['score'], ['gate']]) {
      const { code, stderr } = await modelgate(...command);
      expect(code, `${command.join(' ')}: ${stderr}`).toBe(0);
    }
    const stepwise = await penguins.readEvidence();
    await modelgate('run');
    const { created: _a, timing: _b, ...whole } = (await penguins.readEvidence())['verdict.json'] ?? {};
    expect(stepwise['verdict.json']).toMatchObject(whole);
  });

  test('evaluate is predict and score', async () => {
    await modelgate('train');
    expect((await modelgate('evaluate')).code).toBe(0);
    expect(Object.keys(await penguins.readEvidence())).toEqual(['evaluation.json', 'prediction.json', 'training.json']);
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
