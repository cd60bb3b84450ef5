import { parseMetricName } from '../../config/metrics.ts';
import type { ResolvedMetric } from '../../config/resolved-metric.ts';
import type { Unmeasured } from '../../evaluation/sources.ts';
import type { Bounded } from './bounds.ts';

/** What the labels alone tell of some rows. */
export interface RowFacts {
  /** Rows; in a ranking, queries. */
  readonly n: number;
  /** Of these, rows of each class that a rule counts as positive. */
  readonly positives: ReadonlyMap<string, number>;
}

const SHARES = ['accuracy', 'top-k-accuracy', 'interval-coverage', 'micro-precision', 'micro-recall', 'micro-f1'];
const MEANS = ['brier', 'smape', 'ndcg', 'map', 'mrr', 'recall-at'];

/**
 * What a metric's worst case is bounded by on some rows, or why nothing bounds it. A share of the positive rows rests on these;
 * an AUC on m positives and n negatives is bounded as a mean of mn / (m + n) values is.
 * Source of the last: S. Agarwal et al., "Generalization bounds for the area under the ROC curve", JMLR 6 (2005), theorem 3.
 */
export function findBounded(
  metric: ResolvedMetric,
  { name, positive }: { readonly name: string; readonly positive?: string | undefined },
  facts: RowFacts,
): Bounded | Unmeasured {
  const { base } = parseMetricName(name);
  const range = metric.range;
  if (metric.source === 'reported') return { reason: 'a reported number has no rows' };
  if (SHARES.includes(base)) return { kind: 'share', n: facts.n, range };
  if (MEANS.includes(base)) return { kind: 'mean', n: facts.n, range };
  const own = positive === undefined ? undefined : facts.positives.get(positive);
  if (own === undefined || !['recall', 'specificity', 'roc-auc'].includes(base)) {
    return { reason: `nothing bounds \`${name}\` before it was measured` };
  }
  const others = facts.n - own;
  const n = base === 'recall' ? own : base === 'specificity' ? others : (own * others) / Math.max(1, facts.n);
  if (n === 0)
    return {
      reason: own === 0 ? `no row is of the class \`${positive}\`` : `all rows are of the class \`${positive}\``,
    };
  return { kind: base === 'roc-auc' ? 'mean' : 'share', n, range };
}
