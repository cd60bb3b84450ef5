import { execFileSync } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { VerdictEvidence } from '../../../src/evidence/schema/verdict.ts';
import { copyPenguins, type Penguins } from '../../support/penguins.ts';
import { type Result, runDist } from '../../support/program.ts';

let penguins: Penguins;
beforeEach(async () => {
  penguins = await copyPenguins();
});
afterEach(() => penguins.remove());

const modelgate = (...args: string[]): Promise<Result> => runDist('cli.js', args, { cwd: penguins.folder });

test('compares with a baseline that is brought along', async () => {
  await modelgate('run', '--run-folder', 'baseline');
  const { code, stdout } = await modelgate('run', '--baseline', 'production=baseline');
  expect(code).toBe(0);
  expect(stdout).toContain('no-worse');
  const { rules } = (await penguins.readEvidence())['verdict.json'] as { rules: { id: string; outcome: string }[] };
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
  const verdict = (await penguins.readEvidence())['verdict.json'] as unknown as VerdictEvidence;
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

test('refuses a baseline that no rule asks for, and never compares a run with itself', async () => {
  const stray = await modelgate('run', '--baseline', 'prodction=.modelgate');
  expect(stray.code).toBe(2);
  expect(stray.stderr).toContain('Did you mean `production`?');
  await modelgate('run');
  const self = await modelgate('gate', '--baseline', 'production=.modelgate');
  expect(self.code).toBe(1);
  expect(self.stdout.replace(/\s+/g, ' ')).toContain('nothing is compared with itself');
});
