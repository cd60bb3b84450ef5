import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPullRequest, hold, judge, openWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.remove());

const LABELS = 'data/test.csv';

/** A head without the first `rows` rows of the test set, trained for real. */
async function proposeSmaller(rows: number, more: (text: string) => string = (text) => text) {
  const { base, head } = await workshop.propose(async (files) => {
    const [header, ...lines] = (await files.read(LABELS)).split('\n');
    await files.write(LABELS, more([header, ...lines.slice(rows)].join('\n')));
  });
  workshop.git('checkout', '--quiet', head);
  const candidate = await workshop.train({ base });
  const labels = await workshop.read(LABELS);
  const changes = workshop.git('status', '--porcelain');
  workshop.git('checkout', '--quiet', base);
  return { base, head, candidate, labels, changes };
}

test("a changed test set is scored in both versions, and the base's decides", async () => {
  const { base, head, candidate, labels, changes } = await proposeSmaller(9);
  expect(changes).toBe('');
  expect(labels).toBe(`${workshop.git('show', `${head}:${LABELS}`)}\n`);
  const { model, ...judged } = await judge(workshop, createPullRequest(head, base), { candidates: hold(candidate) });
  expect(model).toMatchObject({ outcome: 'pass', blocks: false, refused: false });
  const { data, evaluation, verdict } = await judged.read('penguins');
  expect(evaluation?.join?.labels).toBe(99);
  expect(evaluation?.testSet?.path).toBe(LABELS);
  expect(verdict?.proposedTestSet).toMatchObject({ outcome: 'pass' });
  expect(verdict?.proposedTestSet?.testSet).not.toBe(evaluation?.testSet?.sha256);
  expect(verdict?.proposedTestSet?.metrics.find(({ name, slice }) => name === 'accuracy' && !slice)?.n).toBe(90);
  expect(verdict?.promiseChanges).toEqual([
    { file: LABELS, subject: 'rows', change: 'changed', before: '99 rows', after: '90 rows' },
  ]);
  expect(data?.datasets.map(({ name, path, rows }) => [name, path, rows])).toEqual([
    ['train', 'data/train.csv', 245],
    ['test', LABELS, 99],
    ['test-proposed', LABELS, 90],
  ]);
  expect(data?.checks).toHaveLength(4);
  const kept = await readFile(join(judged.output, 'penguins/predictions.csv'), 'utf8');
  expect(kept.trim().split('\n')).toHaveLength(100);
});

test('a proposed test set that breaks the contract of the base does not pass', async () => {
  const { base, head, candidate } = await proposeSmaller(30);
  const { model, ...judged } = await judge(workshop, createPullRequest(head, base), { candidates: hold(candidate) });
  expect(model).toMatchObject({ outcome: 'fail', blocks: true });
  const { data } = await judged.read('penguins');
  const outcome = (name: string) => data?.datasets.find((one) => one.name === name)?.findings.map((one) => one.outcome);
  expect(outcome('test')).not.toContain('fail');
  expect(outcome('test-proposed')).toContain('fail');
});

test("without predictions for the base's version there is no verdict", async () => {
  const { base, head } = await workshop.propose(async (files) =>
    files.write(LABELS, (await files.read(LABELS)).split('\n').toSpliced(1, 1).join('\n')),
  );
  workshop.git('checkout', '--quiet', head);
  const candidate = await workshop.train();
  workshop.git('checkout', '--quiet', base);
  const { model } = await judge(workshop, createPullRequest(head, base), { candidates: hold(candidate) });
  expect(model).toMatchObject({ outcome: 'cannot-measure', blocks: true, refused: true });
  expect(model?.reason).toMatch(/labels data\/test.csv were changed/);
});

test('what reveal withholds of the test set, it withholds of the proposed one', async () => {
  const { base, head } = await workshop.propose(
    async (files) => {
      const [, known = ''] = (await files.read('data/train.csv')).split('\n');
      const text = (await files.read(LABELS)).replace('p020', 'SECRET');
      await files.write(LABELS, text.replace('p022', known.split(',', 1)[0] ?? ''));
    },
    (files) => files.change('modelgate.yml', 'reveal: rows', 'reveal: metrics'),
  );
  workshop.git('checkout', '--quiet', head);
  const candidate = await workshop.train({ base });
  workshop.git('checkout', '--quiet', base);
  const { output, read } = await judge(workshop, createPullRequest(head, base), { candidates: hold(candidate) });
  for (const file of ['evidence/data.json', 'evidence/verdict.json', 'report.md', 'report.html']) {
    expect(await readFile(join(output, 'penguins', file), 'utf8')).not.toContain('SECRET');
  }
  const { data } = await read('penguins');
  const proposed = data?.datasets.find(({ name }) => name === 'test-proposed');
  expect(proposed?.findings.find(({ column, outcome }) => column === 'id' && outcome === 'fail')).toBeDefined();
  expect(proposed?.findings.flatMap(({ examples }) => examples)).toEqual([]);
  expect(data?.checks.find(({ outcome }) => outcome === 'fail')?.text).toMatch(/test-proposed/);
  expect(data?.checks.flatMap(({ examples }) => examples.flatMap(({ value }) => value ?? []))).toEqual([]);
});
