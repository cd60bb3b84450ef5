import type { Engine } from '../../engine/connection.ts';
import { quoteIdentifier } from '../../engine/sql.ts';
import { ROW_COLUMN } from '../../engine/table.ts';
import type { CheckedDataset } from '../dataset-check.ts';
import { placeExamples } from '../findings/places.ts';
import { countOf } from '../findings/wording.ts';
import { quoteName, showName } from '../naming.ts';
import type { CrossResult } from './scene.ts';
import { type SharedColumn, shareColumn } from './shared-column.ts';

type Side = 'first' | 'second';

/** Digests that rows of both data sets have. */
const COMMON = 'overlap_common';

/**
 * Counts the rows of the second data set that stand in the first as well, all their values alike. A narrow table of 64-bit
 * digests finds the few that can be; their values decide.
 */
export async function checkWholeRows(
  engine: Engine,
  first: CheckedDataset,
  second: CheckedDataset,
): Promise<CrossResult> {
  const [a, b] = [showName(first.source.name), showName(second.source.name)];
  const base = { text: `no row of ${b} stands in ${a} as well`, rule: 'no-overlap', count: 0, share: 0, examples: [] };
  const unmeasured = (reason: string): CrossResult => ({ ...base, outcome: 'cannot-measure', reason });
  const differences = [...listOwn(first, second), ...listOwn(second, first)];
  if (differences.length > 0) return unmeasured(`whole rows cannot be compared: ${differences.join('; ')}`);
  const empty = [first, second].find(({ table }) => table.rows === 0);
  if (empty) return unmeasured(`${showName(empty.source.name)} has no rows`);
  const columns = first.table.columns
    .map(({ name }) => shareColumn(name, first, second))
    .filter((column) => column !== undefined);
  await engine.run(
    `create or replace temp table ${COMMON} as select distinct h
     from (select ${renderDigest(columns, 'first')} as h from ${first.table.relation}) as a
     semi join (select ${renderDigest(columns, 'second')} as h from ${second.table.relation}) as b using (h)`,
  );
  const { count, rows } = await findCommon(engine, first, second, columns);
  const blank = await countBlank(engine, [first, second], columns);
  await engine.run(`drop table ${COMMON}`);
  const total = countOf(second.table.rows, 'row');
  if (count > 0) {
    const reason = `${count} of ${total} of ${b} ${count === 1 ? 'stands' : 'stand'} in ${a} as well`;
    const share = count / second.table.rows;
    const examples = await placeExamples(
      second,
      rows.map((row) => ({ row })),
    );
    return { ...base, outcome: 'fail', count, share, reason, examples };
  }
  if (blank.some((rowsWithout) => rowsWithout > 0)) {
    const told = blank.flatMap((n, side) => (n > 0 ? [`${countOf(n, 'row')} of ${[a, b][side] ?? ''}`] : []));
    return unmeasured(
      `${told.join(' and ')} ${told.length === 1 && blank.includes(1) ? 'has' : 'have'} no value at all`,
    );
  }
  return {
    ...base,
    outcome: 'pass',
    reason: `none of ${total} of ${b} stands in ${a}, by all ${countOf(columns.length, 'column')}`,
  };
}

/** The columns that only the first of two data sets has, as a phrase. */
function listOwn(one: CheckedDataset, other: CheckedDataset): string[] {
  const names = one.table.columns.map(({ name }) => name);
  const own = names.filter((name) => !other.table.columns.some((column) => column.name === name));
  const more = own.length > 10 ? [`and ${own.length - 10} more`] : [];
  return own.length === 0
    ? []
    : [`only ${showName(one.source.name)} has ${[...own.slice(0, 10).map(quoteName), ...more].join(', ')}`];
}

function renderDigest(columns: readonly SharedColumn[], side: Side): string {
  return `hash(${columns.map((column) => column[side].key).join(', ')})`;
}

function renderPresent(columns: readonly SharedColumn[], side: Side): string {
  return `(${columns.map((column) => column[side].present).join(' or ')})`;
}

/** Rows with the values as `k0`, `k1`, … whose digest the other data set has too; none without any value. */
function selectCandidates(columns: readonly SharedColumn[], side: Side, relation: string, row = ''): string {
  const keys = columns.map((column, index) => `${column[side].key} as k${index}`).join(', ');
  return `(select ${row}${keys} from ${relation}
    where ${renderPresent(columns, side)} and ${renderDigest(columns, side)} in (select h from ${COMMON}))`;
}

async function findCommon(
  engine: Engine,
  first: CheckedDataset,
  second: CheckedDataset,
  columns: readonly SharedColumn[],
): Promise<{ readonly count: number; readonly rows: number[] }> {
  const match = columns.map((_, index) => `b.k${index} is not distinct from a.k${index}`).join(' and ');
  const found = (row: string, relation: string) =>
    `from ${selectCandidates(columns, 'second', relation, row)} as b
     semi join ${selectCandidates(columns, 'first', first.table.relation)} as a on ${match}`;
  const [counted] = await engine.rows<{ n: number }>(`select count(*) as n ${found('', second.table.relation)}`);
  const count = Number(counted?.n);
  if (count === 0) return { count, rows: [] };
  const rows = await engine.rows<{ row: number }>(
    `select b.r as "row" ${found(`${quoteIdentifier(ROW_COLUMN)} as r, `, second.table.numbered)} order by b.r limit 5`,
  );
  return { count, rows: rows.map(({ row }) => row) };
}

/** Rows without any value in each data set: they are alike, and say nothing. */
async function countBlank(
  engine: Engine,
  datasets: readonly CheckedDataset[],
  columns: readonly SharedColumn[],
): Promise<number[]> {
  const counts: number[] = [];
  for (const [index, { table }] of datasets.entries()) {
    const present = renderPresent(columns, index === 0 ? 'first' : 'second');
    const [row] = await engine.rows<{ n: number }>(
      `select count(*) filter (where not ${present}) as n from ${table.relation}`,
    );
    counts.push(Number(row?.n));
  }
  return counts;
}
