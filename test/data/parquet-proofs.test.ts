import { expect, test } from 'vitest';
import type { BoundCheck } from '../../src/data/checks/binding.ts';
import type { Test } from '../../src/data/checks/checks.ts';
import { findProven } from '../../src/data/scan/proofs.ts';
import type { Scene } from '../../src/data/scan/scene.ts';
import type { ColumnStatistics } from '../../src/engine/table.ts';

const NUMBERS: ColumnStatistics = { nulls: 0, least: '1', greatest: '20' };
const DAYS: ColumnStatistics = { nulls: 0, least: '2024-01-01', greatest: '2024-12-31' };

/** Whether the footers prove a check of a column; only what the proofs look at is there. */
async function proves(known: ColumnStatistics, native: string, judged: Test, type?: string): Promise<boolean> {
  const table = { readStatistics: async () => new Map([['v', known]]) };
  const check = { test: judged, type, types: [native], names: ['v'], columns: [{ valid: 'true' }] };
  const found = await findProven({ table } as unknown as Scene, [check as unknown as BoundCheck]);
  return found.size === 1;
}

const bound = (comparison: '>=' | '<=' | '>' | '<', value: number | string): Test => ({
  kind: 'bound',
  comparison,
  bound: value,
});

test('footers prove that values are there, of their type, and within bounds', async () => {
  expect(await proves(NUMBERS, 'INTEGER', { kind: 'null' })).toBe(true);
  expect(await proves(NUMBERS, 'INTEGER', { kind: 'type', type: 'integer' })).toBe(true);
  expect(await proves(NUMBERS, 'INTEGER', bound('>=', 1), 'integer')).toBe(true);
  expect(await proves(NUMBERS, 'INTEGER', bound('<', 20.5), 'integer')).toBe(true);
  expect(await proves(DAYS, 'DATE', bound('>=', '2024-01-01'), 'date')).toBe(true);
});

test('what they do not prove is looked for in the rows', async () => {
  expect(await proves({ ...NUMBERS, nulls: 1 }, 'INTEGER', { kind: 'null' })).toBe(false);
  expect(await proves({ ...NUMBERS, nulls: 1 }, 'INTEGER', bound('>=', 1), 'integer')).toBe(false);
  expect(await proves(NUMBERS, 'INTEGER', bound('>', 1), 'integer')).toBe(false);
  expect(await proves(NUMBERS, 'INTEGER', bound('<', 20), 'integer')).toBe(false);
  expect(await proves(DAYS, 'DATE', bound('<=', '2024-12-30'), 'date')).toBe(false);
  expect(await proves({ ...NUMBERS, least: null }, 'INTEGER', bound('<=', 20), 'integer')).toBe(false);
});

test('the ends of numbers with NaN among them, of texts and of decimals prove nothing', async () => {
  for (const native of ['DOUBLE', 'FLOAT', 'VARCHAR', 'DECIMAL(4,2)', 'UBIGINT']) {
    expect(await proves(NUMBERS, native, bound('>=', 1), 'number')).toBe(false);
  }
});
