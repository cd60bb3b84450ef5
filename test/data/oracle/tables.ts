import fc from 'fast-check';

/** A row of the generated tables: an integer, a number, a text, a day, and an integer that may refer to the first. */
export interface Row {
  readonly i: number | null;
  readonly n: number | null;
  readonly s: string | null;
  readonly d: string | null;
  readonly r: number | null;
}
export const COLUMNS = ['i', 'n', 's', 'd', 'r'] as const;
export type Name = (typeof COLUMNS)[number];
export type Value = Row[Name];

const orNull = <T>(values: readonly T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: fc.constant(null) });

/** Few different values, so that rows repeat and refer to one another; the texts are those that formats stumble on. */
export const tables: fc.Arbitrary<Row[]> = fc.array(
  fc.record({
    i: orNull([-3, 0, 1, 2, 7, 12, 9_007_199_254_740_991]),
    n: orNull([-1.25, 0, 0.1, 0.5, 2, 1000, 1e-7, 123_456_789.25]),
    s: orNull(['', 'a', 'b', 'ab', 'B', 'é', '🦤🦤', ' a', 'a,b', 'say "x"', 'two\nlines', '1', '1.0', 'NULL', 'null']),
    d: orNull(['2023-12-31', '2024-01-01', '2024-02-29', '1969-07-20']),
    r: orNull([0, 1, 2, 12, 99]),
  }),
  { minLength: 1, maxLength: 14 },
);

export function renderCsv(rows: readonly Row[]): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row) =>
    COLUMNS.map((name) => {
      const value = row[name];
      if (value === null) return '';
      return name === 's' ? quote(String(value)) : String(value);
    }).join(','),
  );
  return `${[COLUMNS.join(','), ...lines].join('\n')}\n`;
}

export function renderJsonl(rows: readonly Row[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** The query that gives these rows, with the types that a parquet file stores. */
export function renderQuery(rows: readonly Row[]): string {
  const types: Record<Name, string> = { i: 'bigint', n: 'double', s: 'varchar', d: 'date', r: 'bigint' };
  const literal = (value: Value, type: string) =>
    value === null ? `cast(null as ${type})` : `cast('${String(value).replaceAll("'", "''")}' as ${type})`;
  const values = rows.map((row) => `(${COLUMNS.map((name) => literal(row[name], types[name])).join(', ')})`);
  return `select * from (values ${values.join(', ')}) as t(${COLUMNS.join(', ')})`;
}
