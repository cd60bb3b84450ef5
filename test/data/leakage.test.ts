import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CrossCheck } from '../../src/evidence/schema/data.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { check, contract, createFolder, type Files, writeParquet } from './project.ts';

type Value = string | number | null;
type Columns = Readonly<Record<string, readonly Value[]>>;

function renderCsv(columns: Columns): string {
  const names = Object.keys(columns);
  const rows =
    Object.values(columns)[0]?.map((_, row) => names.map((name) => columns[name]?.[row] ?? '').join(',')) ?? [];
  return `${[names.join(','), ...rows].join('\n')}\n`;
}

async function leak(columns: Columns, asked: object = {}, more: object = {}, files: Files = {}): Promise<CrossCheck> {
  const data = { train: { path: 'train.csv', ...(files['c.yaml'] ? { contract: 'c.yaml' } : {}) } };
  const checks = [{ 'label-leakage': { in: 'train', label: 'y', ...asked } }];
  const evidence = await check({ ...data, checks }, { 'train.csv': renderCsv(columns), ...files }, more);
  const [result] = evidence.checks;
  if (!result) throw new Error('no check');
  return result;
}

const make = <T extends Value>(length: number, value: (at: number) => T) =>
  Array.from({ length }, (_, at) => value(at));
const random = createRandom(3);
const noise = make(200, () => random());
/** 200 labels in no order, 60 of them yes. */
const y = noise.map((number) => (number < 0.3 ? 'yes' : 'no'));
const other = make(200, () => Math.round(random() * 1e6));

describe('a column that tells the label is named with its score', () => {
  test.each<[string, readonly Value[], string]>([
    ['a copy', y, 'lambda by values'],
    [
      'a recoding',
      y.map((label, at) => (label === 'yes' ? ['A', 'B'] : ['C', 'D', 'E'])[at % 2] ?? ''),
      'lambda by values',
    ],
    [
      'a number with a threshold',
      y.map((label, at) => (label === 'yes' ? 5 : 1) + (noise[at] ?? 0)),
      'lambda by thresholds',
    ],
    [
      'what is filled in afterwards',
      y.map((label, at) => (label === 'yes' ? `called on ${at}` : null)),
      'lambda by values',
    ],
    [
      'a day that only one label has',
      y.map((label, at) => (label === 'yes' ? `2024-01-${String((at % 28) + 1).padStart(2, '0')}` : null)),
      'lambda by values',
    ],
  ])('%s', async (_, x, method) => {
    const result = await leak({ x, other, y });
    expect(result).toMatchObject({
      text: 'no column of train tells y on its own',
      rule: 'label-leakage',
      column: 'y',
      outcome: 'fail',
      count: 1,
      share: 0.5,
      examples: [],
    });
    const values = x.filter((value) => value !== null).length;
    expect(result.reason).toBe(
      `1 of 2 columns scores above 0.99: x (1, ${method}, ${values} values); 200 rows of 2 labels judged`,
    );
  });
});

test('a column that says nothing of the label, or tells every row apart, passes', async () => {
  const columns = {
    id: make(200, (at) => 9000 + ((at * 77) % 200)),
    code: make(200, (at) => `k${(at * 31) % 200}`),
    other,
    good: y.map((label, at) => (at % 12 === 0 ? 'yes' : label)),
    same: make(200, () => 1),
    empty: make(200, () => null),
    y,
  };
  const result = await leak(columns);
  expect(result).toMatchObject({ outcome: 'pass', count: 0, share: 0 });
  expect(result.reason).toMatch(
    /^none of 6 columns scores above 0\.99; the best is good \(0\.[78]\d*, lambda by values, 200 values\); 200 rows/,
  );
  expect((await leak(columns, { 'max-score': 0.5 })).outcome).toBe('fail');
});

test('small groups that lean to one label by chance are worth nothing: no row tells itself', async () => {
  const five = make(200, (at) => `g${at % 40}`);
  const result = await leak({ five, y });
  expect(result.reason).toContain('the best is five (0, lambda by values, 200 values)');
});

test('three labels are told by two thresholds, in whatever order they lie', async () => {
  const classes = make(90, (at) => ['b', 'c', 'a'][(at * 7) % 3] ?? '');
  const x = classes.map((label, at) => ({ a: 200, b: 0, c: 100 })[label as 'a'] + ((at * 13) % 90));
  expect(await leak({ x, y: classes })).toMatchObject({
    outcome: 'fail',
    reason: expect.stringContaining('x (1, lambda by thresholds'),
  });
});

test('a rare label is no trivia: always telling the commonest is worth nothing, and rows of labels with fewer than five are left out', async () => {
  const rare = make(200, (at) => (at % 40 === 3 ? 'yes' : at === 7 ? 'odd' : 'no'));
  const flat = make(200, (at) => (at % 2 === 0 ? 'p' : 'q'));
  expect(await leak({ flat, y: rare })).toMatchObject({
    outcome: 'pass',
    reason:
      'none of 1 column scores above 0.99; the best is flat (0, lambda by values, 199 values); 199 rows of 2 labels judged; 1 row of labels with fewer than 5 left out',
  });
});

describe('a label of numbers', () => {
  const amounts = make(120, (at) => ((at * 37) % 120) + 0.5);

  test('is told by a monotone transform of it, falling ones too', async () => {
    const columns = {
      up: amounts.map((value) => Math.exp(value / 20)),
      down: amounts.map((value) => -(value ** 3)),
      other: other.slice(0, 120),
      y: amounts,
    };
    const result = await leak(columns);
    expect(result).toMatchObject({ outcome: 'fail', count: 2 });
    expect(result.reason).toBe(
      '2 of 3 columns score above 0.99: up (1, Spearman’s rank correlation, 120 values), down (1, Spearman’s rank correlation, 120 values); 120 rows judged',
    );
  });

  test('is told by names that stand for it, and not by others', async () => {
    const steps = amounts.map((value) => Math.floor(value / 5));
    const columns = {
      name: steps.map((step) => `s${(step * 7) % 24}`),
      other: amounts.map((value) => `o${(value * 2) % 7}`),
      y: steps,
    };
    const result = await leak(columns, {});
    expect(result.reason).toMatch(
      /^1 of 2 columns scores above 0\.99: name \(1, correlation ratio of ranks, 120 values\)/,
    );
  });

  test('is one where the task says so, though it has few values', async () => {
    const evaluate = {
      predictions: { path: 'o.csv', id: 'row', prediction: 'p' },
      labels: { path: 'train.csv', id: 'row', label: 'y' },
      metrics: ['mae'],
    };
    const few = amounts.map((value) => Math.floor(value / 20));
    const columns = { row: amounts, x: few.map((value, at) => value + (at % 2) / 4), y: few };
    const result = await leak(columns, { 'max-score': 0.9 }, { task: 'regression', evaluate });
    expect(result.reason).toMatch(
      /^1 of 1 column scores above 0\.9: x \(1, correlation ratio of ranks, 120 values\); 120 rows judged; columns left out: row$/,
    );
  });
});

test('keys and what is excepted are left out, and named', async () => {
  const promise = contract([{ name: 'key', unique: true }, { name: 'x' }, { name: 'z' }, { name: 'y' }]);
  const columns = { key: make(200, (at) => (y[at] === 'yes' ? at : 1000 + at)), x: y, z: other, y };
  const result = await leak(columns, { except: ['x'] }, {}, { 'c.yaml': promise });
  expect(result).toMatchObject({ outcome: 'pass', reason: expect.stringContaining('; columns left out: key, x') });
});

test('what cannot be measured is never a pass', async () => {
  const cases: [Columns, object, string][] = [
    [{ x: other, y }, { label: 'Y' }, 'train has no column "Y". Did you mean `y`? Allowed: x, y.'],
    [{ x: other, y }, { except: ['xx'] }, 'train has no column "xx". Did you mean `x`? Allowed: x, y.'],
    [{ x: other.slice(0, 29), y: y.slice(0, 29) }, {}, 'train has 29 rows with a label; below 30 nothing can be said'],
    [{ x: other, y: other.map(() => 'a') }, {}, 'one label only of train has 5 rows or more'],
    [
      { x: other.slice(0, 40), y: make(40, (at) => (at < 4 ? 'a' : 'b')) },
      {},
      'one label only of train has 5 rows or more; 4 rows have rarer ones',
    ],
    [{ x: other, y: other.map(() => null) }, {}, 'no label of train has 5 rows or more'],
    [{ x: other, y }, { except: ['x'] }, 'train has no column beside the label to look at'],
  ];
  for (const [columns, asked, reason] of cases) {
    expect(await leak(columns, asked)).toMatchObject({ outcome: 'cannot-measure', reason, count: 0 });
  }
});

test('CSV, Parquet and JSONL of the same rows give the same result', async () => {
  const path = join(await createFolder({}), 'x.parquet');
  await writeParquet(
    path,
    `select case when range % 3 = 0 then 'a' else 'b' end as y, (range % 3 = 0)::int * 10 + range / 100 as x,
       make_timestamp(range * 1000000 + (range % 3) * 100000000000) as t, [range] as l from range(60)`,
  );
  const rows = make(60, String)
    .map(Number)
    .map((at) => ({
      y: at % 3 === 0 ? 'a' : 'b',
      x: (at % 3 === 0 ? 10 : 0) + at / 100,
      t: new Date(at * 1000 + (at % 3) * 1e8).toISOString(),
      l: [at],
    }));
  const csv = `y,x,t,l\n${rows.map((row) => `${row.y},${row.x},${row.t},${row.l}\n`).join('')}`;
  const files = {
    'a.csv': csv,
    'a.parquet': await readFile(path),
    'a.jsonl': rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
  };
  const names = Object.keys(files);
  const data = Object.fromEntries(names.map((file, at) => [`d${at}`, { path: file }]));
  const checks = names.map((_, at) => ({ 'label-leakage': { in: `d${at}`, label: 'y' } }));
  const evidence = await check({ ...data, checks }, files);
  for (const result of evidence.checks) {
    expect(result).toMatchObject({
      outcome: 'fail',
      reason:
        '2 of 3 columns score above 0.99: x (1, lambda by thresholds, 60 values), t (1, lambda by thresholds, 60 values); 60 rows of 2 labels judged',
    });
  }
});
