import type { Engine } from '../engine/connection.ts';
import { quoteLiteral } from '../engine/sql.ts';
import type { PlaceSums } from '../statistics/delong.ts';
import { type FixedSums, FRACTION_BITS } from '../statistics/moments.ts';
import type { CalibrationCell, Cell, ErrorSums } from './tally.ts';

/**
 * Queries over the table `joined`, each grouped by one of its columns, the `view`.
 * All sums are of whole numbers, so no order of rows or threads can change a digit of them.
 */
type ByValue<T> = ReadonlyMap<string, T>;

const UNIT = `${2 ** FRACTION_BITS}::DOUBLE`;

function renderFixedSum(value: string): string {
  return `sum(CAST((${value}) * ${UNIT} AS HUGEINT))`;
}

/** Counts of true and predicted classes; `places` says where in the list of classes each stands. */
export async function fetchCells(
  engine: Engine,
  view: string,
  places: ReadonlyMap<string, number>,
): Promise<ByValue<Cell[]>> {
  const rows = await engine.rows<{ value: string; truth: string; predicted: string; n: number }>(
    `SELECT ${view} AS value, truth, predicted, count(*) AS n FROM joined GROUP BY ALL`,
  );
  const cells = rows.map(({ value, truth, predicted, n }) => ({
    value,
    entry: { truth: places.get(truth) ?? -1, predicted: places.get(predicted) ?? -1, count: n },
  }));
  cells.sort((a, b) => a.entry.truth - b.entry.truth || a.entry.predicted - b.entry.predicted);
  return gather(cells);
}

type WholeNumber = number | bigint;

interface SumsRow {
  readonly value: string;
  readonly n: number;
  readonly scale: number;
  readonly [sum: string]: WholeNumber | string;
}

/** Sums of a column of the joined rows and of its squares. */
export async function fetchSums(engine: Engine, view: string, column: string): Promise<ByValue<FixedSums>> {
  const rows = await engine.rows<SumsRow>(
    `SELECT ${view} AS value, count(*) AS n, 1 AS scale, ${renderFixedSum(column)} AS total,
       ${renderFixedSum(`${column} * ${column}`)} AS squares FROM joined GROUP BY ALL`,
  );
  return new Map(rows.map((row) => [row.value, readSums(row, 'total', 'squares', 1)]));
}

/** Counts and mean top scores by bin and by how right the top score was. */
export async function fetchCalibration(engine: Engine, view: string): Promise<ByValue<CalibrationCell[]>> {
  const rows = await engine.rows<{ value: string; bin: number; credit: number; n: number; total: WholeNumber }>(
    `SELECT ${view} AS value, bin, credit, count(*) AS n, ${renderFixedSum('confidence')} AS total
     FROM joined GROUP BY ALL`,
  );
  const cells = rows.map(({ value, bin, credit, n, total }) => ({
    value,
    entry: { bin, credit, count: n, confidence: (Number(total) / n) * 2 ** -FRACTION_BITS },
  }));
  cells.sort((a, b) => a.entry.bin - b.entry.bin || a.entry.credit - b.entry.credit);
  return gather(cells);
}

/** What the ranking by `score` (SQL) comes to, with `positive` against all other classes. */
export async function fetchPlaces(
  engine: Engine,
  view: string,
  positive: string,
  score: string,
): Promise<ByValue<PlaceSums>> {
  const rows = await engine.rows<Record<keyof PlaceSums, WholeNumber> & { value: string }>(
    `WITH scored AS (
       SELECT ${view} AS value, ${score} AS score,
         count(*) FILTER (truth = ${quoteLiteral(positive)}) AS p, count(*) FILTER (truth <> ${quoteLiteral(positive)}) AS q
       FROM joined GROUP BY ALL),
     placed AS (
       SELECT value, p, q, CAST(2 * coalesce(sum(q) OVER below, 0) + q AS BIGINT) AS among_q,
         CAST(2 * coalesce(sum(p) OVER below, 0) + p AS BIGINT) AS among_p
       FROM scored WINDOW below AS (
         PARTITION BY value ORDER BY score ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
     SELECT value, sum(p) AS positives, sum(q) AS negatives, sum(CAST(p AS HUGEINT) * among_q) AS places,
       sum(CAST(p AS HUGEINT) * among_q * among_q) AS "positiveSquares", sum(CAST(q AS HUGEINT) * among_p * among_p) AS "negativeSquares"
     FROM placed GROUP BY ALL`,
  );
  return new Map(
    rows.map((row) => [
      row.value,
      {
        positives: Number(row.positives),
        negatives: Number(row.negatives),
        places: BigInt(row.places),
        positiveSquares: BigInt(row.positiveSquares),
        negativeSquares: BigInt(row.negativeSquares),
      },
    ]),
  );
}

/** Sums of the errors of a regression, each scaled to the largest error, and of the truth above its least value. */
export async function fetchErrors(engine: Engine, view: string): Promise<ByValue<ErrorSums>> {
  const rows = await engine.rows<SumsRow>(
    `WITH scales AS (
       SELECT ${view} AS value, ${renderScale('max(abs(predicted - truth))')} AS scale,
         ${renderScale('max(truth) - min(truth)')} AS spread, min(truth) AS least FROM joined GROUP BY ALL),
     scaled AS (
       SELECT s.value, scale, spread, abs(predicted - truth) / scale AS e, (truth - least) / spread AS t
       FROM joined JOIN scales s ON joined.${view} = s.value)
     SELECT value, count(*) AS n, any_value(scale) AS scale, any_value(spread) AS spread,
       ${renderFixedSum('e')} AS e1, ${renderFixedSum('e * e')} AS e2, ${renderFixedSum('e * e * e * e')} AS e4,
       ${renderFixedSum('t')} AS t1, ${renderFixedSum('t * t')} AS t2 FROM scaled GROUP BY value`,
  );
  return new Map(
    rows.map((row) => [
      row.value,
      {
        absolute: readSums(row, 'e1', 'e2', row.scale),
        squared: readSums(row, 'e2', 'e4', row.scale * row.scale),
        truth: readSums(row, 't1', 't2', Number(row['spread'])),
      },
    ]),
  );
}

/** The power of two at or above a value; 1 of nothing. Dividing by it loses no digit. */
function renderScale(value: string): string {
  return `CASE WHEN ${value} > 0 THEN pow(2.0::DOUBLE, ceil(log2(${value}))) ELSE 1.0::DOUBLE END`;
}

function readSums(row: SumsRow, sum: string, squares: string, scale: number): FixedSums {
  return { n: row.n, sum: BigInt(row[sum] ?? 0), squares: BigInt(row[squares] ?? 0), scale };
}

function gather<T>(rows: readonly { readonly value: string; readonly entry: T }[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const { value, entry } of rows) {
    const group = groups.get(value);
    if (group) group.push(entry);
    else groups.set(value, [entry]);
  }
  return groups;
}
