import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isProfile } from '../../src/evidence/profile-validation.ts';
import type { Profile } from '../../src/evidence/schema/profile.ts';
import { check, checkFolder, contract, createFolder } from './project.ts';

const make = <T>(length: number, value: (index: number) => T) => Array.from({ length }, (_, index) => value(index));
const csv = (columns: Readonly<Record<string, readonly unknown[]>>) => {
  const names = Object.keys(columns);
  const rows = make(Object.values(columns)[0]?.length ?? 0, (row) =>
    names.map((name) => columns[name]?.[row]).join(','),
  );
  return `${[names.join(','), ...rows].join('\n')}\n`;
};

async function profile(columns: Parameters<typeof csv>[0], properties?: readonly object[], more: object = {}) {
  const promised = properties ? { contract: 'c.yaml' } : {};
  const files = { 'a.csv': csv(columns), ...(properties ? { 'c.yaml': contract(properties) } : {}) };
  const { datasets } = await check({ train: { path: 'a.csv', profile: true, ...promised } }, files, more);
  const found = datasets[0]?.profile;
  if (!found || !isProfile(found)) throw new Error('no profile');
  return found;
}
const column = ({ columns }: Profile, name: string) => columns.find((one) => one.name === name);

test('a profile counts what is there: parts of numbers, texts, gaps', async () => {
  const told = await profile({
    x: make(1000, (i) => i),
    c: make(1000, (i) => (i % 4 === 0 ? 'a' : i % 4 === 1 ? '' : 'b')),
    d: make(1000, (i) => (i % 2 === 0 ? '2026-01-01' : '2026-01-31')),
  });
  expect(told).toMatchObject({ rows: 1000, dataset: 'train' });
  const { numbers, type } = column(told, 'x') ?? {};
  expect([type, numbers?.low, numbers?.upTo.at(-1), numbers?.upTo.length]).toEqual(['integer', 0, 999, 100]);
  expect(numbers?.counts.reduce((a, b) => a + b)).toBe(1000);
  expect(column(told, 'c')).toMatchObject({
    n: 750,
    nulls: 250,
    distinct: 2,
    categories: {
      values: [
        { value: 'b', count: 500 },
        { value: 'a', count: 250 },
      ],
      others: { distinct: 0, count: 0 },
    },
  });
  // 2026-01-01 is day 20454 since 1970.
  expect(column(told, 'd')?.numbers).toEqual({ low: 20454, upTo: [20454, 20484], counts: [500, 500] });
});

test('the evidence has a profile unless `profile: false` says otherwise', async () => {
  const { datasets } = await check(
    { train: { path: 'a.csv' }, test: { path: 'a.csv', profile: false } },
    { 'a.csv': 'x\n1\n' },
  );
  expect(datasets[0]?.profile).toMatchObject({ dataset: 'train', rows: 1, columns: [{ name: 'x', type: 'integer' }] });
  expect(datasets[1]).not.toHaveProperty('profile');
});

test('of a large data set about 20,000 rows are described, the same on every run; `profile: true` describes all', async () => {
  // Sorted, so that the first rows would tell of small numbers alone.
  const files = { 'a.csv': csv({ x: make(60_000, (i) => i), c: make(60_000, (i) => (i % 4 === 0 ? 'a' : 'b')) }) };
  const data = { some: { path: 'a.csv' }, again: { path: 'a.csv' }, all: { path: 'a.csv', profile: true } };
  const [some, again, all] = (await check(data, files)).datasets.map((dataset) => dataset.profile);
  if (!some || !all) throw new Error('no profile');
  expect(some.rows).toBe(60_000);
  const { sampled = 0 } = some;
  // Six standard deviations of the binomial distribution with 60,000 trials and a third.
  expect(Math.abs(sampled - 20_000)).toBeLessThan(6 * Math.sqrt(60_000 * (1 / 3) * (2 / 3)));
  expect(column(some, 'x')).toMatchObject({ n: sampled, nulls: 0, invalid: 0 });
  expect(again?.columns).toEqual(some.columns);
  const a = column(some, 'c')?.categories?.values.find(({ value }) => value === 'a')?.count ?? 0;
  expect(a / sampled).toBeCloseTo(0.25, 1);
  // The parts of a sample that is spread over the file end where those of the file do.
  expect(column(some, 'x')?.numbers?.upTo[49] ?? 0).toBeGreaterThan(28_000);
  expect(column(some, 'x')?.numbers?.upTo[49] ?? 0).toBeLessThan(32_000);
  expect(all).not.toHaveProperty('sampled');
  expect(column(all, 'x')?.n).toBe(60_000);
});

test('of more than a million rows there is a profile only where it is asked for, and the evidence says so', async () => {
  const { datasets } = await check({ train: { path: 'a.csv' } }, { 'a.csv': `x\n${'1\n'.repeat(1_000_001)}` });
  expect(datasets[0]).not.toHaveProperty('profile');
  expect(datasets[0]?.unprofiled).toBe(
    'more than 1000000 rows are described only where the data set says `profile: true`',
  );
});

test('a profile stays small whatever the width: 200 columns with 20 parts each, and the others are counted', async () => {
  const wide = Object.fromEntries(make(210, (at) => [`c${at}`, make(400, (i) => (i * 7919 * (at + 1)) % 10_007)]));
  const told = await profile(wide);
  expect([told.columns.length, told.undescribed]).toEqual([200, 10]);
  expect(Math.max(...told.columns.map(({ numbers }) => numbers?.upTo.length ?? 0))).toBe(20);
  expect(JSON.stringify(told).length).toBeLessThan(100_000);
});

test('columns that look personal are told by counts alone, with a contract or without', async () => {
  const told = await profile({
    first_name: make(200, (i) => (i % 2 === 0 ? 'Ada' : 'Grace')),
    contact: make(200, (i) => (i % 2 === 0 ? 'ada@lovelace.org' : 'grace@navy.mil')),
    shop: make(200, (i) => (i % 2 === 0 ? 'Hamburg' : 'Lyon')),
  });
  expect(told.columns.map(({ withheld }) => withheld)).toEqual(['sensitive', 'sensitive', undefined]);
  expect(JSON.stringify(told)).not.toMatch(/Ada|Grace|@/);
  expect(column(told, 'shop')?.categories?.values).toHaveLength(2);
});

test('texts of fewer than five rows, long texts, keys and sensitive columns are told by counts alone', async () => {
  const told = await profile(
    {
      rare: make(200, (i) => (i < 4 ? 'Ada' : 'common')),
      long: make(200, () => 'x'.repeat(101)),
      code: make(200, (i) => `k${i}`),
      pay: make(200, (i) => i),
      id: make(200, (i) => i),
    },
    [
      { name: 'pay', logicalType: 'integer', classification: 'confidential' },
      { name: 'id', logicalType: 'integer', unique: true },
    ],
  );
  expect(column(told, 'rare')?.categories).toEqual({
    values: [{ value: 'common', count: 196 }],
    others: { distinct: 1, count: 4 },
  });
  expect(column(told, 'long')?.categories).toEqual({ values: [], others: { distinct: 1, count: 200 } });
  expect(['code', 'pay', 'id'].map((name) => column(told, name)?.withheld)).toEqual(['key', 'sensitive', 'key']);
  for (const name of ['code', 'pay', 'id']) {
    expect(column(told, name)).not.toHaveProperty('numbers');
    expect(column(told, name)).not.toHaveProperty('categories');
  }
  expect(JSON.stringify(told)).not.toMatch(/Ada|k17|xxx/);
});

test('no part of numbers has fewer than five rows', async () => {
  const told = await profile({ x: make(103, (i) => i * i) });
  expect(Math.min(...(column(told, 'x')?.numbers?.counts ?? []))).toBeGreaterThanOrEqual(5);
});

test('the profile does not depend on the order of rows, and is the same on every run', async () => {
  const rows = make(3000, (i) => [((i * 7919) % 10_007) / 7, `t${i % 13}`] as const);
  const one = await profile({ x: rows.map(([x]) => x), c: rows.map(([, c]) => c) });
  const other = await profile({ x: rows.toReversed().map(([x]) => x), c: rows.toReversed().map(([, c]) => c) });
  expect(other.columns).toEqual(one.columns);
});

async function compare(reference: Parameters<typeof csv>[0], later: Parameters<typeof csv>[0], more: object = {}) {
  const checks = [{ drift: { reference: 'profile.json', to: 'test', 'max-share': 0, ...more } }];
  const folder = await createFolder({
    'modelgate.yml': JSON.stringify({ version: 1, model: 'birds', data: { test: { path: 'b.csv' }, checks } }),
    'b.csv': csv(later),
  });
  await writeFile(join(folder, 'profile.json'), JSON.stringify(await profile(reference)));
  return (await checkFolder(folder)).checks[0];
}

test('a stored profile stands in for the data: Kolmogorov–Smirnov on its parts, with the bound of D', async () => {
  const reference = { x: make(500, (i) => i) };
  expect(await compare(reference, { x: make(400, (i) => i * 1.25) })).toMatchObject({ outcome: 'pass' });
  const far = await compare(reference, { x: make(400, (i) => i + 100) });
  expect(far).toMatchObject({ outcome: 'fail' });
  expect(far?.columns?.[0]).toMatchObject({ n: [500, 400], binning: '100 parts of the stored profile' });
  // A fifth of the values lies above the greatest of the reference, and a fifth of the reference below the least: D = 0.25.
  expect(far?.columns?.[0]?.statistic).toBeCloseTo(0.25, 1);
  expect(far?.reason).toMatch(/D 0\.2\d*, at most 0\.2\d*/);
});

test('beyond 1000 rows a stored profile is compared by stability index, and texts by Jensen–Shannon', async () => {
  const reference = { x: make(2000, (i) => i % 500), c: make(2000, (i) => (i % 2 === 0 ? 'a' : 'b')) };
  expect(await compare(reference, reference)).toMatchObject({ outcome: 'pass', count: 0 });
  const later = { x: make(2000, (i) => (i % 500) * 2), c: make(2000, (i) => (i % 10 === 0 ? 'a' : 'new')) };
  const result = await compare(reference, later);
  expect(result).toMatchObject({ outcome: 'fail', count: 2 });
  expect(result?.columns?.map(({ method }) => method)).toEqual([
    'population stability index',
    'Jensen–Shannon distance, natural logarithm',
  ]);
});

test('what a stored profile cannot answer is said', async () => {
  const reference = { x: make(100, (i) => i), c: make(100, (i) => `t${i}`) };
  const typed = await compare(reference, { x: make(100, (i) => (i === 5 ? 'NA' : i)) });
  expect(typed).toMatchObject({ outcome: 'cannot-measure' });
  expect(typed?.reason).toContain('x (1 value of another type than integer');
  const few = await compare({ x: make(20, (i) => i) }, { x: make(100, (i) => i) });
  expect(few).toMatchObject({ outcome: 'cannot-measure' });
});

test.each([
  ['not json', 'this is no JSON'],
  ['{"schemaVersion":1}', 'this is no profile'],
])('a reference that is no profile is one message with its place: %s', async (text, message) => {
  const checks = [{ drift: { reference: 'p.json', to: 'test', 'max-share': 0 } }];
  const refused = check({ test: { path: 'b.csv' }, checks }, { 'b.csv': 'x\n1\n', 'p.json': text });
  await expect(refused).rejects.toMatchObject({
    problems: [{ file: 'modelgate.yml', line: expect.any(Number), found: expect.stringContaining(message) }],
  });
});

test('a test set whose rows are hidden tells no value in its profile', async () => {
  const labels = { path: 'a.csv', id: 'x', column: 'c' };
  const folder = await createFolder({
    'a.csv': csv({ x: make(200, (i) => i), c: make(200, (i) => (i % 2 === 0 ? 'yes' : 'no')) }),
  });
  const evaluate = {
    labels: { path: labels.path, id: labels.id, label: labels.column },
    predictions: { path: 'p.csv', id: 'x', prediction: 'p' },
    reveal: 'metrics',
    metrics: ['accuracy'],
  };
  const config = {
    version: 1,
    model: 'birds',
    task: 'multiclass-classification',
    evaluate,
    data: { test: { path: 'a.csv', profile: true } },
  };
  await writeFile(join(folder, 'modelgate.yml'), JSON.stringify(config));
  const { datasets } = await checkFolder(folder);
  expect(datasets[0]?.profile?.columns.map(({ withheld }) => withheld)).toEqual(['hidden', 'hidden']);
  expect(JSON.stringify(datasets[0]?.profile)).not.toContain('yes');
  expect(await readFile(join(folder, 'a.csv'), 'utf8')).toContain('yes');
});
