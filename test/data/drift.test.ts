import { expect, test } from 'vitest';
import { decideColumns, decideShare } from '../../src/data/drift/decision.ts';
import { measureNumbers } from '../../src/data/drift/methods.ts';
import type { CrossCheck } from '../../src/evidence/schema/data.ts';
import { check, contract } from './project.ts';

interface Columns {
  readonly [name: string]: readonly (string | number)[];
}

function renderCsv(columns: Columns): string {
  const names = Object.keys(columns);
  const rows = Object.values(columns)[0]?.map((_, row) => names.map((name) => columns[name]?.[row]).join(',')) ?? [];
  return `${[names.join(','), ...rows].join('\n')}\n`;
}

async function drift(
  from: Columns,
  to: Columns,
  more: object = {},
  data: object = {},
  files: object = {},
): Promise<CrossCheck> {
  const checks = [{ drift: { from: 'train', to: 'test', 'max-share': 0.5, ...more } }];
  const evidence = await check(
    { train: { path: 'train.csv', ...data }, test: { path: 'test.csv' }, checks },
    { 'train.csv': renderCsv(from), 'test.csv': renderCsv(to), ...files },
  );
  const [result] = evidence.checks;
  if (!result) throw new Error('no check');
  return result;
}

const make = (length: number, value: (index: number) => string | number) =>
  Array.from({ length }, (_, index) => value(index));

test('two columns of numbers are compared by Kolmogorov and Smirnov: D as in scipy 1.10.1', async () => {
  const from = { x: make(500, (i) => ((37 * i) % 101) / 10) };
  const to = { x: make(400, (i) => ((53 * i) % 97) / 9 + 0.3) };
  const result = await drift(from, to);
  expect(result).toMatchObject({
    text: 'at most 50% of the columns of test are distributed differently from train',
    rule: 'drift',
    outcome: 'fail',
    count: 1,
    share: 1,
  });
  expect(result.reason).toMatch(
    /^1 of 1 column is distributed differently \(500 rows against 400\): x \(Kolmogorov–Smirnov D 0\.0925, exact p 0\.0[0-9]+\)$/,
  );
});

test('columns that are distributed alike pass', async () => {
  const from = { x: make(200, (i) => (i * 7) % 50), c: make(200, (i) => (i % 3 === 0 ? 'a' : 'b')) };
  const to = { x: make(100, (i) => (i * 7) % 50), c: make(100, (i) => (i % 3 === 0 ? 'a' : 'b')) };
  expect(await drift(from, to)).toMatchObject({
    outcome: 'pass',
    count: 0,
    reason: '0 of 2 columns are distributed differently (200 rows against 100)',
  });
});

test('categories are compared by chi-square: the table [[10,10,20],[20,20,20]] as in scipy 1.10.1', async () => {
  const repeat = (a: number, b: number, c: number) => [
    ...Array(a).fill('a'),
    ...Array(b).fill('b'),
    ...Array(c).fill('c'),
  ];
  const result = await drift({ c: repeat(10, 10, 20) }, { c: repeat(20, 20, 20) }, { 'max-share': 0 });
  expect(result.outcome).toBe('pass');
  const larger = await drift({ c: repeat(100, 100, 200) }, { c: repeat(200, 200, 200) });
  expect(larger.reason).toContain('c (chi-square 27.8 (2 df), p 9.');
});

test('beyond 1000 rows of reference distances decide', async () => {
  const from = { x: make(1200, (i) => i % 100), c: make(1200, (i) => (i % 2 === 0 ? 'a' : 'b')) };
  const near = { x: make(600, (i) => (i % 100) + 1), c: make(600, (i) => (i % 20 < 11 ? 'a' : 'b')) };
  const far = { x: make(600, (i) => (i % 100) + 10), c: make(600, (i) => (i % 10 === 0 ? 'a' : 'b')) };
  expect((await drift(from, near)).outcome).toBe('pass');
  const result = await drift(from, far);
  // A shift by 10 in units of the deviation of 0..99, √((100² − 1) / 12) = 28.866.
  expect(result.reason).toContain('x (Wasserstein distance 0.346 standard deviations)');
  // Shares 0.5/0.5 against 0.1/0.9, with the definition worked by hand: √0.10175 = 0.319.
  expect(result.reason).toContain('c (Jensen–Shannon distance 0.319)');
});

test('numbers with few distinct values are compared as categories', async () => {
  const result = await drift({ x: make(100, (i) => i % 2) }, { x: make(100, () => 1) });
  expect(result.reason).toContain('x (chi-square');
});

test('the share of columns decides, and it may be as great as max-share', async () => {
  const from = { a: make(100, (i) => i), b: make(100, (i) => i) };
  const to = { a: make(100, (i) => i), b: make(100, (i) => i + 1000) };
  expect(await drift(from, to, { 'max-share': 0.5 })).toMatchObject({ outcome: 'pass', count: 1, share: 0.5 });
  expect(await drift(from, to, { 'max-share': 0.49 })).toMatchObject({ outcome: 'fail', count: 1, share: 0.5 });
});

test('a column that one set has not got is left out, and named', async () => {
  const from = { x: make(50, (i) => i % 9), y: make(50, (i) => i) };
  const result = await drift(from, { x: from.x });
  expect(result).toMatchObject({ outcome: 'pass', share: 0 });
  expect(result.reason).toContain('left out: y (not in both data sets)');
  expect(await drift({ y: from.y }, { x: from.x })).toMatchObject({
    outcome: 'cannot-measure',
    reason: 'there is no column to compare; left out: y (not in both data sets)',
  });
});

test('what could not be measured counts against a pass and against a fail alike', () => {
  expect(decideShare(0, 1, 2, 0.5)).toBe('pass');
  expect(decideShare(1, 1, 2, 0.5)).toBe('cannot-measure');
  expect(decideShare(2, 0, 2, 0.5)).toBe('fail');
  expect(decideShare(0, 0, 0, 1)).toBe('cannot-measure');
});

test('below 30 rows in either set nothing is said', async () => {
  const [few, many] = [{ x: make(29, (i) => i) }, { x: make(100, (i) => i) }];
  expect(await drift(few, many)).toMatchObject({
    outcome: 'cannot-measure',
    reason: 'train has 29 rows; below 30 nothing can be said',
  });
  expect(await drift(many, few)).toMatchObject({
    outcome: 'cannot-measure',
    reason: 'test has 29 rows; below 30 nothing can be said',
  });
});

test('a column that the sets do not share cannot be measured when it is asked for', async () => {
  const set = { x: make(50, (i) => i) };
  expect(await drift(set, set, { columns: ['y'] })).toMatchObject({
    outcome: 'cannot-measure',
    reason:
      '0 of 1 column is distributed differently (50 rows against 50); could not be measured: y (not in both data sets)',
  });
});

test('numbers that are no longer numbers cannot be measured', async () => {
  const result = await drift({ x: make(50, (i) => i) }, { x: make(50, (i) => (i === 7 ? 'NA' : i)) });
  expect(result.outcome).toBe('cannot-measure');
  expect(result.reason).toContain('x (numbers in one data set, and not only numbers in the other)');
});

test('columns that tell rows apart are left out, unless they are asked for', async () => {
  const from = {
    id: make(50, (i) => i),
    key: make(50, (i) => i),
    note: make(50, (i) => `n${i}`),
    x: make(50, (i) => i % 9),
  };
  const to = {
    id: make(50, (i) => i + 99),
    key: make(50, (i) => i + 99),
    note: make(50, (i) => `m${i}`),
    x: make(50, (i) => i % 9),
  };
  const checks = [
    { drift: { from: 'train', to: 'test', 'max-share': 0 } },
    { 'no-overlap': { between: ['train', 'test'], on: ['id'] } },
    { drift: { from: 'train', to: 'test', 'max-share': 0, columns: ['id', 'note'] } },
  ];
  const evidence = await check(
    { train: { path: 'a.csv', contract: 'c.yaml' }, test: { path: 'b.csv' }, checks },
    { 'a.csv': renderCsv(from), 'b.csv': renderCsv(to), 'c.yaml': contract([{ name: 'key', unique: true }]) },
  );
  expect(evidence.checks[0]).toMatchObject({
    outcome: 'pass',
    reason:
      '0 of 1 column is distributed differently (50 rows against 50); left out: id (it tells rows apart), key (it tells rows apart), note (all values differ)',
  });
  expect(evidence.checks[2]).toMatchObject({ outcome: 'fail', count: 1, share: 0.5 });
});

test('values that do not vary in the reference drift as soon as they change', () => {
  const counts = [
    { value: 1, first: 2000, second: 1999 },
    { value: 2, first: 0, second: 1 },
  ];
  const decide = (pairs: typeof counts) => {
    const measurement = measureNumbers('wasserstein', pairs);
    if ('unmeasured' in measurement) throw new Error(measurement.unmeasured);
    return decideColumns([{ name: 'x', n: [2000, 2000], threshold: 0.1, measurement }])[0]?.kind;
  };
  expect(decide(counts)).toBe('drifted');
  expect(decide(counts.slice(0, 1))).toBe('same');
});

test('more than a hundred thousand numbers are gathered into bins, which changes no decision', async () => {
  const values = (count: number, shift: number) => make(count, (i) => ((i * 7919) % 1_000_003) / 1000 + shift);
  const from = { x: [...values(60_000, 0), 1e12] };
  const near = await drift(from, { x: values(60_000, 1e-7) });
  expect(near.outcome).toBe('pass');
  const far = await drift({ x: values(60_000, 0) }, { x: values(60_000, 400) });
  // A shift by 400 in units of the deviation of numbers spread evenly over 0..1000: 400 / (1000 / √12) = 1.386.
  expect(far.reason).toMatch(/x \(Wasserstein distance 1\.3[89] standard deviations\)/);
});
