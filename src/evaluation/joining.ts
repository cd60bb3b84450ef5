import type { Engine } from '../engine/connection.ts';
import type { Table } from '../engine/tables.ts';
import type { Join } from '../evidence/schema/evaluation.ts';
import { renderNumber, renderText } from './columns.ts';
import { nameScore, type ScoreColumns } from './score-columns.ts';

/** What stands for an empty value of a column that slices or groups. */
export const MISSING = '(missing)';
/** How far the scores of a row may be from adding up to 1: what rounding to three digits can do. */
export const SCORE_SUM_TOLERANCE = 1e-3;

export interface Sides {
  readonly labels: { readonly table: Table; readonly id: string; readonly label: string };
  readonly predictions: { readonly table: Table; readonly id: string; readonly prediction: string };
  readonly scores: ScoreColumns | undefined;
  /** Columns of the labels file that slice or group. */
  readonly columns: readonly string[];
  readonly regression: boolean;
}

/** What one of the two files lacks, in rows. */
export interface SideFaults {
  readonly rows: number;
  readonly duplicatedIds: number;
  readonly nullIds: number;
  /** Rows without a label, or a prediction; in a regression also one that is not a number. */
  readonly nullValues: number;
  /** Rows with a score that is not a number from 0 to 1, and, apart from these, whose scores do not add up to 1. */
  readonly badScores: number;
  readonly badSums: number;
  /** Rows with any of the faults of a row. */
  readonly invalidRows: number;
}

export interface JoinReport {
  readonly join: Join;
  readonly labels: SideFaults;
  readonly predictions: SideFaults;
}

/** The name of the i-th slicing column in the tables that we make. */
export function nameSlice(index: number): string {
  return `slice_${index}`;
}

/** Reads both files once, into the temporary tables `labels` and `predictions`. */
export async function loadSides(engine: Engine, sides: Sides): Promise<void> {
  const { labels, predictions, scores, columns, regression } = sides;
  const renderValue = (table: Table, column: string) => (regression ? renderNumber(table, column) : renderText(column));
  const slices = columns.map((column, at) => `coalesce(${renderText(column)}, '${MISSING}') AS ${nameSlice(at)}`);
  await engine.run(
    `CREATE TEMP TABLE labels AS SELECT ${[
      `${renderText(labels.id)} AS id`,
      `${renderValue(labels.table, labels.label)} AS truth`,
      ...slices,
    ].join(', ')} FROM ${labels.table.relation}`,
  );
  const scored = (scores?.columns ?? []).map(
    ({ column }, at) => `${renderNumber(predictions.table, column)} AS ${nameScore(at)}`,
  );
  await engine.run(
    `CREATE TEMP TABLE predictions AS SELECT ${[
      `${renderText(predictions.id)} AS id`,
      `${renderValue(predictions.table, predictions.prediction)} AS predicted`,
      ...scored,
    ].join(', ')} FROM ${predictions.table.relation}`,
  );
}

/** How the loaded sides meet by id, and what is wrong with their rows. */
export async function countJoin(engine: Engine, scores: ScoreColumns | undefined): Promise<JoinReport> {
  const labels = await countFaults(engine, 'labels', 'truth', undefined);
  const predictions = await countFaults(engine, 'predictions', 'predicted', scores);
  const [met] = await engine.rows<{ matched: number; missing: number; unexpected: number }>(
    `WITH l AS (SELECT DISTINCT id FROM labels WHERE id IS NOT NULL),
          p AS (SELECT DISTINCT id FROM predictions WHERE id IS NOT NULL)
     SELECT count(*) FILTER (l.id IS NOT NULL AND p.id IS NOT NULL) AS matched,
            count(*) FILTER (p.id IS NULL) AS missing, count(*) FILTER (l.id IS NULL) AS unexpected
     FROM l FULL JOIN p ON l.id = p.id`,
  );
  return {
    labels,
    predictions,
    join: {
      labels: labels.rows,
      predictions: predictions.rows,
      matched: met?.matched ?? 0,
      missingPredictions: met?.missing ?? 0,
      unexpectedPredictions: met?.unexpected ?? 0,
      duplicatedIds: labels.duplicatedIds + predictions.duplicatedIds,
      invalidRows: labels.invalidRows + predictions.invalidRows,
    },
  };
}

async function countFaults(
  engine: Engine,
  table: string,
  value: string,
  scores: ScoreColumns | undefined,
): Promise<SideFaults> {
  const names = (scores?.columns ?? []).map((_, at) => nameScore(at));
  const badScore =
    names.length === 0 ? 'false' : names.map((name) => `coalesce(${name} NOT BETWEEN 0 AND 1, true)`).join(' OR ');
  const sum = names.length === 0 || scores?.single ? 'false' : `abs(${names.join(' + ')} - 1) > ${SCORE_SUM_TOLERANCE}`;
  const [row] = await engine.rows<SideFaults>(
    `WITH faults AS (
       SELECT id IS NULL AS no_id, ${value} IS NULL AS no_value, (${badScore}) AS bad_score,
              NOT (${badScore}) AND (${sum}) AS bad_sum FROM ${table})
     SELECT count(*) AS "rows", count(*) FILTER (no_id) AS "nullIds", count(*) FILTER (no_value) AS "nullValues",
            count(*) FILTER (bad_score) AS "badScores", count(*) FILTER (bad_sum) AS "badSums",
            count(*) FILTER (no_id OR no_value OR bad_score OR bad_sum) AS "invalidRows",
            (SELECT count(*) FROM (SELECT id FROM ${table} WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1))
              AS "duplicatedIds"
     FROM faults`,
  );
  if (!row) throw new Error(`the count of ${table} gave no row`);
  return row;
}
