import { CHECKED_TYPES, type CheckedType } from '../../data/checks.ts';
import { describeColumn, findNativeType } from '../../data/column-sql.ts';
import type { Engine } from '../../engine/connection.ts';
import { quoteIdentifier } from '../../engine/sql.ts';
import type { Column, Table } from '../../engine/tables.ts';
import { type ColumnProfile, type LabelsProfile, MAX_VALUES } from './profile.ts';

/** Columns that one query looks at. */
const CHUNK = 50;
/** What the estimate of the number of different values may be off by, with room to spare. */
const ESTIMATE_ERROR = 0.2;
/** A type is offered by the first that fits; text fits what nothing else does. */
const NARROW_FIRST: readonly CheckedType[] = ['integer', 'number', 'boolean', 'date', 'timestamp', 'string'];

interface Survey {
  readonly column: Column;
  readonly type: CheckedType | undefined;
  readonly present: number;
  /** An estimate of how many different values there are. */
  readonly distinct: number;
}

/** Looks at every column of a table: types as a data contract checks them, gaps, uniqueness, small sets of values. */
export async function profileColumns(engine: Engine, table: Table): Promise<LabelsProfile> {
  const columns: ColumnProfile[] = [];
  for (let start = 0; start < table.columns.length; start += CHUNK) {
    const surveys = await surveyColumns(engine, table, table.columns.slice(start, start + CHUNK));
    for (const survey of surveys) columns.push(await profileColumn(engine, table, survey));
  }
  return { columns, rows: table.rows };
}

async function surveyColumns(engine: Engine, table: Table, columns: readonly Column[]): Promise<Survey[]> {
  const terms = columns.flatMap((column, at) => {
    const { present, text } = describeColumn(table, column, undefined);
    const misfits = listTypes(table, column).map((type) => {
      const { valid } = describeColumn(table, column, type);
      return `count(*) FILTER (${present} AND NOT coalesce(${valid}, false)) AS ${type}_${at}`;
    });
    return [
      `count(*) FILTER (${present}) AS present_${at}`,
      `approx_count_distinct(${text}) AS distinct_${at}`,
      // A number with a leading zero is a code, such as 01234 of a place.
      `count(*) FILTER (regexp_full_match(${text}, '[+-]?0[0-9]+')) AS codes_${at}`,
      ...misfits,
    ];
  });
  const [counts = {}] = await engine.rows<Record<string, number>>(`SELECT ${terms.join(', ')} FROM ${table.relation}`);
  return columns.map((column, at) => {
    const present = counts[`present_${at}`] ?? 0;
    const fits = (type: CheckedType) =>
      counts[`${type}_${at}`] === 0 && !(type === 'integer' && table.format === 'csv' && counts[`codes_${at}`]);
    const type = present === 0 ? undefined : listTypes(table, column).find(fits);
    // Numbers among which one is a code are codes.
    const settled = type === 'number' && table.format === 'csv' && counts[`codes_${at}`] ? 'string' : type;
    return { column, type: settled, present, distinct: counts[`distinct_${at}`] ?? 0 };
  });
}

function listTypes(table: Table, column: Column): readonly CheckedType[] {
  if (table.format !== 'parquet') return NARROW_FIRST.filter((type) => CHECKED_TYPES.includes(type));
  const native = findNativeType(column.type);
  return native === undefined ? [] : [native];
}

async function profileColumn(engine: Engine, table: Table, survey: Survey): Promise<ColumnProfile> {
  const { column, type, present, distinct } = survey;
  const { text, key } = describeColumn(table, column, type);
  const profile = { name: column.name, ...(type ? { type } : {}), missing: table.rows - present };
  const isFull = present === table.rows && table.rows > 0;
  const mayBeUnique = isFull && distinct >= table.rows * (1 - ESTIMATE_ERROR);
  const unique = mayBeUnique && (await countDistinct(engine, table, key)) === table.rows;
  if (distinct > MAX_VALUES * (1 + ESTIMATE_ERROR)) return { ...profile, unique };
  const values = await engine.rows<{ text: string; rows: number }>(
    `SELECT ${text} AS "text", count(*) AS "rows" FROM ${table.relation} WHERE ${quoteIdentifier(column.name)} IS NOT NULL
     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MAX_VALUES + 1}`,
  );
  return { ...profile, unique, ...(values.length <= MAX_VALUES ? { values } : {}) };
}

async function countDistinct(engine: Engine, table: Table, key: string): Promise<number> {
  const [row] = await engine.rows<{ n: number }>(`SELECT count(DISTINCT ${key}) AS n FROM ${table.relation}`);
  return row?.n ?? 0;
}
