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

/**
 * Looks at every column of a table: types as a data contract checks them, gaps, uniqueness, small sets of values. Two scans for
 * each fifty columns, after a look at the first rows.
 */
export async function profileColumns(engine: Engine, table: Table): Promise<LabelsProfile> {
  const columns: ColumnProfile[] = [];
  for (let start = 0; start < table.columns.length; start += CHUNK) {
    const some = table.columns.slice(start, start + CHUNK);
    const surveys = await surveyColumns(engine, table, some, { readings: some.map(() => undefined) });
    columns.push(...(await countValues(engine, table, surveys)));
  }
  return { columns, rows: table.rows };
}

/** What one text of a small set has as rows. */
interface Bar {
  readonly key: string;
  readonly value: number;
}

/** Counts the values of columns that have few, and the different ones of columns that may have no value twice. */
async function countValues(engine: Engine, table: Table, surveys: readonly Survey[]): Promise<ColumnProfile[]> {
  const terms = surveys.flatMap((survey, at) => {
    const { text, key } = describe(table, survey);
    return [
      ...(mayBeUnique(table, survey) ? [`count(distinct ${key}) as d${at}`] : []),
      ...(mayBeFew(survey)
        ? [`histogram(${text}) filter (where ${quoteIdentifier(survey.column.name)} is not null) as v${at}`]
        : []),
    ];
  });
  const [row = {}] =
    terms.length === 0
      ? []
      : await engine.rows<Record<string, unknown>>(`select ${terms.join(', ')} from ${table.relation}`);
  return surveys.map((survey, at) => {
    const { column, fitting, present } = survey;
    const type = fitting?.reading.type;
    const profile = { name: column.name, ...(type ? { type } : {}), missing: table.rows - present };
    const unique = mayBeUnique(table, survey) && row[`d${at}`] === table.rows;
    if (!mayBeFew(survey)) return { ...profile, unique };
    const bars = (row[`v${at}`] ?? []) as readonly Bar[];
    const values = bars.map(({ key, value }) => ({ text: String(key), rows: Number(value) }));
    if (values.length > MAX_VALUES) return { ...profile, unique };
    return { ...profile, unique, values: values.sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1)) };
  });
}

function describe(table: Table, { column, fitting }: Survey) {
  return chooseDialect(table).describeColumn(table, column, { type: fitting?.reading.type });
}

function mayBeUnique({ rows }: Table, { present, estimate }: Survey): boolean {
  return present === rows && rows > 0 && estimate >= rows * (1 - ESTIMATE_ERROR);
}

function mayBeFew({ estimate }: Survey): boolean {
  return estimate <= MAX_VALUES * (1 + ESTIMATE_ERROR);
}
