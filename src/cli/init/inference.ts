import { type InstantFormat, parseInstantFormat } from '../../data/contract/instant-format.ts';
import { chooseDialect } from '../../data/dialects/choice.ts';
import type { Engine } from '../../engine/connection.ts';
import type { Table } from '../../engine/tables.ts';
import { profileColumns } from './column-profile.ts';
import { type ColumnPromise, listValues, MAX_COLUMNS, nameTable, renderPromises } from './contract-text.ts';
import { findPersonal } from './personal-columns.ts';
import type { ColumnProfile } from './profile.ts';

/** With fewer rows, that values differ or look alike may be chance. */
const ENOUGH_ROWS = 20;
/** Names of columns that tell rows apart. */
const KEY_NAME = /(?:^|[^a-z])(?:id|key|uuid|guid)$|[a-z]I[dD]$/i;

/** How dates and times are written in the wild, where not in ISO 8601. */
const FORMATS = [
  'dd/MM/yyyy',
  'MM/dd/yyyy',
  'dd.MM.yyyy',
  'dd-MM-yyyy',
  'MM-dd-yyyy',
  'yyyy/MM/dd',
  'd.M.yyyy',
  'd/M/yyyy',
  'M/d/yyyy',
];
const CLOCKS = ['HH:mm', 'HH:mm:ss'];

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

interface Format {
  readonly type: 'date' | 'timestamp';
  readonly written: string;
}

/** How the values of a column look. */
interface Look {
  readonly format?: Format;
  readonly pattern?: string;
  readonly range?: string;
  readonly doubt?: string;
}

async function lookAtTexts(engine: Engine, table: Table, columns: readonly ColumnProfile[]): Promise<Look[]> {
  const formats = listFormats();
  const dialect = chooseDialect(table);
  const looks: Look[] = [];
  // One query a column: most have no text that could be a date or a code.
  for (const { name, type } of columns) {
    const column = table.columns.find((one) => one.name === name);
    if (!column || type === undefined) looks.push({});
    else if (type !== 'string')
      looks.push(await readRange(engine, table, dialect.describeColumn(table, column, { type }).ordinal, type));
    else {
      const { text, present } = dialect.describeColumn(table, column, { type });
      const shape = ['[A-Z]/A', '[a-z]/a', '[0-9]/0'].reduce((sql, rule) => {
        const [from, to] = rule.split('/');
        return `regexp_replace(${sql}, '${from}', '${to}', 'g')`;
      }, text);
      const counts = formats.map((format, at) => {
        const read = dialect.describeColumn(table, column, { type: format.type, format: format.read });
        return `count(*) filter (where ${present} and not coalesce(${read.valid}, false)) as f${at}`;
      });
      const [row = {}] = await engine.rows<Record<string, unknown>>(
        `select min(${shape}) as low, max(${shape}) as high, max(length(${text})) as longest
         ${table.format === 'parquet' ? '' : `, ${counts.join(', ')}`} from ${table.relation}`,
      );
      looks.push(readLook(row, formats));
    }
  }
  return looks;
}

interface ReadFormat extends Format {
  readonly read: InstantFormat;
}

function listFormats(): ReadFormat[] {
  const all: Format[] = [
    ...FORMATS.map((written) => ({ type: 'date' as const, written })),
    ...['yyyy-MM-dd', ...FORMATS].flatMap((date) =>
      CLOCKS.map((clock) => ({ type: 'timestamp' as const, written: `${date} ${clock}` })),
    ),
  ];
  return all.flatMap((format) => {
    const read = parseInstantFormat(format.type, format.written);
    return read ? [{ ...format, read }] : [];
  });
}

function readLook(row: Readonly<Record<string, unknown>>, formats: readonly ReadFormat[]): Look {
  const fitting = formats.filter((_, at) => row[`f${at}`] === 0);
  const [first] = fitting;
  if (first) {
    // Days and months up to 12 fit both ways, and a guess would be wrong for half of the dates.
    const dayFirst = /^d/.test(first.written);
    if (fitting.some(({ written }) => /^d/.test(written) !== dayFirst)) {
      return { doubt: `Dates: add the format, such as ${fitting.map(({ written }) => written).join(' or ')}.` };
    }
    return { format: first };
  }
  const { low, high, longest } = row;
  const isOne = typeof low === 'string' && low === high && /[0]/.test(low) && low.length <= 40;
  return isOne && typeof longest === 'number' && longest > 1 ? { pattern: renderPattern(low) } : {};
}

/** `AAA-000` as a pattern: `^[A-Z]{3}-[0-9]{3}$`. */
function renderPattern(shape: string): string {
  const classes: Readonly<Record<string, string>> = { A: '[A-Z]', a: '[a-z]', '0': '[0-9]' };
  const parts = [...shape.matchAll(/A+|a+|0+|[\s\S]/gu)].map(([part]) => {
    const kind = classes[part[0] ?? ''];
    if (kind !== undefined) return part.length === 1 ? kind : `${kind}{${part.length}}`;
    return part.replace(/[\\^$.|?*+()[\]{}/-]/, '\\$&');
  });
  return `^${parts.join('')}$`;
}

async function readRange(engine: Engine, table: Table, ordinal: string, type: string): Promise<Look> {
  if (type !== 'integer' && type !== 'number' && type !== 'date') return {};
  const [row] = await engine.rows<{ low: string | null; high: string | null }>(
    `select cast(min(${ordinal}) as varchar) as low, cast(max(${ordinal}) as varchar) as high from ${table.relation}`,
  );
  return row?.low == null || row.high === null ? {} : { range: `${row.low} to ${row.high}` };
}
