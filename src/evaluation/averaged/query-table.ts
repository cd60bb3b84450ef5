import type { Engine } from '../../engine/connection.ts';
import { type JoinedTable, namePredicted, type Side } from '../joined-table.ts';
import { renderScale } from '../scale.ts';
import type { Unmeasured } from '../sources.ts';
import { nameIdeal, nameQueryColumn, readCut, renderDiscount, renderQueryMetric } from './query-metrics.ts';
import type { Relation } from './range-query.ts';

/** The temporary tables of this file: a query’s totals, its best gains, and the values of its metrics on each side. */
const TOTALS = 'query_totals';
const IDEALS = 'query_ideals';
const QUERIES = 'query_values';
const nameSideTable = (side: Side) => `query_values_${side}`;

const UNIT = `${2 ** 60}::DOUBLE`;

/**
 * Makes a table with a row for each query that has a relevant item, and the metrics of each side in it. `columns` slice.
 * `drop` removes it.
 */
export async function createQueryTable(
  engine: Engine,
  table: JoinedTable,
  columns: readonly string[],
  metrics: readonly string[],
): Promise<{ relation: Relation; drop: () => Promise<void> } | Unmeasured> {
  const { weighted, clustered, sides } = table;
  const made = [TOTALS, IDEALS, ...sides.map(nameSideTable), QUERIES];
  const drop = () => engine.run(made.map((name) => `DROP TABLE IF EXISTS ${name}`).join('; '));
  await engine.run(renderTotals(table, columns));
  const fault = await findSplitQueries(engine, table);
  if (fault) {
    await drop();
    return fault;
  }
  await engine.run(renderIdeals(metrics));
  for (const side of sides) await engine.run(renderSide(side, metrics));
  const values = sides.flatMap((side) => metrics.map((metric) => nameQueryColumn(metric, side)));
  await engine.run(
    `CREATE TEMP TABLE ${QUERIES} AS SELECT ${[
      ...columns,
      ...(weighted ? ['weight'] : []),
      ...(clustered ? ['cluster'] : []),
      ...values,
    ].join(', ')} FROM ${TOTALS} ${sides.map((side) => `JOIN ${nameSideTable(side)} USING (number)`).join(' ')}`,
  );
  return { relation: { name: QUERIES, weighted, clustered }, drop };
}

function renderTotals({ weighted, clustered }: JoinedTable, columns: readonly string[]): string {
  const items = [
    'query',
    // Faster to group by than text; nothing depends on which query has which.
    'row_number() OVER () AS number',
    `${renderScale('0', 'max(truth)')} AS scale`,
    'count(*) FILTER (truth > 0) AS all_relevant',
    ...columns.map((column) => `min(${column}) AS ${column}`),
    ...(weighted ? ['min(weight) AS weight', 'max(weight) AS last_weight'] : []),
    ...(clustered ? ['min(cluster) AS cluster', 'max(cluster) AS last_cluster'] : []),
  ];
  return `CREATE TEMP TABLE ${TOTALS} AS SELECT ${items.join(', ')} FROM joined GROUP BY query HAVING max(truth) > 0`;
}

/** A query is one unit, with one weight, in one cluster. */
async function findSplitQueries(engine: Engine, { weighted, clustered }: JoinedTable): Promise<Unmeasured | undefined> {
  const [row] = await engine.rows<{ weights: number; clusters: number }>(
    `SELECT count(*) FILTER (${weighted ? 'weight <> last_weight' : 'false'}) AS weights,
       count(*) FILTER (${clustered ? 'cluster <> last_cluster' : 'false'}) AS clusters FROM ${TOTALS}`,
  );
  const render = (count: number) => `${count} ${count === 1 ? 'query has' : 'queries have'}`;
  if (row && row.weights > 0) return { reason: `${render(row.weights)} items with different weights` };
  return row && row.clusters > 0 ? { reason: `${render(row.clusters)} items in different clusters` } : undefined;
}

function renderIdeals(metrics: readonly string[]): string {
  const cuts = [...new Set(metrics.filter((metric) => metric.startsWith('ndcg')).map(readCut))];
  const sums = cuts.map((k) => `${renderTotal(`gain / items * ${renderDiscount(renderCut(k))}`)} AS ${nameIdeal(k)}`);
  return `CREATE TEMP TABLE ${IDEALS} AS ${renderPlaced('truth')} SELECT ${['number', ...sums].join(', ')} FROM placed GROUP BY number`;
}

function renderSide(side: Side, metrics: readonly string[]): string {
  const values = metrics.map((metric) => {
    const { term, value } = renderQueryMetric(metric);
    return `${value(renderTotal(term))} AS ${nameQueryColumn(metric, side)}`;
  });
  return `CREATE TEMP TABLE ${nameSideTable(side)} AS ${renderPlaced(namePredicted(side))}
    SELECT ${['number', ...values].join(', ')} FROM placed JOIN ${IDEALS} USING (number) GROUP BY number`;
}

/** Groups of items with equal scores, and where they stand in their query. */
function renderPlaced(score: string): string {
  return `WITH tied AS (
      SELECT number, ${score} AS score, count(*)::DOUBLE AS items, (count(*) FILTER (truth > 0))::DOUBLE AS relevant,
        any_value(all_relevant) AS all_relevant, sum(CAST(truth / scale * ${UNIT} AS BIGINT))::DOUBLE / ${UNIT} AS gain
      FROM joined JOIN ${TOTALS} USING (query) GROUP BY number, score),
    placed AS (
      SELECT *, sum(items) OVER upward - items AS above, sum(relevant) OVER upward AS found
      FROM tied WINDOW upward AS (PARTITION BY number ORDER BY score DESC ROWS UNBOUNDED PRECEDING))`;
}

/** A sum of whole numbers, which no order of rows changes. */
function renderTotal(term: string): string {
  return `sum(CAST((${term}) * ${UNIT} AS HUGEINT))::DOUBLE / ${UNIT}`;
}

function renderCut(k: number | undefined): string {
  return String(k ?? 2 ** 53);
}
