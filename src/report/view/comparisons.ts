import type { Comparison, VerdictEvidence } from '../../evidence/schema/verdict.ts';
import { shorten } from '../escaping.ts';
import { formatAmount, formatDifference, formatShare } from '../numbers.ts';
import { titleOfMetric } from './metric-title.ts';

/** Longest name within a sentence, in graphemes: what follows must not be cut off with it. */
const MAX_NAME = 60;

/** Baselines whose changed rows are named one by one; of the others the evidence has them. */
const MAX_LISTED = 5;

/** Ids of rows that changed sides. */
interface RowList {
  /** `Newly broken (3 rows)`. */
  readonly title: string;
  /** The first of them; none where they may not be shown. */
  readonly ids: readonly string[];
  /** How many more there are. */
  readonly left: number;
}

/** Candidate and baseline row by row, in words. */
export interface ComparisonView {
  readonly baseline: string;
  /** `3 rows newly broken, 5 newly fixed; 8 of 115 rows (7.0%) are answered differently`, or why there is nothing to say. */
  readonly text: string;
  /** What moved most; empty where nothing did. */
  readonly moved: string;
  /** True where rows were right and are wrong now. */
  readonly breaks: boolean;
  readonly lists: readonly RowList[];
}

/** What changed between each baseline and the candidate, row by row. */
export function computeComparisons(verdict: VerdictEvidence | undefined): ComparisonView[] {
  return (verdict?.comparisons ?? []).map((comparison, index) => {
    const { baseline, reason, broken, fixed, moved } = comparison;
    if (reason !== undefined) {
      return { baseline, text: `not compared row by row: ${reason}`, moved: '', breaks: false, lists: [] };
    }
    return {
      baseline,
      text: [describeRows(comparison), describeDisagreement(comparison)].filter((part) => part !== '').join('; '),
      moved: moved ? describeMove(moved) : '',
      breaks: (broken?.count ?? 0) > 0,
      lists: (index < MAX_LISTED ? [listRows('Newly broken', broken), listRows('Newly fixed', fixed)] : []).flatMap(
        (list) => list ?? [],
      ),
    };
  });
}

function describeRows({ broken, fixed }: Comparison): string {
  if (!broken || !fixed) return '';
  return `${formatAmount(broken.count, 'row')} newly broken, ${formatAmount(fixed.count, 'row')} newly fixed`;
}

function describeDisagreement({ rows, disagreements }: Comparison): string {
  if (disagreements === 0) return `all ${formatAmount(rows, 'row')} are answered alike`;
  const share = formatShare(disagreements / rows);
  const verb = disagreements === 1 ? 'is' : 'are';
  return `${disagreements} of ${formatAmount(rows, 'row')} (${share}) ${verb} answered differently`;
}

function describeMove({ metric, column, value, n, difference, withinNoise }: NonNullable<Comparison['moved']>): string {
  const noise = withinNoise ? ', within noise' : '';
  return `Moved most: ${titleOfMetric(metric)} where ${shorten(column, MAX_NAME)} = ${shorten(value, MAX_NAME)}, ${formatDifference(difference)} on ${formatAmount(n, 'row')}${noise}.`;
}

function listRows(what: string, rows: Comparison['broken']): RowList | undefined {
  if (!rows || rows.ids.length === 0) return undefined;
  return {
    title: `${what} (${formatAmount(rows.count, 'row')})`,
    ids: rows.ids.map((id) => shorten(id, MAX_NAME)),
    left: rows.count - rows.ids.length,
  };
}
