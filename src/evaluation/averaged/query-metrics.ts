import { parseMetricName } from '../../config/metrics.ts';
import type { Side } from '../joined-table.ts';
import { createMean, type Formula } from './formulas.ts';

/**
 * A metric of one query, from its groups of items with equal scores in the order of falling scores. Columns of a group, SQL:
 * - `items`, `relevant`: how many it has, and how many of them are relevant; `gain`: the sum of their relevance by `scale`;
 * - `above`: items of the groups before it; `found`: relevant items up to its end; `all_relevant`: those of the query.
 * `k` is how many items count, as SQL.
 */
interface QueryMetric {
  /** What each group adds. */
  readonly term: (k: string) => string;
  /** What the groups come to; `total` is the sum of the terms. */
  readonly value: (total: string, k: number | undefined) => string;
}

/** More places than a query has items. */
const ALL_PLACES = 2 ** 53;

/**
 * SQL for the sum of the discounts 1 / log₂(1 + place) of a group’s places up to k. A list is only made of tied items; it is
 * added up in its own order.
 */
export function renderDiscount(k: string): string {
  return (
    `CASE WHEN above >= ${k} THEN 0.0::DOUBLE WHEN items = 1 THEN 1 / log2(above + 2) ` +
    `ELSE list_sum([1 / log2(place + 1) FOR place IN range((above + 1)::BIGINT, least(above + items, ${k})::BIGINT + 1)]) END`
  );
}

/**
 * All are higher the better, and means over the queries that have a relevant item (relevance > 0): of the others no order
 * is better than another. Limits are Student’s t over queries, or over clusters of queries.
 * - `ndcg`: the discounted gain Σ relevance / log₂(1 + place) over the first k places, by the best that is possible. The gain
 *   is linear. Of tied items each place gets their mean relevance, which is the expectation over their orders. Sources:
 *   scikit-learn’s ndcg_score, which gives 0 to a query without a relevant item; K. Järvelin, J. Kekäläinen, ACM TOIS 20
 *   (2002); F. McSherry, M. Najork, "Computing information retrieval performance measures efficiently in the presence of
 *   tied scores", ECIR (2008).
 * - `map`: the mean over the relevant items of the share of relevant ones among all items that score at least as high.
 *   Source: scikit-learn’s label_ranking_average_precision_score, which gives 1 to a query without a relevant item.
 *   With k, items count whose ties all lie among the first k, and the sum is by the lesser of k and the relevant items.
 * - `mrr`: one over the place of the first relevant item, 0 where that is beyond k. Source: E. Voorhees, "The TREC-8
 *   question answering track report" (1999).
 * - `recall-at`: the share of the relevant items that are among the first k.
 * In the last two the relevant ones of tied items stand behind the others, so that equal scores earn nothing.
 */
const METRICS: Readonly<Record<string, QueryMetric>> = {
  ndcg: {
    term: (k) => `gain / items * ${renderDiscount(k)}`,
    value: (total, k) => `${total} / any_value(${nameIdeal(k)})`,
  },
  map: {
    term: (k) => `CASE WHEN above + items <= ${k} THEN relevant::DOUBLE * found / (above + items) ELSE 0.0::DOUBLE END`,
    value: (total, k) => `${total} / any_value(${k === undefined ? 'all_relevant' : `least(all_relevant, ${k})`})`,
  },
  mrr: {
    term: (k) =>
      `CASE WHEN relevant > 0 AND found = relevant AND above + items - relevant < ${k} ` +
      `THEN 1::DOUBLE / (above + items - relevant + 1) ELSE 0.0::DOUBLE END`,
    value: (total) => total,
  },
  'recall-at': {
    term: (k) => `greatest(0, relevant - greatest(0, above + items - ${k}))::DOUBLE`,
    value: (total) => `${total} / any_value(all_relevant)`,
  },
};

/** The column of the best discounted gain that a query’s items allow. */
export function nameIdeal(k: number | undefined): string {
  return `ideal_${k ?? 'all'}`;
}

/** Whether the metric is a mean over queries. */
export function isQueryMetric(metric: string): boolean {
  return Object.hasOwn(METRICS, parseMetricName(metric).base);
}

/** The column of a metric of queries on one side. */
export function nameQueryColumn(metric: string, side: Side): string {
  const { base, parameter } = parseMetricName(metric);
  return `${base.replaceAll('-', '_')}_${parameter ?? 'all'}_${side}`;
}

/** SQL for what a group adds to a metric, and for the query’s value from the sum of that. */
export function renderQueryMetric(metric: string): { term: string; value: (total: string) => string } {
  const { base, parameter } = parseMetricName(metric);
  const own = METRICS[base];
  if (!own) throw new Error(`no formula for the metric ${metric}`);
  return { term: own.term(String(parameter ?? ALL_PLACES)), value: (total) => own.value(total, parameter) };
}

/** The cut of a metric of queries; undefined where all items count. */
export function readCut(metric: string): number | undefined {
  return parseMetricName(metric).parameter;
}

/** The mean of a metric of queries. */
export function createQueryMean(metric: string): Formula {
  return createMean({ own: (side) => nameQueryColumn(metric, side) });
}
