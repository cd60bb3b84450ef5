import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserMistake } from '../../../src/errors.ts';
import { openBudgetFile } from '../../../src/pipeline/budget/file-store.ts';
import { countFolder, replaceRefused } from '../../../src/pipeline/budget/judged.ts';
import { CANCELLED_REFUSAL } from '../../../src/report/refusals.ts';
import { ACCOUNT, createJudged } from './evidence.ts';
import { writeJudged } from './judged-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-judged-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const nobody = () => Promise.reject(new Error('nobody asks'));

test('every verdict of the folder is counted, and each once', async () => {
  await writeJudged(folder, { one: createJudged('one'), two: createJudged('two') });
  const store = openBudgetFile(join(folder, 'budget.jsonl'));
  for (let again = 0; again < 2; again++) expect(await countFolder(folder, async () => store)).toEqual(new Map());
  expect(await store.read(ACCOUNT)).toHaveLength(2);
});

test('what cannot be counted is refused in place of its verdict, and other refusals stay', async () => {
  const judged = createJudged('one');
  await writeJudged(folder, { one: judged, two: createJudged('two') });
  const readOnly = {
    read: async () => [],
    count: () => Promise.reject(new UserMistake({ found: 'it may only read', fix: 'Give contents: write.' })),
  };
  const refused = await countFolder(folder, async () => readOnly);
  const models = [
    { model: 'one', judged },
    { model: 'two', judged: CANCELLED_REFUSAL },
    { model: 'three', judged },
  ];
  const [one, two, three] = replaceRefused(models, refused);
  expect(one?.judged).toMatchObject({ kind: 'missing', fix: 'Give contents: write.' });
  expect(two).toBe(models[1]);
  expect(three).toBe(models[2]);
});

test('a budget that nobody could read refuses where nothing may be shown uncounted', async () => {
  const unknown = { state: 'unknown', counted: false, spent: null } as const;
  const strict = createJudged('strict', { ...unknown, whenSpent: 'cannot-measure' });
  await writeJudged(folder, { lenient: createJudged('lenient', unknown), strict });
  expect([...(await countFolder(folder, nobody)).keys()]).toEqual(['strict']);
});

test('what is no folder of a judge, and a broken model in it, count nothing', async () => {
  expect(await countFolder(folder, nobody)).toEqual(new Map());
  await writeJudged(folder, { one: createJudged('one', { counted: false }) });
  await writeFile(join(folder, 'one/evidence/verdict.json'), '{');
  expect(await countFolder(folder, nobody)).toEqual(new Map());
});
