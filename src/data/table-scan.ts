import type { Engine } from '../engine/connection.ts';
import { quoteIdentifier } from '../engine/sql.ts';
import { ROW_COLUMN, type Table } from '../engine/table.ts';
import type { BoundCheck } from './binding.ts';

/** Rows that break a check: the first ones, or the commonest values. `value` is undefined where there is none. */
export interface Offender {
  readonly row: number;
  readonly value: string | null;
}

/** What was counted for one check. */
export interface Count {
  /** Rows that break it. */
  readonly broken: number;
  /** Rows with a value in the column; all rows where the check is not about one column. */
  readonly values: number;
}

/** How much of a value an example shows. */
export const MAX_SHOWN = 60;
const MAX_EXAMPLES = 5;
const ROW = quoteIdentifier(ROW_COLUMN);

/** Counts what breaks each check: one scan for all that look at one row at a time, and a narrow one for keys. */
export async function countViolations(engine: Engine, table: Table, checks: readonly BoundCheck[]): Promise<Count[]> {
  const counts = await scanRows(engine, table, checks);
  const keyed = checks.map((check, index) => ({ check, index })).filter(({ check }) => check.test.kind === 'unique');
  if (keyed.length === 0) return counts;
  const sets = [...new Set(keyed.map(({ check }) => renderKeys(check)))];
  const names = sets.map((_, index) => `k${index}`);
  const columns = sets.map((keys, index) => `${keys} as k${index}`);
  await engine.run(`create or replace temp table check_keys as select ${columns.join(', ')} from ${table.relation}`);
  const repeated = new Map<string, Count>();
  for (const [index, name] of names.entries()) {
    const [row] = await engine.rows<{ broken: number; n: number }>(
      `select cast(coalesce(sum(n - 1), 0) as bigint) as broken, cast(coalesce(sum(n), 0) as bigint) as n
       from (select count(*) as n from check_keys where ${name} is not null group by ${name})`,
    );
    repeated.set(sets[index] ?? '', { broken: Number(row?.broken), values: Number(row?.n) });
  }
  await engine.run('drop table check_keys');
  for (const { check, index } of keyed) counts[index] = repeated.get(renderKeys(check)) ?? fail();
  return counts;
}

async function scanRows(engine: Engine, table: Table, checks: readonly BoundCheck[]): Promise<Count[]> {
  const counters = checks.flatMap(({ violation, columns: [column] }, index) =>
    violation === undefined || column === undefined
      ? []
      : [`count(*) filter (where ${violation}) as b${index}`, `count(*) filter (where ${column.present}) as v${index}`],
  );
  const [row = {}] =
    counters.length === 0
      ? []
      : await engine.rows<Record<string, number>>(`select ${counters.join(', ')} from ${table.relation}`);
  return checks.map((_, index) => ({ broken: row[`b${index}`] ?? 0, values: row[`v${index}`] ?? table.rows }));
}

/** Up to five rows that break each of some checks, in the order of the checks. */
export async function findOffenders(
  engine: Engine,
  table: Table,
  checks: readonly BoundCheck[],
): Promise<Offender[][]> {
  const simple = checks.flatMap(({ violation, test, columns: [column] }, index) =>
    violation === undefined || column === undefined || test.kind === 'allowed'
      ? []
      : [
          `arg_min({'row': ${ROW}, 'value': left(${column.text}, ${MAX_SHOWN + 1})}, ${ROW}, ${MAX_EXAMPLES})
           filter (where ${violation}) as c${index}`,
        ],
  );
  const [first = {}] =
    simple.length === 0
      ? []
      : await engine.rows<Record<string, Offender[] | null>>(`select ${simple.join(', ')} from ${table.numbered}`);
  const found: Offender[][] = [];
  for (const [index, check] of checks.entries()) {
    if (check.test.kind === 'unique') found.push(await findRepeated(engine, table, check));
    else if (check.test.kind === 'allowed') found.push(await findCommonest(engine, table, check));
    else found.push(first[`c${index}`] ?? []);
  }
  return found;
}

/** Of values outside a list the commonest tell most: each once, with the first row that has it. */
async function findCommonest(engine: Engine, table: Table, check: BoundCheck): Promise<Offender[]> {
  const text = check.columns[0]?.text ?? fail();
  return engine.rows<Offender>(
    `select min(${ROW}) as "row", left(any_value(${text}), ${MAX_SHOWN + 1}) as "value" from ${table.numbered}
     where ${check.violation ?? fail()} group by ${text} order by count(*) desc, "row" limit ${MAX_EXAMPLES}`,
  );
}

async function findRepeated(engine: Engine, table: Table, check: BoundCheck): Promise<Offender[]> {
  const keys = renderKeys(check);
  const shown = check.columns.map(({ text }) => `left(${text}, ${MAX_SHOWN + 1})`).join(` || ', ' || `);
  return engine.rows<Offender>(
    `select r as "row", shown as "value" from (
       select ${ROW} as r, ${shown} as shown, row_number() over (partition by ${keys} order by ${ROW}) as nth
       from ${table.numbered} where ${keys} is not null
     ) where nth > 1 order by r limit ${MAX_EXAMPLES}`,
  );
}

/** One value for all columns of a key; NULL where one of them has none, for then there is nothing to repeat. */
function renderKeys({ columns }: BoundCheck): string {
  const [first] = columns;
  if (first && columns.length === 1) return first.key;
  const parts = columns.map(({ key }, index) => `'k${index}': ${key}`);
  return `case when ${columns.map(({ present }) => present).join(' and ')} then {${parts.join(', ')}} end`;
}

function fail(): never {
  throw new Error('a check was counted that has no column');
}
