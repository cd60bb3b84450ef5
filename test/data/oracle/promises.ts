import fc from 'fast-check';
import { COLUMNS, type Name, type Row, type Value } from './tables.ts';

/** A promise of a contract, and what breaks it, said a second time and as plainly as can be. */
export interface Promised {
  /** Columns that it speaks of; the first is where it stands. */
  readonly columns: readonly Name[];
  readonly rule: string;
  readonly option?: object;
  readonly flag?: object;
  readonly quality?: object;
  readonly relationship?: object;
  /** Percent of the rows that may break it; none without it. */
  readonly allowed?: number;
  /** `values` where rows without a value in one of the columns are not judged; `rows` where all are. */
  readonly judges: 'values' | 'rows';
  /** Whether the examples are the commonest values and not the first rows. */
  readonly commonest?: boolean;
  breaks(row: Row, index: number, rows: readonly Row[]): boolean;
}

const TYPES: Record<Name, string> = { i: 'integer', n: 'number', s: 'string', d: 'date', r: 'integer' };

const compare = {
  minimum: (a, b) => a >= b,
  maximum: (a, b) => a <= b,
  exclusiveMinimum: (a, b) => a > b,
  exclusiveMaximum: (a, b) => a < b,
} satisfies Record<string, (a: NonNullable<Value>, b: NonNullable<Value>) => boolean>;

const bounds = <T extends number | string>(name: Name, values: readonly T[]): fc.Arbitrary<Promised> =>
  fc
    .record({
      rule: fc.constantFrom('minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'),
      bound: fc.constantFrom(...values),
    })
    .map(({ rule, bound }) => ({
      columns: [name],
      rule,
      option: { [rule]: bound },
      judges: 'values',
      breaks: (row) => !compare[rule as keyof typeof compare](row[name] as NonNullable<Value>, bound),
    }));

const nulls: fc.Arbitrary<Promised> = fc
  .record({ name: fc.constantFrom(...COLUMNS), allowed: fc.constantFrom(0, 20, 50) })
  .map(({ name, allowed }) => ({
    columns: [name],
    rule: 'nullValues',
    allowed,
    quality: { metric: 'nullValues', mustBeLessOrEqualTo: allowed, unit: 'percent' },
    judges: 'rows',
    breaks: (row) => row[name] === null,
  }));

const required: fc.Arbitrary<Promised> = fc.constantFrom(...COLUMNS).map((name) => ({
  columns: [name],
  rule: 'required',
  flag: { required: true },
  judges: 'rows',
  breaks: (row) => row[name] === null,
}));

const missing: fc.Arbitrary<Promised> = fc.constant({
  columns: ['s'],
  rule: 'missingValues',
  quality: { metric: 'missingValues', arguments: { missingValues: [null, '', 'NULL'] }, mustBe: 0 },
  judges: 'rows',
  breaks: ({ s }) => s === null || s === '' || s === 'NULL',
});

const lengths: fc.Arbitrary<Promised> = fc.constantFrom(1, 2, 3).map((length) => ({
  columns: ['s'],
  rule: 'minLength',
  option: { minLength: length },
  judges: 'values',
  breaks: ({ s }) => [...(s ?? '')].length < length,
}));

const patterns: fc.Arbitrary<Promised> = fc.constantFrom('^[a-z]+$', 'a', '^$', '[0-9]').map((pattern) => ({
  columns: ['s'],
  rule: 'pattern',
  option: { pattern },
  judges: 'values',
  breaks: ({ s }) => !new RegExp(pattern, 'u').test(s ?? ''),
}));

const multiples: fc.Arbitrary<Promised> = fc.constantFrom(2, 3).map((of) => ({
  columns: ['i'],
  rule: 'multipleOf',
  option: { multipleOf: of },
  judges: 'values',
  breaks: ({ i }) => (i ?? 0) % of !== 0,
}));

const allowedTexts: fc.Arbitrary<Promised> = fc
  .subarray(['', 'a', 'b', '1', 'two\nlines'], { minLength: 1 })
  .map((validValues) => ({
    columns: ['s'],
    rule: 'invalidValues',
    quality: { metric: 'invalidValues', arguments: { validValues }, mustBe: 0 },
    judges: 'values',
    commonest: true,
    breaks: ({ s }) => !validValues.includes(s ?? ''),
  }));

const allowedNumbers: fc.Arbitrary<Promised> = fc.subarray([0, 0.1, 2, 1000], { minLength: 1 }).map((validValues) => ({
  columns: ['n'],
  rule: 'invalidValues',
  quality: { metric: 'invalidValues', arguments: { validValues }, mustBe: 0 },
  judges: 'values',
  commonest: true,
  breaks: ({ n }) => !validValues.includes(n ?? Number.NaN),
}));

const repeats = (columns: readonly Name[]) => (row: Row, index: number, rows: readonly Row[]) =>
  rows.slice(0, index).some((earlier) => columns.every((name) => earlier[name] === row[name]));

const unique: fc.Arbitrary<Promised> = fc.constantFrom(...COLUMNS).map((name) => ({
  columns: [name],
  rule: 'unique',
  flag: { unique: true },
  judges: 'values',
  breaks: repeats([name]),
}));

const pairs: fc.Arbitrary<Promised> = fc
  .constantFrom<Name[]>(['i', 's'], ['s', 'd', 'r'], ['n', 'd'])
  .map((columns) => ({
    columns,
    rule: 'duplicateValues',
    quality: { metric: 'duplicateValues', arguments: { properties: columns }, mustBe: 0 },
    judges: 'values',
    breaks: repeats(columns),
  }));

const references: fc.Arbitrary<Promised> = fc.constant({
  columns: ['r'],
  rule: 'relationships',
  relationship: { to: 'birds.i' },
  judges: 'values',
  breaks: ({ r }, _, rows) => !rows.some(({ i }) => i === r),
});

const conditions: fc.Arbitrary<Promised> = fc.constant({
  columns: ['s', 'i', 'r'],
  rule: 'row',
  judges: 'rows',
  quality: {
    type: 'custom',
    engine: 'modelgate',
    implementation: {
      when: [{ column: 's', in: ['a', 'b', ''] }],
      // Written so that no object of this program has a `then` of its own.
      ...Object.fromEntries([
        [
          'then',
          [
            { column: 'i', present: true },
            { column: 'i', '<=': { column: 'r' } },
          ],
        ],
      ]),
    },
  },
  breaks: ({ s, i, r }) => s !== null && ['a', 'b', ''].includes(s) && (i === null || (r !== null && i > r)),
});

/** Promises, at most one of a kind for each column. */
export const promises: fc.Arbitrary<Promised[]> = fc
  .array(
    fc.oneof(
      bounds('i', [-3, 0, 2, 7]),
      bounds('n', [-1.25, 0.1, 0.5, 1000]),
      bounds('d', ['2024-01-01', '2000-01-01']),
      nulls,
      required,
      missing,
      lengths,
      patterns,
      multiples,
      allowedTexts,
      allowedNumbers,
      unique,
      pairs,
      references,
      conditions,
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((found) => [...new Map(found.map((one) => [`${one.rule} ${one.columns.join()}`, one])).values()]);

/** The contract that makes these promises, in JSON. */
export function renderPromises(made: readonly Promised[]): string {
  const properties = COLUMNS.map((name) => {
    const own = made.filter(({ columns }) => columns.length === 1 && columns[0] === name);
    const pick = (key: 'option' | 'flag') => Object.assign({}, ...own.map((one) => one[key] ?? {}));
    return {
      name,
      logicalType: TYPES[name],
      logicalTypeOptions: pick('option'),
      ...pick('flag'),
      quality: own.flatMap(({ quality }) => quality ?? []),
      relationships: own.flatMap(({ relationship }) => relationship ?? []),
    };
  });
  const quality = made.filter(({ columns }) => columns.length > 1).flatMap((one) => one.quality ?? []);
  return JSON.stringify({
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: 'x',
    version: '1.0.0',
    status: 'active',
    schema: [{ name: 'birds', properties, quality }],
  });
}
