import type { Engine } from '../../engine/connection.ts';
import { type JoinedTable, namePredicted, type Side } from '../joined-table.ts';
import { renderScale } from '../scale.ts';
import type { Unmeasured } from '../sources.ts';
import { type ByPart, renderPart, type View } from '../view.ts';
import type { Pairs } from './median-bootstrap.ts';

/** The absolute errors of one side around their median. */
export interface SideOrder {
  readonly median: number;
  /** The place, from 1, of the first of `middle` in the ascending order. */
  readonly from: number;
  /** Ascending; empty with weights. */
  readonly middle: readonly number[];
}

/** What is known of the order of the absolute errors of one part. */
export interface OrderedPart {
  readonly n: number;
  readonly sides: readonly SideOrder[];
  readonly pairs: Pairs | Unmeasured;
}

/**
 * Standard errors of the median’s place, √n / 2, that are kept on either side of it: limits with a tail of 10⁻⁴⁴ lie within
 * 14 of them.
 */
const KEPT_DISTANCE = 14;
/** Rows of a part, and of all rows, whose pairs are read: the first is what the bootstrap resamples. */
const MAX_PAIRED_ROWS = 10_000;
const MAX_ALL_PAIRS = 200_000;
const WEIGHT_UNIT = `${2 ** 60}::DOUBLE`;

/** Reads the errors around the median, of every part of the views, and of small parts with two sides the pairs. */
export async function fetchOrders(
  engine: Engine,
  table: JoinedTable,
  views: readonly View[],
): Promise<ByPart<OrderedPart>> {
  const found = new Map<string, ReadonlyMap<string, OrderedPart>>();
  for (const view of views) {
    const sides: Map<string, MiddleRow>[] = [];
    for (const side of table.sides) {
      const rows = await engine.rows<MiddleRow>(renderMiddle(renderPart(view), side, table.weighted));
      sides.push(new Map(rows.map((row) => [row.value, row])));
    }
    const pairs = await fetchPairs(engine, table, view);
    found.set(
      view.name,
      new Map(
        [...(sides[0]?.values() ?? [])].map(({ value, n }) => [
          value,
          {
            n,
            sides: sides.flatMap((own) => readOrder(own.get(value))),
            pairs: pairs.get(value) ?? { reason: `medians are compared on at most ${MAX_PAIRED_ROWS} rows` },
          },
        ]),
      ),
    );
  }
  return found;
}

interface MiddleRow {
  readonly value: string;
  readonly n: number;
  readonly first: number;
  readonly middle: readonly number[];
}

function readOrder(row: MiddleRow | undefined): SideOrder[] {
  if (!row || row.n === 0) return [];
  const { n, first, middle } = row;
  const at = (place: number) => middle[place - first] ?? Number.NaN;
  // With weights the query found the one error.
  if (first === 0) return [{ median: middle[0] ?? Number.NaN, from: 1, middle: [] }];
  return [{ median: (at(Math.floor((n + 1) / 2)) + at(Math.floor(n / 2) + 1)) / 2, from: first, middle }];
}

function renderMiddle(part: string, side: Side, weighted: boolean): string {
  const error = `abs(${namePredicted(side)} - truth)`;
  if (weighted) {
    return `WITH errors AS (
        SELECT ${part} AS value, ${error} AS error,
          CAST(weight / (SELECT ${renderScale('0', 'max(weight)')} FROM joined) * ${WEIGHT_UNIT} AS HUGEINT) AS weight
        FROM joined),
      summed AS (
        SELECT value, error, weight, sum(weight) OVER (PARTITION BY value ORDER BY error) AS up_to,
          sum(weight) OVER (PARTITION BY value) AS total FROM errors)
      SELECT value, count(*) FILTER (weight > 0) AS n, 0 AS first,
        [min(error) FILTER (weight > 0 AND 2 * up_to >= total)] AS middle
      FROM summed GROUP BY value`;
  }
  return `WITH errors AS (
      SELECT ${part} AS value, ${error} AS error FROM joined),
    placed AS (
      SELECT value, error, row_number() OVER (PARTITION BY value ORDER BY error) AS place,
        count(*) OVER (PARTITION BY value) AS n FROM errors)
    SELECT value, any_value(n) AS n, min(place) AS first, list(error ORDER BY place) AS middle FROM placed
    WHERE abs(2 * place - n - 1) <= ${KEPT_DISTANCE} * sqrt(n) + 2 GROUP BY value`;
}

/** In an order of their own, which no order of rows changes. */
async function fetchPairs(engine: Engine, table: JoinedTable, view: View): Promise<Map<string, Pairs>> {
  const { sides, rows, weighted, clustered } = table;
  if (sides.length < 2 || weighted || clustered || (rows > MAX_ALL_PAIRS && view.columns.length > 0)) return new Map();
  if (view.columns.length === 0 && rows > MAX_PAIRED_ROWS) return new Map();
  const found = await engine.rows<{ value: string; first: number[]; second: number[] }>(
    `WITH errors AS (
       SELECT ${renderPart(view)} AS value, abs(${namePredicted(0)} - truth) AS a, abs(${namePredicted(1)} - truth) AS b
       FROM joined)
     SELECT value, list(a ORDER BY a, b) AS first, list(b ORDER BY a, b) AS second FROM errors
     GROUP BY value HAVING count(*) <= ${MAX_PAIRED_ROWS}`,
  );
  return new Map(
    found.map(({ value, first, second }) => [
      value,
      { first: Float64Array.from(first), second: Float64Array.from(second) },
    ]),
  );
}
