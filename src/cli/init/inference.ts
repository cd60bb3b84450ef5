import type { Engine } from '../../engine/connection.ts';
import type { Table } from '../../engine/tables.ts';
import { type Look, lookAtTexts } from './column-looks.ts';
import { profileColumns } from './column-profile.ts';
import { type ColumnPromise, listValues, MAX_COLUMNS, nameTable, renderPromises } from './contract-text.ts';
import { findPersonal } from './personal-columns.ts';
import type { ColumnProfile } from './profile.ts';

/** With fewer rows, that values differ or look alike may be chance. */
const ENOUGH_ROWS = 20;
/** Names of columns that tell rows apart. */
const KEY_NAME = /(?:^|[^a-z])(?:id|key|uuid|guid)$|[a-z]I[dD]$/i;

/**
 * A first contract of a table that the table itself keeps. It promises what must hold of the next file too: types, values that
 * are never missing, keys, small sets of values, and how codes and dates are written. Ranges are comments, for a limit that is
 * chance today is noise tomorrow.
 */
export async function inferContract(engine: Engine, table: Table, file: string): Promise<string> {
  const described = { ...table, columns: table.columns.slice(0, MAX_COLUMNS) };
  const { columns } = await profileColumns(engine, described);
  const looks = await lookAtTexts(engine, described, columns);
  const personal = await findPersonal(engine, described);
  const key = findKey(columns, table.rows);
  const left = table.columns.length - described.columns.length;
  const name = nameTable(file);
  return renderPromises({
    origin: [
      `What ${JSON.stringify(file)} promises, in the Open Data Contract Standard.`,
      `Made from what the file of ${table.rows} rows held: keep what must always hold, correct what was chance.`,
      ...(left > 0 ? [`${left} more columns are not described.`] : []),
    ],
    id: name,
    name,
    table: name,
    columns: columns.map((column, at) => {
      const why = personal.get(column.name);
      return promiseColumn(column, looks[at], { rows: table.rows, isKey: column === key, personal: why });
    }),
  });
}

interface Surroundings {
  readonly rows: number;
  readonly isKey: boolean;
  /** Why its values are taken for personal ones. */
  readonly personal: string | undefined;
}

function promiseColumn(column: ColumnProfile, look: Look | undefined, around: Surroundings): ColumnPromise {
  const { name, missing, unique } = column;
  const { rows, isKey, personal } = around;
  const format = look?.format;
  const type = format?.type ?? column.type;
  const isName = type === 'integer' || type === 'string';
  const values = personal === undefined && !isKey && format === undefined ? listValues(column, false, rows) : [];
  const isCode = values.length === 0 && type === 'string' && rows >= ENOUGH_ROWS;
  const range = look?.range;
  return {
    name,
    type,
    format: format?.written,
    pattern: isCode ? look?.pattern : undefined,
    key: isKey,
    required: missing === 0 && rows > 0,
    unique: isKey || (unique === true && isName && rows >= ENOUGH_ROWS && KEY_NAME.test(name)),
    classification: personal === undefined ? undefined : 'confidential',
    values,
    notes: [
      ...(personal === undefined ? [] : [personal]),
      ...(range === undefined || personal !== undefined || isKey ? [] : [`Seen: ${range}.`]),
      ...(look?.doubt === undefined ? [] : [look.doubt]),
    ],
  };
}

/** The column that tells rows apart: one that is called so, else the first of the file. */
function findKey(columns: readonly ColumnProfile[], rows: number): ColumnProfile | undefined {
  const unique = columns.filter(({ unique, type }) => unique && (type === 'integer' || type === 'string'));
  if (rows < ENOUGH_ROWS) return undefined;
  return unique.find(({ name }) => KEY_NAME.test(name)) ?? unique.find((column) => column === columns[0]);
}
