import type { DataEvidence } from '../../../src/evidence/schema/data.ts';
import type { Promised } from './promises.ts';
import type { Row } from './tables.ts';

/** What is compared of a finding. */
export interface Told {
  readonly rule: string;
  readonly column: string;
  readonly outcome: string;
  readonly count: number;
  readonly rows: readonly number[];
}

/** What a promise comes to, row by row. */
export function judge(promised: Promised, rows: readonly Row[]): Told {
  const { rule, columns, judges, allowed = 0, commonest = false } = promised;
  const told = { rule, column: columns.join(', ') };
  const judged = rows
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => judges === 'rows' || columns.every((name) => row[name] !== null));
  if (judged.length === 0) return { ...told, outcome: 'cannot-measure', count: 0, rows: [] };
  const broken = judged.filter(({ row, index }) => promised.breaks(row, index, rows));
  const outcome = (broken.length * 100) / rows.length <= allowed ? 'pass' : 'fail';
  const first = broken.map(({ index }) => index + 1);
  const shown = commonest ? pickCommonest(promised, rows, first) : first;
  return { ...told, outcome, count: broken.length, rows: outcome === 'fail' ? shown.slice(0, 5) : [] };
}

/** The first row of each value, the commonest value first, of equally common ones the one that came first. */
function pickCommonest({ columns }: Promised, rows: readonly Row[], broken: readonly number[]): number[] {
  const [name = 's'] = columns;
  const groups = new Map<unknown, number[]>();
  for (const row of broken) {
    const value = rows[row - 1]?.[name];
    groups.set(value, [...(groups.get(value) ?? []), row]);
  }
  return [...groups.values()]
    .toSorted((a, b) => b.length - a.length || (a[0] ?? 0) - (b[0] ?? 0))
    .map(([row = 0]) => row);
}

/** The findings of a data set but those about types and presence, in an order that does not depend on the contract's. */
export function tell(evidence: DataEvidence): Told[] {
  const findings = evidence.datasets.flatMap((dataset) => dataset.findings);
  return sort(
    findings
      .filter(({ rule }) => rule !== 'present' && rule !== 'logicalType')
      .map(({ rule, column = '', outcome, count, examples }) => ({
        rule,
        column,
        outcome,
        count,
        rows: examples.map(({ row = 0 }) => row),
      })),
  );
}

export function sort(told: readonly Told[]): Told[] {
  const key = ({ rule, column }: Told) => `${rule} ${column}`;
  return told.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
