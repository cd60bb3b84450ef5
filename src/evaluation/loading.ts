import type { Engine } from '../engine/connection.ts';
import { quoteIdentifier } from '../engine/sql.ts';
import type { Table } from '../engine/tables.ts';
import { renderNumber, renderText } from './columns.ts';
import { nameHigh, nameLow, nameSideScore, nameSlice, type Side } from './joined-table.ts';
import type { Opened, OpenedSide } from './opening.ts';

/** What stands for an empty value of a column that slices or groups. */
export const MISSING = '(missing)';

/** The temporary table that a side's file is read into. */
export function nameAnswers(side: Side): string {
  return `answers_${side}`;
}

/**
 * Reads every file once, into the temporary tables `labels`, `answers_0` and `answers_1`. Nothing is checked here: what is
 * no number is NULL, and so is every value that is missing, but for those of slices.
 */
export async function loadTables(engine: Engine, opened: Opened): Promise<void> {
  const renderId = chooseId(opened);
  const { table, columns } = opened.labels;
  const items = [
    `${renderId(columns.id)} AS id`,
    `${opened.numeric ? renderNumber(table, columns.label) : renderText(columns.label)} AS truth`,
    ...(columns.weight === undefined ? [] : [`${renderNumber(table, columns.weight)} AS weight`]),
    ...(columns.cluster === undefined ? [] : [`nullif(${renderText(columns.cluster)}, '') AS cluster`]),
    ...(columns.query === undefined ? [] : [`nullif(${renderText(columns.query)}, '') AS query`]),
    ...opened.slices.map((column, at) => `coalesce(${renderText(column)}, '${MISSING}') AS ${nameSlice(at)}`),
  ];
  await engine.run(`CREATE TEMP TABLE labels AS SELECT ${items.join(', ')} FROM ${table.relation}`);
  for (const [at, side] of opened.sides.entries()) {
    const own = listAnswers(opened, side, at as Side, renderId);
    await engine.run(
      `CREATE TEMP TABLE ${nameAnswers(at as Side)} AS SELECT ${own.join(', ')} FROM ${side.table.relation}`,
    );
  }
}

function listAnswers(opened: Opened, side: OpenedSide, at: Side, renderId: (column: string) => string): string[] {
  const { table, columns, scoreColumns, threshold } = side;
  const predicted = opened.numeric ? renderNumber(table, columns.prediction) : renderText(columns.prediction);
  return [
    `${renderId(columns.id)} AS id`,
    ...(threshold === undefined ? [`${predicted} AS predicted`] : []),
    ...scoreColumns.map((column, index) => `${renderNumber(table, column)} AS ${nameSideScore(at, index)}`),
    ...(opened.hasLimits && columns.limits
      ? [
          `${renderNumber(table, columns.limits.low)} AS ${nameLow(at)}`,
          `${renderNumber(table, columns.limits.high)} AS ${nameHigh(at)}`,
        ]
      : []),
  ];
}

const WHOLE_NUMBER = /^(U?(TINY|SMALL)INT|U?INTEGER|BIGINT)$/;

/** Ids are compared as text. Whole numbers of all files are alike as text where they are equal, and are faster to join. */
function chooseId({ labels, sides }: Opened): (column: string) => string {
  const typeOf = (table: Table, name: string) => table.columns.find((column) => column.name === name)?.type ?? '';
  const types = [
    typeOf(labels.table, labels.columns.id),
    ...sides.map(({ table, columns }) => typeOf(table, columns.id)),
  ];
  if (!types.every((type) => WHOLE_NUMBER.test(type))) return renderText;
  return (column) => `CAST(${quoteIdentifier(column)} AS BIGINT)`;
}
