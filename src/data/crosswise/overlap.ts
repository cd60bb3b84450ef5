import type { Engine } from '../../engine/connection.ts';
import { quoteIdentifier } from '../../engine/sql.ts';
import { ROW_COLUMN } from '../../engine/table.ts';
import type { CheckedDataset } from '../dataset-check.ts';
import { shorten } from '../findings/findings.ts';
import { placeExamples } from '../findings/places.ts';
import { countOf } from '../findings/wording.ts';
import { quoteName, showName } from '../naming.ts';
import { MAX_SHOWN, type Offender } from '../scan/offenders.ts';
import type { CrossResult, CrossRunner } from './scene.ts';
import { type SharedColumn, shareColumn } from './shared-column.ts';
import { checkWholeRows } from './whole-rows.ts';

type Result = CrossResult;

/** Holds each pair of the named data sets against each other: by the columns `on`, without them by whole rows. */
export const runNoOverlap: CrossRunner<'no-overlap'> = async ({ engine, find }, { between, on }) => {
  const results: CrossResult[] = [];
  for (const [position, first] of between.entries()) {
    for (const second of between.slice(position + 1)) {
      const [a, b] = [find(first), find(second)];
      results.push(on ? await checkOverlap(engine, a, b, on) : await checkWholeRows(engine, a, b));
    }
  }
  return results;
};

/** Counts the rows of the second data set whose values in the columns `on` a row of the first has as well. */
async function checkOverlap(
  engine: Engine,
  first: CheckedDataset,
  second: CheckedDataset,
  on: readonly string[],
): Promise<Result> {
  const [a, b] = [showName(first.source.name), showName(second.source.name)];
  const keys = on.map(showName).join(', ');
  const text = `no row of ${b} has the ${keys} of a row of ${a}`;
  const report = (parts: Pick<Result, 'outcome' | 'reason'> & Partial<Result>): Result => ({
    text,
    rule: 'no-overlap',
    column: on.join(', '),
    count: 0,
    share: 0,
    examples: [],
    ...parts,
  });
  const unmeasured = (reason: string) => report({ outcome: 'cannot-measure', reason });
  for (const { source, table } of [first, second]) {
    const missing = on.filter((name) => !table.columns.some((column) => column.name === name));
    const owner = showName(source.name);
    if (missing.length > 0) return unmeasured(`${owner} has no column ${missing.map(quoteName).join(', ')}`);
    if (table.rows === 0) return unmeasured(`${owner} has no rows`);
  }
  const columns = on.map((name) => shareColumn(name, first, second)).filter((column) => column !== undefined);
  const common = await countCommon(engine, first, second, columns);
  const { rows } = second.table;
  if (common > 0) {
    const hidden = !first.showValues || !second.showValues || columns.some(({ sensitive }) => sensitive);
    const found = await findCommon(engine, first, second, columns);
    const examples = await placeExamples(
      second,
      found.map(({ row, value }) => ({
        row,
        ...(hidden || value === null ? {} : { value: shorten(value) }),
      })),
    );
    const reason = `${common} of ${countOf(rows, 'row')} of ${b} ${common === 1 ? 'has' : 'have'} the ${keys} of a row of ${a}`;
    return report({ outcome: 'fail', count: common, share: common / rows, reason, examples });
  }
  for (const [dataset, side] of [[first, 'first'] as const, [second, 'second'] as const]) {
    const empty = await countEmpty(engine, dataset, columns, side);
    if (empty > 0)
      return unmeasured(
        `${countOf(empty, 'row')} of ${showName(dataset.source.name)} ${empty === 1 ? 'has' : 'have'} no value in ${keys}`,
      );
  }
  return report({
    outcome: 'pass',
    reason: `none of ${countOf(rows, 'row')} of ${b} has the ${keys} of a row of ${a}`,
  });
}

function selectKeys(columns: readonly SharedColumn[], side: 'first' | 'second'): string {
  return columns.map((column, index) => `${column[side].key} as k${index}`).join(', ');
}

function renderMatch(columns: readonly SharedColumn[]): string {
  return columns.map((_, index) => `b.k${index} = a.k${index}`).join(' and ');
}

async function countCommon(
  engine: Engine,
  first: CheckedDataset,
  second: CheckedDataset,
  columns: readonly SharedColumn[],
): Promise<number> {
  const [row] = await engine.rows<{ n: number }>(
    `select count(*) as n from (select ${selectKeys(columns, 'second')} from ${second.table.relation}) as b
     semi join (select ${selectKeys(columns, 'first')} from ${first.table.relation}) as a on ${renderMatch(columns)}`,
  );
  return Number(row?.n);
}

async function findCommon(
  engine: Engine,
  first: CheckedDataset,
  second: CheckedDataset,
  columns: readonly SharedColumn[],
): Promise<Offender[]> {
  const row = quoteIdentifier(ROW_COLUMN);
  const shown = columns.map((column) => `left(${column.second.text}, ${MAX_SHOWN + 1})`).join(` || ', ' || `);
  return engine.rows<Offender>(
    `select r as "row", shown as "value"
     from (select ${row} as r, ${shown} as shown, ${selectKeys(columns, 'second')} from ${second.table.numbered}) as b
     semi join (select ${selectKeys(columns, 'first')} from ${first.table.relation}) as a on ${renderMatch(columns)}
     order by r limit 5`,
  );
}

async function countEmpty(
  engine: Engine,
  { table }: CheckedDataset,
  columns: readonly SharedColumn[],
  side: 'first' | 'second',
): Promise<number> {
  const empty = columns.map((column) => `not ${column[side].present}`).join(' or ');
  const [row] = await engine.rows<{ n: number }>(`select count(*) filter (where ${empty}) as n from ${table.relation}`);
  return Number(row?.n);
}
