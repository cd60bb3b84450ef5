import { chooseDialect } from '../../data/dialects/choice.ts';
import { type Survey, surveyColumns } from '../../data/profile/survey.ts';
import type { Engine } from '../../engine/connection.ts';
import { quoteIdentifier } from '../../engine/sql.ts';
import type { Table } from '../../engine/tables.ts';
import { type ColumnProfile, type LabelsProfile, MAX_VALUES } from './profile.ts';

/** Columns that one query looks at. */
const CHUNK = 50;
/** What the estimate of the number of different values may be off by, with room to spare. */
const ESTIMATE_ERROR = 0.4;

/** Looks at every column of a table: types as a data contract checks them, gaps, uniqueness, small sets of values. */
export async function profileColumns(engine: Engine, table: Table): Promise<LabelsProfile> {
  const columns: ColumnProfile[] = [];
  for (let start = 0; start < table.columns.length; start += CHUNK) {
    const some = table.columns.slice(start, start + CHUNK);
    const surveys = await surveyColumns(engine, table, some, { readings: some.map(() => undefined) });
    for (const survey of surveys) columns.push(await profileColumn(engine, table, survey));
  }
  return { columns, rows: table.rows };
}

async function profileColumn(engine: Engine, table: Table, survey: Survey): Promise<ColumnProfile> {
  const { column, fitting, present, estimate: distinct } = survey;
  const type = fitting?.reading.type;
  const { text, key } = chooseDialect(table).describeColumn(table, column, { type });
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
