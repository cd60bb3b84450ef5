import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEvidence } from '../../../src/evidence/files.ts';
import { type Delays, REAL_DELAYS } from '../../../src/github/delays.ts';
import { sealEvidence } from '../../../src/pipeline/sealing.ts';
import { readStored } from '../../support/github/stored-file.ts';
import { type Laptop, openLaptop } from './laptop.ts';

let laptop: Laptop;
beforeAll(async () => {
  // A second between two writes is kept for GitHub’s sake; this one is ours.
  (REAL_DELAYS as { -readonly [Field in keyof Delays]: number }).second = 0;
  laptop = await openLaptop();
});
afterAll(() => laptop[Symbol.asyncDispose]());

test('a release from a laptop holds what `reveal` allows, and the laptop keeps its numbers', async () => {
  const { penguins } = laptop;
  await penguins.change('modelgate.yml', 'reveal: rows', 'reveal: metrics');
  // Most lengths are of a few rows: what those are would follow from their numbers.
  await penguins.change('modelgate.yml', 'slices: [island, sex]', 'slices: [island, sex, flipper_length_mm]');
  laptop.commit();
  laptop.push();
  await laptop.judge();
  const own = await readEvidence(`${penguins.folder}/.modelgate`);
  const { code, stderr } = await laptop.command(['publish']);
  expect(code, stderr).toBe(0);

  const assets = laptop.releases[0]?.assets ?? [];
  for (const kind of ['evaluation', 'verdict'] as const) {
    const asset = assets.find(({ name }) => name.endsWith(`${kind}.json`));
    const released = JSON.parse(String(asset?.content && readStored(asset.content)));
    expect(released).toEqual(JSON.parse(JSON.stringify(sealEvidence(own)[kind])));
    if (kind === 'evaluation') expect(released).not.toEqual(JSON.parse(JSON.stringify(own[kind])));
  }
  expect(await readEvidence(`${penguins.folder}/.modelgate`)).toEqual(own);
  const verified = await laptop.command(['verify', 'penguins@v1.0.0']);
  expect(verified.code, verified.stdout + verified.stderr).toBe(0);
});
