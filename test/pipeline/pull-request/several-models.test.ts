import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readJudgedIndex } from '../../../src/pipeline/pull-request/judged-index.ts';
import { createPullRequest, judge, openWorkshop, restate, type Workshop } from './workshop.ts';

let workshop: Workshop;
let trained: string;
beforeAll(async () => {
  workshop = await openWorkshop();
  trained = await workshop.train();
});
afterAll(() => workshop.remove());

const SECOND = 'second.yml';
const CONFIGS = ['modelgate.yml', SECOND];

/** A second model, whose name or whose all is another's. */
async function proposeSecond(change: (text: string) => string) {
  const { base, head } = await workshop.propose(
    async (files) => files.write(SECOND, change(await files.read(SECOND))),
    async (files) => files.write(SECOND, (await files.read('modelgate.yml')).replace('model: penguins', 'model: owls')),
  );
  const candidates = new Map([['penguins', { folder: await restate(workshop, trained, head) }]]);
  return judge(workshop, createPullRequest(head, base), { candidates, configs: CONFIGS });
}

test('one model that is refused hides no verdict, and blocks', async () => {
  const { index, blocks, output } = await proposeSecond((text) => text);
  expect(index.models).toMatchObject([
    { config: 'modelgate.yml', model: 'penguins', outcome: 'pass', blocks: false, refused: false },
    { config: SECOND, model: 'owls', outcome: 'cannot-measure', blocks: true, refused: true },
  ]);
  expect(blocks).toBe(true);
  expect((await readdir(output)).sort()).toEqual(['judged.json', 'penguins']);
  expect((await readdir(join(output, 'penguins'))).sort()).toEqual([
    'evidence',
    'plan.json',
    'predictions.csv',
    'report.html',
    'report.md',
  ]);
  expect(await readJudgedIndex(output)).toEqual(index);
});

test('a configuration that takes the name of another model stops both', async () => {
  const { index } = await proposeSecond((text) => text.replace('model: owls', 'model: penguins'));
  expect(index.models.map(({ refused, blocks }) => [refused, blocks])).toEqual([
    [true, true],
    [true, true],
  ]);
});
