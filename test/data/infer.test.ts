import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inferContract } from '../../src/cli/init/inference.ts';
import { parseContract } from '../../src/data/contract/contract.ts';
import { type Engine, openEngine } from '../../src/engine/connection.ts';
import { readTable } from '../../src/engine/tables.ts';
import { check, library } from './project.ts';

let folder: string;
let path: string;
let engine: Engine;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-infer-')));
  path = join(folder, 'birds.csv');
  engine = await openEngine({ files: [path], library, temporary: join(folder, 'spill') });
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function infer(text: string): Promise<string> {
  await writeFile(path, text);
  return inferContract(engine, await readTable(engine, { path, format: 'csv', name: 'birds.csv' }), 'birds.csv');
}

const make = <T>(length: number, value: (index: number) => T) => Array.from({ length }, (_, index) => value(index));
const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
const csv = (columns: Readonly<Record<string, readonly string[]>>) => {
  const names = Object.keys(columns);
  const rows = make(Object.values(columns)[0]?.length ?? 0, (row) =>
    names.map((name) => columns[name]?.[row] ?? '').join(','),
  );
  return `${[names.map(quote).join(','), ...rows].join('\n')}\n`;
};

test('a contract tells types, keys, small sets, codes and how dates are written', async () => {
  const text = await infer(
    csv({
      id: make(60, (i) => `${i + 1}`),
      island: make(60, (i) => ['Biscoe', 'Dream'][i % 2] ?? ''),
      sku: make(60, (i) => `AB-${1000 + i}`),
      day: make(60, (i) => `${String((i % 28) + 1).padStart(2, '0')}/03/2026`),
      mass: make(60, (i) => `${i / 4}`),
      email: make(60, (i) => `ada${i}@birds.org`),
      gap: make(60, (i) => (i % 3 === 0 ? '' : `${i}`)),
    }),
  );
  const { columns, checks, keys } = parseContract(text, { file: 'c.yaml', tables: ['birds'] });
  expect(columns.map(({ property, type }) => [property, type])).toEqual([
    ['id', 'integer'],
    ['island', 'string'],
    ['sku', 'string'],
    ['day', 'date'],
    ['mass', 'number'],
    ['email', 'string'],
    ['gap', 'integer'],
  ]);
  expect(keys).toEqual(['id']);
  expect(columns.filter(({ sensitive }) => sensitive).map(({ property }) => property)).toEqual(['email']);
  expect(columns[3]?.format?.written).toBe('dd/MM/yyyy');
  expect(checks.find(({ test: { kind } }) => kind === 'pattern')).toMatchObject({
    properties: ['sku'],
    test: { pattern: '^[A-Z]{2}\\-[0-9]{4}$' },
  });
  expect(checks.find(({ test: { kind } }) => kind === 'allowed')).toMatchObject({
    properties: ['island'],
    test: { values: ['Biscoe', 'Dream'] },
  });
  expect(checks.filter(({ test: { kind } }) => kind === 'null').flatMap(({ properties }) => properties)).not.toContain(
    'gap',
  );
  // A range is a comment: the next bird may be heavier.
  expect(text).toContain('# Seen: 0.0 to 14.75.');
  expect(checks.filter(({ test: { kind } }) => kind === 'bound')).toEqual([]);
  expect(text).not.toContain('ada');
});

test('dates that could be read in two ways get no format, and a comment', async () => {
  const text = await infer(csv({ day: make(30, (i) => `0${(i % 9) + 1}/03/2026`) }));
  expect(text).toContain('# Dates: add the format, such as dd/MM/yyyy or MM/dd/yyyy');
  expect(parseContract(text, { file: 'c.yaml', tables: ['birds'] }).columns[0]?.type).toBe('string');
});

test('codes with leading zeros stay text', async () => {
  const text = await infer(csv({ place: make(40, (i) => `0${1000 + i}`) }));
  expect(text).toContain('logicalType: string');
  expect(text).toContain('pattern: "^[0-9]{5}$"');
});

const VALUES = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom(
    'true',
    'FALSE',
    '',
    '2026-01-31',
    '31/01/2026',
    '01/02/2026',
    '2026-01-31T12:00:00Z',
    '007',
    'NA',
    '1_000',
    '-0',
    '1e400',
  ),
  fc.stringMatching(/^[A-Z]{1,3}-[0-9]{1,3}$/),
  fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !/[\0\r\n]/.test(text)),
);
const COLUMN = fc.array(VALUES, { minLength: 1, maxLength: 4 });

test('a file keeps the contract that was inferred from it, whatever it holds', { timeout: 60_000 }, async () => {
  const table = fc.tuple(fc.array(COLUMN, { minLength: 1, maxLength: 5 }), fc.integer({ min: 0, max: 40 }));
  await fc.assert(
    fc.asyncProperty(table, async ([pools, rows]) => {
      const columns = Object.fromEntries(
        pools.map((pool, at) => [
          `c ${at}: "x"`,
          make(rows, (row) => quote(pool[(row * (at + 3)) % pool.length] ?? '')),
        ]),
      );
      const text = csv(columns);
      const promised = await infer(text);
      const evidence = await check(
        { train: { path: 'birds.csv', contract: 'c.yaml' } },
        { 'birds.csv': text, 'c.yaml': promised },
      );
      const [dataset] = evidence.datasets;
      if (rows > 0) expect(dataset?.findings.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
      expect(dataset?.findings.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
    }),
    { numRuns: 12, seed: 20261123 },
  );
});
