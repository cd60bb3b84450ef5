import type { ComparedColumn } from '../../evidence/schema/data.ts';
import { adjustBenjaminiHochberg } from '../../statistics/false-discovery.ts';
import { type Measurement, round } from './methods.ts';

/** What comparing one column came to. */
export interface Compared {
  readonly name: string;
  /** Values of the reference and of the other. */
  readonly n: readonly [number, number];
  readonly threshold: number;
  readonly measurement: Measurement;
}

/** A column that was not compared: `left-out` where that says nothing, `unmeasured` where it should have been. */
export interface Excused {
  readonly name: string;
  readonly n: readonly [number, number];
  readonly kind: 'unmeasured' | 'left-out';
  readonly text: string;
}

/** Whether one column is distributed differently, and why that is said. */
export interface Decided {
  readonly name: string;
  readonly kind: 'same' | 'drifted' | 'unmeasured' | 'left-out';
  readonly text: string;
  readonly column: ComparedColumn | undefined;
}

/**
 * Decides on each column. Several p-values are adjusted by Benjamini and Hochberg before they are held against the threshold:
 * of a hundred columns that did not change five would be below 0.05. What is only known to lie on both sides is unmeasured.
 */
export function decideColumns(columns: readonly (Compared | Excused)[]): Decided[] {
  const tests = columns.flatMap((column) =>
    'measurement' in column && column.measurement.p !== undefined ? [column] : [],
  );
  const greatest = adjustBenjaminiHochberg(tests.map(({ measurement: { p = 1 } }) => p));
  const least = adjustBenjaminiHochberg(tests.map(({ measurement: { p = 1, leastP = p } }) => leastP));
  return columns.map((column) => {
    if (!('measurement' in column)) return decideExcused(column);
    const test = tests.indexOf(column);
    if (test < 0) return decideDistance(column);
    const range = [least[test] ?? 1, greatest[test] ?? 1] as const;
    return decideTest(column, range, tests.length);
  });
}

function decideExcused({ name, n, kind, text }: Excused): Decided {
  const column = { name, outcome: 'cannot-measure' as const, n: [...n], reason: text };
  return { name, kind, text, column: kind === 'unmeasured' ? column : undefined };
}

function decideDistance(column: Compared): Decided {
  const { measurement, threshold } = column;
  const differs = measurement.differs ?? measurement.effectSize >= threshold;
  return conclude(column, differs ? 'drifted' : 'same', measurement.text);
}

function decideTest(column: Compared, [least, greatest]: readonly [number, number], tests: number): Decided {
  const { measurement, threshold } = column;
  const adjusted = tests > 1 ? `, adjusted ${round(greatest)}` : '';
  const text = `${measurement.text}${adjusted}`;
  const more = tests > 1 ? { adjustedP: greatest } : {};
  if (greatest < threshold) return conclude(column, 'drifted', text, more);
  if (least >= threshold) return conclude(column, 'same', text, more);
  return conclude(column, 'unmeasured', `${text}; the parts of the profile are too coarse to say`, more);
}

function conclude(
  { name, n, threshold, measurement }: Compared,
  kind: 'same' | 'drifted' | 'unmeasured',
  text: string,
  more: { adjustedP?: number } = {},
): Decided {
  const { method, binning, statistic, p, effectSize, effect } = measurement;
  const outcome = { same: 'pass', drifted: 'fail', unmeasured: 'cannot-measure' } as const;
  const tested = { ...(p === undefined ? {} : { p }), ...more };
  const how = { method, binning, n: [...n], statistic, ...tested, effectSize, effect, threshold };
  return { name, kind, text, column: { name, outcome: outcome[kind], ...how, reason: text } };
}

/**
 * Decides on the whole from columns that drifted, columns that could not be measured, and all that were compared: what
 * could not be measured may have drifted or not.
 */
export function decideShare(
  drifted: number,
  unmeasured: number,
  all: number,
  maxShare: number,
): 'pass' | 'fail' | 'cannot-measure' {
  if (all === 0) return 'cannot-measure';
  if (drifted / all > maxShare) return 'fail';
  return (drifted + unmeasured) / all > maxShare ? 'cannot-measure' : 'pass';
}
