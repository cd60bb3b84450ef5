import { expect, test } from 'vitest';
import { measureShares } from '../../src/data/drift/methods.ts';
import type { CrossCheck } from '../../src/evidence/schema/data.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { computePopulationStability } from '../../src/statistics/population-stability.ts';
import { gatherQuantileBins } from '../../src/statistics/quantile-bins.ts';
import { poolRareCategories } from '../../src/statistics/rare-categories.ts';
import { check, contract } from './project.ts';

const make = <T>(length: number, value: (index: number) => T) => Array.from({ length }, (_, index) => value(index));
const csv = (name: string, values: readonly unknown[]) => `${name}\n${values.join('\n')}\n`;
// The deterministic vectors that scipy 1.10.1 and Evidently's own formulas were run on.
const REFERENCE = make(500, (i) => ((37 * i) % 101) / 10);
const CURRENT = make(400, (i) => ((53 * i) % 97) / 9 + 0.3);

async function drift(from: string, to: string, more: object): Promise<CrossCheck> {
  const checks = [{ drift: { from: 'train', to: 'test', 'max-share': 0, ...more } }];
  const data = { train: { path: 'a.csv' }, test: { path: 'b.csv' }, checks };
  const [result] = (await check(data, { 'a.csv': from, 'b.csv': to })).checks;
  if (!result) throw new Error('no check');
  return result;
}

const numbers = (more: object) => drift(csv('x', REFERENCE), csv('x', CURRENT), more);

test('Kolmogorov–Smirnov from files to finding: D of the vectors is 0.0925, and scipy’s exact p where no values are equal', async () => {
  const { columns } = await numbers({ method: 'ks' });
  const [column] = columns ?? [];
  expect(column).toMatchObject({
    name: 'x',
    outcome: 'fail',
    n: [500, 400],
    threshold: 0.05,
    binning: 'distinct values',
  });
  expect(column?.method).toBe('Kolmogorov–Smirnov, exact');
  expect(column?.statistic).toBeCloseTo(0.0925, 12);
  // 1..10 against 3..13 with equal values moved apart by a hair, which leaves D as it is.
  const [from, to] = [make(10, (i) => i + 1), make(11, (i) => i + 3 - 1e-6)];
  const small = await drift(csv('x', from), csv('x', to), { method: 'ks', 'min-rows': 10 });
  expect(small.columns?.[0]).toMatchObject({ outcome: 'pass', statistic: expect.closeTo(0.2727272727272727, 12) });
  expect(small.columns?.[0]?.p).toBeCloseTo(0.6915847310584153, 10);
});

test('Wasserstein from files to finding: scipy gives 0.610322, and 0.209157 deviations of the reference', async () => {
  const { columns } = await numbers({ method: 'wasserstein', threshold: 0.3 });
  const [column] = columns ?? [];
  expect(column).toMatchObject({ outcome: 'pass', threshold: 0.3, effect: 'standard deviations of the reference' });
  expect(column?.statistic).toBeCloseTo(0.6103222222222223, 10);
  expect(column?.effectSize).toBeCloseTo(0.20915703500257163, 10);
});

test('the population stability index is taken over deciles of the reference, and says so', async () => {
  const { columns } = await numbers({ method: 'psi' });
  const [column] = columns ?? [];
  expect(column).toMatchObject({ outcome: 'pass', binning: '10 bins by quantiles of the reference', threshold: 0.1 });
  // The same data by Evidently's own bins gives 0.19: the binning belongs to the number.
  expect(column?.effectSize).toBeCloseTo(0.05224488644920022, 12);
});

test('the index of [100,200,300,400] against [120,180,350,350] is 0.0201377', () => {
  expect(computePopulationStability([100, 200, 300, 400], [120, 180, 350, 350])).toBeCloseTo(0.020137745071624677, 15);
});

test('a share of zero counts as a ten-thousandth, so that the index stays finite', () => {
  // By hand: shares 0.5 and 0.5 against 0.0001 and 1, which together are 1.0001.
  const [low, high] = [0.0001 / 1.0001, 1 / 1.0001];
  const expected = (low - 0.5) * Math.log(low / 0.5) + (high - 0.5) * Math.log(high / 0.5);
  expect(computePopulationStability([50, 50, 0], [0, 100, 0])).toBeCloseTo(expected, 12);
});

test('bins by quantiles hold equal shares of the reference, equal values together, and never end', () => {
  const counts = make(100, (value) => ({ value, first: 1, second: value < 50 ? 2 : 0 }));
  const { first, second } = gatherQuantileBins([...counts, { value: 1e9, first: 0, second: 7 }], 10);
  expect(first).toEqual(Array(10).fill(10));
  expect(second).toEqual([20, 20, 20, 20, 20, 0, 0, 0, 0, 7]);
  const zeros = { value: 0, first: 950, second: 1 };
  const tied = gatherQuantileBins([{ value: -3, first: 0, second: 5 }, zeros, ...counts.slice(1, 51)], 10);
  expect(tied).toEqual({ first: [0, 950, 50], second: [5, 1, 98 + 0] });
});

test('chi-square puts the rarest categories together until it holds, and says how many', async () => {
  // Expected counts of 1 and 2 are too small; the other categories are left alone.
  const pooled = poolRareCategories({ first: [50, 50, 1, 2, 1, 2], second: [50, 50, 1, 0, 2, 1] });
  expect(pooled).toMatchObject({ pooled: expect.any(Number) });
  expect(pooled?.first.length).toBeLessThan(6);
  expect(poolRareCategories({ first: [30, 1], second: [30, 0] })).toBeUndefined();
  expect(poolRareCategories({ first: [30], second: [30] })).toMatchObject({ first: [30], pooled: 0 });
  expect(measureShares('chi-square', { first: [10, 10, 20], second: [20, 20, 20] }, '3 values')).toMatchObject({
    statistic: expect.closeTo(2.7777777777777777, 12),
    p: expect.closeTo(0.24935220877729622, 12),
    // Cramér's V of a table with two rows, by hand: √(2.7778 / 100).
    effectSize: expect.closeTo(Math.sqrt(0.027777777777777776), 12),
  });
  const thin = await drift(csv('c', [...Array(40).fill('a'), 'b']), csv('c', Array(40).fill('a')), {
    method: 'chi-square',
  });
  expect(thin).toMatchObject({ outcome: 'cannot-measure' });
  expect(thin.reason).toContain('too few rows for chi-square');
});

test('p-values of several columns are adjusted, so that chance alone fails nothing', async () => {
  const header = make(20, (i) => `c${i}`).join(',');
  const table = (rows: number, value: (row: number, column: number) => number) =>
    `${header}\n${make(rows, (row) => make(20, (column) => value(row, column)).join(',')).join('\n')}\n`;
  const same = (row: number, column: number) => (row * (7 + column)) % 53;
  // One column is a little off: p is below 0.05 alone, and among twenty it is nothing.
  const off = (row: number, column: number) => (column === 0 ? ((row * 7) % 53) + 10 : same(row, column));
  const { columns = [], outcome } = await drift(table(100, same), table(100, off), {});
  const p = columns[0]?.p ?? 1;
  expect(p).toBeGreaterThan(0.0025);
  expect(p).toBeLessThan(0.05);
  expect(columns[0]?.adjustedP).toBeCloseTo(p * 20, 10);
  expect(outcome).toBe('pass');
});

test('below the least number of values nothing is said, and what number that is can be chosen', async () => {
  const [from, to] = [
    csv(
      'x',
      make(40, (i) => i),
    ),
    csv(
      'x',
      make(40, (i) => i + 100),
    ),
  ];
  expect(await drift(from, to, {})).toMatchObject({ outcome: 'fail' });
  expect(await drift(from, to, { 'min-rows': 41 })).toMatchObject({ outcome: 'cannot-measure' });
  expect(
    await drift(
      csv(
        'x',
        make(9, (i) => i),
      ),
      csv(
        'x',
        make(9, (i) => i + 100),
      ),
      { 'min-rows': 9 },
    ),
  ).toMatchObject({
    outcome: 'fail',
  });
});

test.each([
  [{ from: 'train', reference: 'p.json' }, 'both `from` and `reference`'],
  [{}, 'does not say what to compare with'],
  [{ from: 'train', threshold: 0.2 }, '`threshold` without a method'],
  [{ from: 'train', method: 'auto', threshold: 0.2 }, '`threshold` without a method'],
  [{ from: 'train', method: 'ks', threshold: 2 }, 'ks gives a p-value'],
  [{ reference: 'p.json', method: 'wasserstein' }, 'does not hold what `wasserstein` needs'],
])('a mistake in the check is one message with its place: %j', async (own, message) => {
  const checks = [{ drift: { to: 'test', 'max-share': 0, ...own } }];
  const data = { train: { path: 'a.csv' }, test: { path: 'b.csv' }, checks };
  const refused = check(data, { 'a.csv': csv('x', [1]), 'b.csv': csv('x', [1]) });
  await expect(refused).rejects.toMatchObject({
    problems: [{ line: expect.any(Number), found: expect.stringContaining(message), fix: expect.any(String) }],
  });
});

test('a method that cannot compare a named column is refused where its type is promised, and unmeasured elsewhere', async () => {
  const drifting = { from: 'train', to: 'test', 'max-share': 0, method: 'ks', columns: ['c'] };
  const data = (more: object) => ({
    train: { path: 'a.csv', ...more },
    test: { path: 'b.csv' },
    checks: [{ drift: drifting }],
  });
  const texts = csv(
    'c',
    make(40, (i) => `t${i % 4}`),
  );
  const files = { 'a.csv': texts, 'b.csv': texts, 'c.yaml': contract([{ name: 'c', logicalType: 'string' }]) };
  await expect(check(data({ contract: 'c.yaml' }), files)).rejects.toMatchObject({
    problems: [{ found: '`ks` compares numbers, and "c" is a string' }],
  });
  const { checks } = await check(data({}), files);
  expect(checks[0]).toMatchObject({ outcome: 'cannot-measure' });
});

test('the report names method, values, binning and threshold, and a hostile name stays text', async () => {
  const evil = '<script>alert(1)</script>';
  const checks = [{ drift: { from: 'train', to: 'test', 'max-share': 0, method: 'psi' } }];
  const files = { 'a.csv': csv(evil, REFERENCE), 'b.csv': csv(evil, CURRENT) };
  const data = await check({ train: { path: 'a.csv' }, test: { path: 'b.csv' }, checks }, files);
  const page = await renderHtml({ data });
  const text = renderMarkdown({ data });
  for (const report of [page, text]) {
    expect(report).not.toContain(evil);
    for (const part of ['population stability index', '10 bins by quantiles of the reference', '500 and 400']) {
      expect(report).toContain(part);
    }
  }
});
