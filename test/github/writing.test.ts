import { RequestError } from 'octokit';
import { expect, test } from 'vitest';
import type { Client } from '../../src/github/client.ts';
import { writeOnce } from '../../src/github/writing.ts';

const LOST = new RequestError('other side closed', 500, {
  request: { method: 'POST', url: 'https://api.github.com/x', headers: {} },
});

/** A place that holds one text. `faults` befall the writes in their order; `blind` is how many looks see nothing. */
function createPlace(faults: readonly ('none' | 'before' | 'after' | 'refused')[], blind = 0) {
  const place = { content: undefined as string | undefined, writes: 0, looks: 0, waited: [] as number[] };
  const client = { pause: async (seconds: number) => void place.waited.push(seconds) } as unknown as Client;
  const write = async () => {
    const fault = faults[place.writes] ?? 'none';
    place.writes += 1;
    if (fault === 'refused') throw Object.assign(new RequestError('no', 422, { request: LOST.request }));
    if (fault !== 'before') place.content = 'wanted';
    if (fault !== 'none') throw LOST;
    return 'wanted';
  };
  const find = async () => {
    place.looks += 1;
    return place.looks > 1 && place.looks <= 1 + blind ? undefined : place.content;
  };
  const run = () => writeOnce(client, { find, write, agrees: (found) => found === 'wanted' });
  return { place, run };
}

test('what is there already is not written', async () => {
  const { place, run } = createPlace([]);
  place.content = 'wanted';
  expect(await run()).toEqual({ value: 'wanted', wrote: false });
  expect(place.writes).toBe(0);
});

test('a write whose answer was lost after it acted is found, and never sent again', async () => {
  const { place, run } = createPlace(['after']);
  expect(await run()).toEqual({ value: 'wanted', wrote: true });
  expect(place.writes).toBe(1);
});

test('also where the list that tells lags behind', async () => {
  const { place, run } = createPlace(['after'], 2);
  await run();
  expect(place).toMatchObject({ writes: 1, looks: 4, waited: [1, 2, 4] });
});

test('a write that was lost before it acted is sent again, after three looks', async () => {
  const { place, run } = createPlace(['before']);
  expect(await run()).toEqual({ value: 'wanted', wrote: true });
  expect(place).toMatchObject({ writes: 2, looks: 4 });
});

test('a write that is lost time and again is given up after three, with the error of the last', async () => {
  const { place, run } = createPlace(['before', 'before', 'before']);
  await expect(run()).rejects.toBe(LOST);
  expect(place.writes).toBe(3);
});

test('a refusal is an answer', async () => {
  const { place, run } = createPlace(['refused']);
  await expect(run()).rejects.toMatchObject({ status: 422 });
  expect(place).toMatchObject({ writes: 1, looks: 1 });
});
