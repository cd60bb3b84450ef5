import { type InstantFormat, parseInstantFormat } from '../../data/contract/instant-format.ts';
import { chooseDialect } from '../../data/dialects/choice.ts';
import type { ColumnSql } from '../../data/dialects/dialect.ts';
import type { Engine } from '../../engine/connection.ts';
import type { Table } from '../../engine/tables.ts';
import type { ColumnProfile } from './profile.ts';

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

/** Formats that so many first rows rule out are not asked of the others. */
const FIRST_ROWS = 1000;
/** No format is as long, in characters. */
const LONG = 64;
/** Columns that one query looks at. */
const CHUNK = 50;

interface Format {
  readonly type: 'date' | 'timestamp';
  readonly written: string;
}

interface ReadFormat extends Format {
  readonly read: InstantFormat;
}

/** How the values of a column look. */
export interface Look {
  readonly format?: Format;
  readonly pattern?: string;
  readonly range?: string;
  readonly doubt?: string;
}

/** Looks at how texts are written and how far numbers reach, in one scan for each fifty columns. */
export async function lookAtTexts(engine: Engine, table: Table, columns: readonly ColumnProfile[]): Promise<Look[]> {
  const looks: Look[] = [];
  for (let from = 0; from < columns.length; from += CHUNK) {
    looks.push(...(await lookAtSome(engine, table, columns.slice(from, from + CHUNK))));
  }
  return looks;
}

async function lookAtSome(engine: Engine, table: Table, columns: readonly ColumnProfile[]): Promise<Look[]> {
  const dialect = chooseDialect(table);
  const described = columns.map(({ name, type }) => {
    const column = table.columns.find((one) => one.name === name);
    return column && type !== undefined ? dialect.describeColumn(table, column, { type }) : undefined;
  });
  const texts = described.map((sql, at) => (columns[at]?.type === 'string' ? sql : undefined));
  const formats = await listFormats(engine, table, texts);
  const terms = columns.flatMap(({ name, type }, at) => {
    const sql = described[at];
    const column = table.columns.find((one) => one.name === name);
    if (!sql || !column) return [];
    if (type !== 'string') return hasRange(type) ? renderRange(sql, at) : [];
    const counts = (formats[at] ?? []).map((format, nth) => {
      const read = dialect.describeColumn(table, column, { type: format.type, format: format.read });
      return `count(*) filter (where ${sql.present} and not coalesce(${read.valid}, false)) as f${at}_${nth}`;
    });
    return [...renderShape(sql.text, at), ...counts];
  });
  if (terms.length === 0) return columns.map(() => ({}));
  const [row = {}] = await engine.rows<Record<string, unknown>>(`select ${terms.join(', ')} from ${table.relation}`);
  return columns.map(({ type }, at) => {
    const own = (name: string) => row[`${name}${at}`];
    if (type === 'string') {
      const fitting = (formats[at] ?? []).filter((_, nth) => row[`f${at}_${nth}`] === 0);
      return readLook({ low: own('low'), high: own('high'), longest: own('longest') }, fitting);
    }
    const [low, high] = [own('low'), own('high')];
    return typeof low === 'string' && typeof high === 'string' ? { range: `${low} to ${high}` } : {};
  });
}

function hasRange(type: ColumnProfile['type']): boolean {
  return type === 'integer' || type === 'number' || type === 'date';
}

function renderRange({ ordinal }: ColumnSql, at: number): string[] {
  return [`cast(min(${ordinal}) as varchar) as low${at}`, `cast(max(${ordinal}) as varchar) as high${at}`];
}

/** The letters and digits of a text as A, a and 0; all texts have one shape where the least and the greatest are the same. */
function renderShape(text: string, at: number): string[] {
  const shape = ['[A-Z]/A', '[a-z]/a', '[0-9]/0'].reduce((sql, rule) => {
    const [from, to] = rule.split('/');
    return `regexp_replace(${sql}, '${from}', '${to}', 'g')`;
  }, text);
  return [`min(${shape}) as low${at}`, `max(${shape}) as high${at}`, `max(length(${text})) as longest${at}`];
}

/** The formats of dates and times that the first texts of each column may be written in; none in Parquet, which has types. */
async function listFormats(
  engine: Engine,
  table: Table,
  texts: readonly (ColumnSql | undefined)[],
): Promise<ReadFormat[][]> {
  const selected = texts.flatMap((sql, at) => (sql ? [`left(${sql.text}, ${LONG}) as t${at}`] : []));
  if (table.format === 'parquet' || selected.length === 0) return texts.map(() => []);
  const rows = await engine.rows<Record<string, string | null>>(
    `select ${selected.join(', ')} from ${table.relation} limit ${FIRST_ROWS}`,
  );
  const all = readFormats();
  return texts.map((sql, at) => {
    if (!sql) return [];
    const seen = rows.map((row) => row[`t${at}`]).filter((text) => typeof text === 'string');
    return all.filter(({ read }) => {
      const pattern = new RegExp(`^(?:${read.pattern})$`, 'u');
      return seen.every((text) => pattern.test(text));
    });
  });
}

function readFormats(): ReadFormat[] {
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

function readLook(row: Readonly<Record<string, unknown>>, fitting: readonly ReadFormat[]): Look {
  const [first] = fitting;
  if (first) {
    // Days and months up to 12 fit both ways, and a guess would be wrong for half of the dates.
    const dayFirst = /^d/.test(first.written);
    if (fitting.some(({ written }) => /^d/.test(written) !== dayFirst)) {
      return { doubt: `Dates: add the format, such as ${fitting.map(({ written }) => written).join(' or ')}.` };
    }
    return { format: first };
  }
  const { low, high, longest } = row as { low?: unknown; high?: unknown; longest?: unknown };
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
