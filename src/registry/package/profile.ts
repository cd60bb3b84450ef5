import { findColumn } from '../../data/binding.ts';
import { describeColumn, findNativeType } from '../../data/column-sql.ts';
import type { DatasetSource } from '../../data/sources.ts';
import type { Engine } from '../../engine/connection.ts';
import { quoteIdentifier } from '../../engine/sql.ts';
import { type Column, readTable, type Table } from '../../engine/tables.ts';
import type { ColumnProfile, Profile } from './profile-schema.ts';

/** So many parts of equal size; distances of distributions are told to a hundredth. */
const QUANTILES = 100;
/** Texts that are told, and how often one must occur: a rare one may be somebody. */
const MAX_CATEGORIES = 100;
const MIN_COUNT = 5;
const MAX_TEXT = 200;

type Type = ColumnProfile['type'];

/**
 * Computes how each column of a data set is distributed. Of columns that its contract calls sensitive, and of keys, only
 * counts are told. `sha256` is the digest of the file. The engine must have been opened with the file.
 */
export async function computeProfile(engine: Engine, source: DatasetSource, sha256: string): Promise<Profile> {
  const { name, path, format, file } = source;
  const table = await readTable(engine, { path, format, name: file });
  const columns: ColumnProfile[] = [];
  for (const column of table.columns) columns.push(await profileColumn(engine, source, table, column));
  return { schemaVersion: 1, dataset: name, sha256, rows: table.rows, columns };
}

async function profileColumn(
  engine: Engine,
  { contract }: DatasetSource,
  table: Table,
  column: Column,
): Promise<ColumnProfile> {
  const promise = contract?.promises.columns.find((promised) => findColumn(table, promised)?.name === column.name);
  const native = table.format === 'parquet' ? findNativeType(column.type) : undefined;
  const type = promise?.type ?? native ?? (await guessType(engine, table, column));
  const { key, ordinal, valid } = describeColumn(table, column, type);
  const isNumeric = type !== 'boolean' && type !== 'string';
  const number = type === 'date' ? `date_diff('day', date '1970-01-01', ${ordinal})` : ordinal;
  const select = `select ${key} as t, ${isNumeric ? `cast(${number} as double)` : 'cast(null as double)'} as v,
    ${quoteIdentifier(column.name)} is not null as present, coalesce(${valid}, false) as valid from ${table.relation}`;
  await engine.run(`create or replace temp table profiled as ${select}`);
  try {
    const [counts] = await engine.rows<{ present: number; n: number; distinct: number }>(
      `select count(*) filter (present) as present, count(*) filter (present and valid) as n,
         count(distinct t) filter (present and valid) as "distinct" from profiled`,
    );
    const { present, n, distinct } = counts ?? { present: 0, n: 0, distinct: 0 };
    const base = { name: column.name, type, n, invalid: present - n, nulls: table.rows - present, distinct };
    const isKey = promise !== undefined && contract?.promises.keys.includes(promise.property) === true;
    if (promise?.sensitive) return { ...base, withheld: 'sensitive' };
    if (isKey || (type === 'string' && distinct === n && n > MAX_CATEGORIES)) return { ...base, withheld: 'key' };
    if (isNumeric) return { ...base, ...(await profileNumbers(engine)) };
    return { ...base, categories: await profileCategories(engine, n, distinct) };
  } finally {
    await engine.run('drop table if exists profiled');
  }
}

/** Where neither a contract nor the file says: numbers, if every value is one. */
async function guessType(engine: Engine, table: Table, column: Column): Promise<Type> {
  const { ordinal } = describeColumn(table, column, 'number');
  const name = quoteIdentifier(column.name);
  const [row] = await engine.rows<{ values: number; numbers: number }>(
    `select count(${name}) as "values", count(${ordinal}) as "numbers" from ${table.relation}`,
  );
  return row !== undefined && row.values > 0 && row.values === row.numbers ? 'number' : 'string';
}

async function profileNumbers(engine: Engine): Promise<Pick<ColumnProfile, 'numbers'>> {
  const shares = Array.from({ length: QUANTILES }, (_, index) => (index + 1) / QUANTILES).join(', ');
  const [row] = await engine.rows<{ low: number | null; edges: number[] | null }>(
    `select min(v) as low, quantile_disc(v, [${shares}]) as edges from profiled where valid`,
  );
  if (!row || row.low === null || row.edges === null) return {};
  const upTo = [...new Set(row.edges)].sort((a, b) => a - b);
  const bins = await engine.rows<{ bin: number; count: number }>(
    `select list_position(list_transform([${upTo.map((edge) => `cast('${edge}' as double)`).join(', ')}], lambda e: v <= e), true) as bin,
       count(*) as count from profiled where valid and v is not null group by bin order by bin`,
  );
  const counts = upTo.map((_, index) => bins.find(({ bin }) => bin === index + 1)?.count ?? 0);
  return { numbers: { low: row.low, upTo, counts } };
}

async function profileCategories(
  engine: Engine,
  n: number,
  distinct: number,
): Promise<NonNullable<ColumnProfile['categories']>> {
  const values = await engine.rows<{ value: string; count: number }>(
    `select t as value, count(*) as count from profiled where present and valid and length(t) <= ${MAX_TEXT} group by t
     having count(*) >= ${MIN_COUNT} order by count desc, value limit ${MAX_CATEGORIES}`,
  );
  const told = values.reduce((sum, { count }) => sum + count, 0);
  return { values, others: { distinct: distinct - values.length, count: n - told } };
}
