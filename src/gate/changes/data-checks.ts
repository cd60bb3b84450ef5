import type { DataCheckConfig } from '../../config/schema/modelgate.ts';
import { compareAmounts, compareSets, compareValues, type Shift } from '../../data/changes/shifts.ts';

type Checks = { readonly [K in keyof DataCheckConfig]-?: NonNullable<DataCheckConfig[K]> };

/** How one kind of check is told: by whom it is known, in words, and what a change of it does to the bar. */
interface Teller<K extends keyof Checks> {
  readonly name: (check: Checks[K]) => string;
  readonly describe: (check: Checks[K]) => string;
  readonly compare: (one: Checks[K], other: Checks[K]) => Shift[];
}

const TELLERS: { readonly [K in keyof Checks]: Teller<K> } = {
  'no-overlap': {
    name: ({ between }) => `no-overlap of ${list(between)}`,
    describe: ({ between, on }) => `no row of ${list(between)} shares ${on ? list(on) : 'all columns'} with another`,
    // Rows overlap where they share all of the columns: the more columns, the looser.
    compare: (one, other) =>
      one.on && other.on
        ? compareSets(one.on, other.on, 'loosened')
        : compareValues(one.on && list(one.on), other.on && list(other.on)),
  },
  drift: {
    name: ({ from, reference, to }) => `drift from ${from ?? reference} to ${to}`,
    describe: ({ from, reference, to, 'max-share': share, columns, method, threshold, 'min-rows': rows }) => {
      const which = columns ? `the columns ${list(columns)}` : 'the columns';
      const how = method === undefined ? '' : ` by ${method}`;
      const line = threshold === undefined ? '' : `, from ${threshold} on`;
      const least = rows === undefined ? '' : `, with at least ${rows} values`;
      return `at most ${share} of ${which} may differ between ${from ?? reference} and ${to}${how}${line}${least}`;
    },
    compare: (one, other) => [
      ...compareAmounts(one['max-share'], other['max-share'], 'loosened'),
      ...compareValues(one.columns && list(one.columns), other.columns && list(other.columns)),
      ...compareValues(one.method ?? 'auto', other.method ?? 'auto'),
      ...compareValues(one.threshold, other.threshold),
      ...compareValues(one['min-rows'], other['min-rows']),
    ],
  },
  'label-leakage': {
    name: ({ in: dataset, label }) => `label-leakage of ${label} in ${dataset}`,
    describe: ({ in: dataset, label, 'max-score': score, except = [] }) => {
      const but = except.length === 0 ? '' : ` but ${list(except)}`;
      return `no column of ${dataset}${but} tells ${label} better than ${score ?? 'the usual score'}`;
    },
    compare: (one, other) => [
      ...compareOptional(one['max-score'], other['max-score']),
      ...compareSets(one.except ?? [], other.except ?? [], 'loosened'),
    ],
  },
  'time-order': {
    name: ({ before, after }) => `time-order of ${before} and ${after}`,
    describe: ({ before, after, on }) => `${on} of ${before} comes before that of ${after}`,
    compare: (one, other) => compareValues(one.on, other.on),
  },
  privacy: {
    name: ({ in: datasets }) => `privacy of ${list(datasets)}`,
    describe: ({ in: datasets, rows, except = [], detectors }) => {
      const what = detectors ? list(detectors) : 'personal data';
      const but = except.length === 0 ? '' : `, but in ${list(except)}`;
      return `no ${what} in ${rows === undefined ? '' : `${rows} rows of `}${list(datasets)}${but}`;
    },
    compare: (one, other) => [
      ...compareRows(one.rows, other.rows),
      ...compareSets(one.except ?? [], other.except ?? [], 'loosened'),
      ...(one.detectors && other.detectors
        ? compareSets(one.detectors, other.detectors, 'tightened')
        : compareValues(one.detectors && list(one.detectors), other.detectors && list(other.detectors))),
    ],
  },
};

/** What makes two checks versions of one: their kind and the data sets that they speak of. */
export function nameCheck(check: DataCheckConfig): string {
  return `data.checks: ${tell(check, (teller, own) => teller.name(own))}`;
}

/** A check in words, the same whatever the order of its lists. */
export function describeCheck(check: DataCheckConfig): string {
  return tell(check, (teller, own) => teller.describe(own));
}

/** What a later version of a check does to the bar. Both have the same `nameCheck`. */
export function compareCheck(one: DataCheckConfig, other: DataCheckConfig): Shift[] {
  return tell(one, (teller, own, kind) => {
    const later = other[kind];
    return later === undefined ? ['changed'] : teller.compare(own, later as typeof own);
  });
}

function tell<R>(
  check: DataCheckConfig,
  say: <K extends keyof Checks>(teller: Teller<K>, own: Checks[K], kind: K) => R,
): R {
  const of = <K extends keyof Checks>(kind: K): R => {
    const own = check[kind];
    if (own === undefined) throw new Error('a check of no kind');
    return say(TELLERS[kind], own as Checks[K], kind);
  };
  const [kind] = Object.keys(check) as (keyof Checks)[];
  if (kind === undefined) throw new Error('a check of no kind');
  return of(kind);
}

function compareOptional(before: number | undefined, after: number | undefined): Shift[] {
  if (before === undefined || after === undefined) return compareValues(before, after);
  return compareAmounts(before, after, 'loosened');
}

function compareRows(before: number | 'all' | undefined, after: number | 'all' | undefined): Shift[] {
  if (before === undefined || after === undefined) return compareValues(before, after);
  const amount = (rows: number | 'all') => (rows === 'all' ? Number.POSITIVE_INFINITY : rows);
  return compareAmounts(amount(before), amount(after), 'tightened');
}

function list(names: readonly string[]): string {
  return [...names].sort().join(', ');
}
