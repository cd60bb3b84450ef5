import { expect, test } from 'vitest';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { Place } from '../../registry/publish/place.ts';
import { findDifference, reset } from './whole.ts';

const FILES = { 'a.bin': 'aaaa', 'b.bin': 'bbbb', 'evidence/verdict.json': '{}' };
const ROUNDS = 10;
/** Milliseconds that stand for a second of waiting: enough for two runs to come between one another. */
const SHORT = { second: 3 };

test(`two runs of the same files at the same time make one release, ${ROUNDS} times`, async () => {
  await using place = await Place.open();
  const made = await place.pack(FILES);
  for (let round = 0; round < ROUNDS; round++) {
    await reset(place);
    const runs = [1, 2].map(() => publishVersion({ ...place.options(made), ...place.connect(SHORT) }));
    const states = (await Promise.all(runs)).map(({ state, version }) => `${state} ${version}`);
    expect(states.every((state) => /^(published|identical) v1\.0\.0$/.test(state))).toBe(true);
    expect(await findDifference(place, 'v1.0.0')).toEqual([]);
  }
});

test(`two runs with the same content and other evidence files make one release, ${ROUNDS} times`, async () => {
  await using place = await Place.open();
  for (let round = 0; round < ROUNDS; round++) {
    await reset(place);
    const runs = [1, 2].map(async (number) => {
      const files = { ...FILES, 'evidence/verdict.json': `{"timing":${number}}` };
      const made = await place.pack(files, { content: 'same' });
      const run = { id: number, attempt: 1, url: '' };
      return publishVersion({ ...place.options(made, { run }), ...place.connect(SHORT) });
    });
    const states = (await Promise.all(runs)).map(({ state, version }) => `${state} ${version}`);
    expect(states.every((state) => /^(published|identical) v1\.0\.0$/.test(state))).toBe(true);
    expect(await findDifference(place, 'v1.0.0')).toEqual([]);
  }
});

test(`two runs of different content make two releases with two numbers, ${ROUNDS} times`, async () => {
  await using place = await Place.open();
  for (let round = 0; round < ROUNDS; round++) {
    await reset(place);
    const packages = [];
    for (const text of ['one', 'two']) {
      await place.moveOn();
      packages.push(await place.pack({ ...FILES, 'a.bin': text }));
    }
    const runs = packages.map((made) => publishVersion({ ...place.options(made), ...place.connect(SHORT) }));
    const done = await Promise.all(runs);
    expect(done.map(({ state }) => state)).toEqual(['published', 'published']);
    expect(new Set(done.map(({ version }) => version)).size).toBe(2);
    expect(await place.readEvents()).toHaveLength(2);
    expect(place.releases.all.map(({ draft }) => draft)).toEqual([false, false]);
  }
});
