import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserMistake } from '../../../src/errors.ts';
import { findCounted } from '../../../src/pipeline/budget/counting.ts';
import { openBudgetFile } from '../../../src/pipeline/budget/file-store.ts';
import { ACCOUNT, createJudged } from './evidence.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-budget-'));
  path = join(folder, 'kept', 'budget.jsonl');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function draw(name: string, budget = 'test-2026', model = 'penguins') {
  const verdict = findCounted(createJudged(name, { id: budget }, { verdict: { model } }));
  if (!verdict) throw new Error('there is something to count');
  return verdict;
}

test('a file that is not there has counted nothing, and reading makes none', async () => {
  expect(await openBudgetFile(path).read(ACCOUNT)).toEqual([]);
  await expect(readFile(path)).rejects.toThrow('ENOENT');
});

test('another model of the same id is another budget', async () => {
  const store = openBudgetFile(path);
  const [own, other] = [draw('one'), draw('one', 'test-2026', 'seals')];
  expect(await store.count(own)).toEqual([own.id]);
  expect(await store.count(other)).toEqual([other.id]);
  expect(await store.read(ACCOUNT)).toEqual([own.id]);
});

test('each verdict is counted once, under its own budget', async () => {
  const store = openBudgetFile(path);
  const [one, two, other] = [draw('one'), draw('two'), draw('one', 'other')];
  expect(await store.count(one)).toEqual([one.id]);
  expect(await store.count(two)).toEqual([one.id, two.id]);
  expect(await openBudgetFile(path).count(one)).toEqual([one.id, two.id]);
  expect(await store.count(other)).toEqual([other.id]);
  expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(3);
});

test('two that count at the same moment lose nothing, and what both wrote counts once', async () => {
  const names = ['one', 'two', 'three', 'four'];
  await Promise.all([...names, ...names].map((name) => openBudgetFile(path).count(draw(name))));
  const counted = await openBudgetFile(path).read(ACCOUNT);
  expect(counted.toSorted()).toEqual(names.map((name) => draw(name).id).toSorted());
});

test.each([
  ['half a line, as a write that broke off leaves it', '{"budget":"test-2026","i'],
  ['an empty line', '\n'],
  ['another object', '{"budget":7}\n'],
  ['a word', 'null\n'],
])('%s is refused, by its line: what cannot be read is never no verdict', async (_, text) => {
  await openBudgetFile(path).count(draw('one'));
  await appendFile(path, text);
  await expect(openBudgetFile(path).read(ACCOUNT)).rejects.toThrow(`${path}:2: this line is no verdict`);
});

test('a folder in its place, and a file beyond 16 MiB, are mistakes', async () => {
  await expect(openBudgetFile(folder).read(ACCOUNT)).rejects.toThrow(UserMistake);
  const large = join(folder, 'large.jsonl');
  await writeFile(large, 'x'.repeat(16 * 1024 ** 2 + 1));
  await expect(openBudgetFile(large).read(ACCOUNT)).rejects.toThrow('bytes');
});
