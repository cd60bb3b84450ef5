import { formatCount } from '../numbers.ts';
import type { Summary } from '../view/summary.ts';

/** One list of the first screen that can be shortened. */
interface List {
  /** What its rows are called where some are left out. */
  readonly name: string;
  readonly count: (summary: Summary) => number;
  readonly cut: (summary: Summary, rows: number) => Summary;
}

/** The lists of the first screen, the most important one first. */
const LISTS: readonly List[] = [
  {
    name: 'things that did not pass',
    count: ({ problems }) => problems.length,
    cut: (summary, rows) => ({ ...summary, problems: summary.problems.slice(0, rows) }),
  },
  {
    name: 'changed rules',
    count: ({ ruleChanges }) => ruleChanges?.rows.length ?? 0,
    cut: (summary, rows) => ({ ...summary, ruleChanges: cutRows(summary.ruleChanges, rows) }),
  },
  {
    name: 'metrics',
    count: ({ metrics }) => metrics.length,
    cut: (summary, rows) => ({ ...summary, metrics: summary.metrics.slice(0, rows) }),
  },
  {
    name: 'comparisons',
    count: ({ comparisons }) => comparisons.length,
    cut: (summary, rows) => ({ ...summary, comparisons: summary.comparisons.slice(0, rows) }),
  },
  {
    name: 'data findings',
    count: ({ data }) => data?.findings.length ?? 0,
    cut: (summary, rows) =>
      summary.data
        ? { ...summary, data: { ...summary.data, findings: summary.data.findings.slice(0, rows) } }
        : summary,
  },
  {
    name: 'waivers',
    count: ({ waivers }) => waivers.length,
    cut: (summary, rows) => ({ ...summary, waivers: summary.waivers.slice(0, rows) }),
  },
  {
    name: 'changed promises',
    count: ({ promiseChanges }) => promiseChanges?.rows.length ?? 0,
    cut: (summary, rows) => ({ ...summary, promiseChanges: cutRows(summary.promiseChanges, rows) }),
  },
  {
    name: 'metrics of the changed test set',
    count: ({ proposed }) => proposed?.rows.length ?? 0,
    cut: (summary, rows) => ({ ...summary, proposed: cutRows(summary.proposed, rows) }),
  },
  {
    name: 'baselines',
    count: ({ baselines }) => baselines.length,
    cut: (summary, rows) => ({ ...summary, baselines: summary.baselines.slice(0, rows) }),
  },
];

function cutRows<T extends { readonly rows: readonly unknown[] }>(list: T | undefined, rows: number): T | undefined {
  return list && { ...list, rows: list.rows.slice(0, rows) };
}

/** Rows that a list is tried with, one after the other, so that a long list leaves room for the others. */
const STEPS = [1, 3, 10, 30, 100] as const;

/** A summary with shorter lists, and what was left out of each: `12 more metrics`. */
export interface Shortened {
  readonly summary: Summary;
  readonly cut: readonly string[];
}

/**
 * Shortens the lists of the first screen until `fits` says that they fit: first one row of each in the order of their
 * importance, then three of each, and so on. Rows go whole, so nothing is cut in two. What remains with no row at all
 * always fits, because every text is bounded.
 */
export function shortenLists(whole: Summary, fits: (shortened: Shortened) => boolean): Shortened {
  const kept = LISTS.map(() => 0);
  const apply = (): Shortened => ({
    summary: LISTS.reduce((summary, list, index) => list.cut(summary, kept[index] ?? 0), whole),
    cut: LISTS.flatMap((list, index) => {
      const left = list.count(whole) - (kept[index] ?? 0);
      return left > 0 ? [`${formatCount(left)} more ${list.name}`] : [];
    }),
  });
  for (const step of STEPS) {
    for (const [index, list] of LISTS.entries()) {
      const before = kept[index] ?? 0;
      const wanted = Math.min(step, list.count(whole));
      if (wanted <= before) continue;
      kept[index] = wanted;
      if (!fits(apply())) kept[index] = before;
    }
  }
  return apply();
}
