import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DataEvidence } from '../../src/evidence/schema/data.ts';
import { checkFolder, createFolder } from './project.ts';

const ROWS = 3000;
const write = (mass: (index: number) => number, island: (index: number) => string) =>
  `mass,island\n${Array.from({ length: ROWS }, (_, i) => `${mass(i)},${island(i)}`).join('\n')}\n`;
const BEFORE = write(
  (i) => 3000 + (i % 1500),
  (i) => (i % 3 === 0 ? 'Dream' : 'Biscoe'),
);
const LATER = write(
  (i) => 3600 + (i % 1500),
  (i) => (i % 30 === 0 ? 'Dream' : 'Biscoe'),
);

const configure = (data: object) => JSON.stringify({ version: 1, model: 'birds', data });
const drift = (to: string) => ({ drift: { reference: 'before/data.json', to, 'max-share': 0.2, method: 'psi' } });

/** A folder in which a check ran whose data is gone: only its evidence is left. */
async function createLater(data: object, later: object, content: string): Promise<string> {
  const folder = await createFolder({ 'modelgate.yml': configure(data), 'old.csv': BEFORE, 'before/.keep': '' });
  const evidence = await checkFolder(folder);
  await writeFile(join(folder, 'before', 'data.json'), JSON.stringify(evidence));
  await rm(join(folder, 'old.csv'));
  await writeFile(join(folder, 'new.csv'), content);
  await writeFile(join(folder, 'modelgate.yml'), configure(later));
  return folder;
}

const outcomes = ({ checks: [check] }: DataEvidence) => check?.columns?.map(({ name, outcome }) => [name, outcome]);

test('a later run is held against the evidence of an earlier one, whose data is no longer there', async () => {
  const [before, later] = [{ birds: { path: 'old.csv' } }, { birds: { path: 'new.csv' }, checks: [drift('birds')] }];
  const drifted = await checkFolder(await createLater(before, later, LATER));
  expect(drifted.checks[0]).toMatchObject({ outcome: 'fail', count: 2, share: 1 });
  expect(outcomes(drifted)).toEqual([
    ['mass', 'fail'],
    ['island', 'fail'],
  ]);
  const [mass] = drifted.checks[0]?.columns ?? [];
  expect(mass).toMatchObject({
    binning: '10 bins by quantiles of the stored profile',
    n: [ROWS, ROWS],
    threshold: 0.1,
  });
  const same = await checkFolder(await createLater(before, later, BEFORE));
  expect(same.checks[0]).toMatchObject({ outcome: 'pass', count: 0 });
});

test('of several data sets in the evidence the one of the same name is taken, and none is guessed', async () => {
  const before = { birds: { path: 'old.csv' }, others: { path: 'old.csv' } };
  const named = await createLater(before, { others: { path: 'new.csv' }, checks: [drift('others')] }, BEFORE);
  expect((await checkFolder(named)).checks[0]?.text).toContain('the profile of others');
  const unnamed = await createLater(before, { fresh: { path: 'new.csv' }, checks: [drift('fresh')] }, BEFORE);
  await expect(checkFolder(unnamed)).rejects.toMatchObject({
    problems: [{ found: expect.stringContaining('the profiles of 2 data sets, and none of "fresh"') }],
  });
  const none = await createLater(
    { birds: { path: 'old.csv', profile: false } },
    { birds: { path: 'new.csv' }, checks: [drift('birds')] },
    BEFORE,
  );
  await expect(checkFolder(none)).rejects.toMatchObject({
    problems: [{ found: expect.stringContaining('no profile') }],
  });
});
