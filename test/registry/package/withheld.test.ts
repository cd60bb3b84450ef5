import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Assembled } from '../../../src/registry/package/assembly.ts';
import { type JudgedPenguins, openPenguins } from './judged-penguins.ts';

let penguins: JudgedPenguins;
let made: Assembled;
beforeAll(async () => {
  penguins = await openPenguins();
  await penguins.change('modelgate.yml', 'reveal: rows', 'reveal: verdict');
  await penguins.change('contracts/penguins.odcs.yaml', 'name: sex', 'name: sex\n        classification: restricted');
  const identity = ['-c', 'user.name=T', '-c', 'user.email=t@invalid', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, 'commit', '--quiet', '--all', '--message', 'Hide'], { cwd: penguins.folder });
  await penguins.judge();
  made = await penguins.assemble();
});
afterAll(() => penguins.remove());

const readAll = () =>
  Promise.all(made.files.filter(({ role }) => role !== 'model').map(({ file }) => readFile(file, 'utf8')));

test('where only the verdict is revealed, no file of the package holds a number of it', async () => {
  const paths = made.files.map(({ path }) => path);
  expect(paths).not.toContain('evidence/evaluation.json');
  expect(paths).not.toContain('evidence/verdict.json');
  expect(made.evidence.map(({ kind }) => kind)).toEqual(['data', 'training', 'prediction', 'evaluation', 'verdict']);
  expect(made.facts.metrics).toEqual([]);
  const evaluation = JSON.parse(await penguins.read('.modelgate/evidence/evaluation.json'));
  const accuracy = String(evaluation.metrics.find(({ name }: { name: string }) => name === 'log-loss').value);
  expect(accuracy.length).toBeGreaterThan(8);
  expect((await readAll()).filter((text) => text.includes(accuracy.slice(0, 8)))).toEqual([]);
  expect(made.notes.join()).toContain('`reveal: verdict`');
});

test('the profile tells no value of a column that the contract calls restricted', async () => {
  const profile = made.files.find(({ path }) => path === 'profile.json');
  const { columns } = JSON.parse(await readFile(profile?.file ?? '', 'utf8'));
  const sex = columns.find(({ name }: { name: string }) => name === 'sex');
  expect(sex).toMatchObject({ withheld: 'sensitive', n: expect.any(Number) });
  expect(sex).not.toHaveProperty('categories');
});

test('predictions stay behind when the contract calls their ids restricted', async () => {
  await penguins.change('contracts/penguins.odcs.yaml', 'name: id', 'name: id\n        classification: PII');
  const again = await penguins.assemble();
  expect(again.files.map(({ role }) => role)).not.toContain('predictions');
  expect(again.notes.join()).toContain('The predictions stay behind');
});
