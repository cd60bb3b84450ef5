import type { Engine } from '../../engine/connection.ts';
import type { Curve } from '../../evidence/schema/evaluation.ts';
import { ExactSums } from '../../statistics/exact-sums.ts';
import type { Ranking } from '../../statistics/ranking.ts';
import { type CurvePoint, thinCurve, type VisitPoints } from '../../statistics/thinning.ts';
import { visitThresholds } from '../../statistics/threshold-points.ts';
import type { JoinedTable } from '../joined-table.ts';
import { readRows } from '../ranked/reading.ts';
import { createScoreReader, hasScore } from '../ranked/scores.ts';
import type { Reveal } from '../reveal.ts';
import { computeStep, mergeBins, widenSteps } from './coarse.ts';

const MAX_POINTS = 512;
/** Rows that are read into memory at most. */
const MAX_ROWS = 50_000_000;
/** Bins of equal width of the score, each closed on the right. */
const CALIBRATION_BINS = 15;

/**
 * The candidate’s ROC, precision-recall and calibration curve of one class against the rest, each of at most 512 points;
 * none without scores for the class, or without rows on both sides. Of the first, x and y are the false-positive and the
 * true-positive rate, of the second recall and precision, of the third the mean score and the share of the class in 15
 * bins. The rows of a point are those at or above its threshold, or those in its bin. Unless `reveal` shows rows, at least 50
 * rows and a hundredth of all lie between two points and in a bin; there are then no curves of fewer than 100 rows, and none
 * with weights, whose sums tell which rows are in them.
 */
export async function fetchCurves(
  engine: Engine,
  table: JoinedTable,
  positive: string,
  reveal: Reveal,
): Promise<Curve[]> {
  const { scores, classes } = table;
  const own = classes.indexOf(positive);
  if (!scores || own < 0 || !hasScore(scores, positive) || table.rows > MAX_ROWS) return [];
  const read = await readRows(engine, table);
  const { order, scores: values } = await createScoreReader(engine, table, scores)(positive, 0);
  const parts = { parts: new Int32Array(order.length), partCount: 1 };
  const ranking: Ranking = { order, scores: values, rows: { ...read, classCount: classes.length, ...parts } };
  if (!hasBothSides(ranking, own)) return [];
  const step = reveal === 'rows' ? 0 : computeStep(order.length);
  if (step > 0 && (ranking.rows.weights || order.length < 2 * step)) return [];
  // The one column of a binary task, taken for the other class, is negated: see `createScoreReader`.
  const isNegated = scores.single && scores.columns[0]?.className !== positive;
  const bins = traceCalibration(ranking, own, isNegated ? 1 : 0);
  return [
    { kind: 'roc', positive, points: traceRoc(ranking, own, step) },
    { kind: 'precision-recall', positive, points: tracePrecision(ranking, own, step) },
    { kind: 'calibration', positive, points: mergeBins(bins, step) },
  ];
}

function hasBothSides({ rows: { classes, weights } }: Ranking, own: number): boolean {
  const counts = (row: number) => !weights || (weights[row] ?? 0) > 0;
  return (
    classes.some((value, row) => value === own && counts(row)) &&
    classes.some((value, row) => value !== own && counts(row))
  );
}

function traceRoc(ranking: Ranking, own: number, step: number): CurvePoint[] {
  return thin(ranking, step, (visit) => {
    visit(0, 0, 0);
    visitThresholds(ranking, own, (point) => visit(point.falsePositiveRate, point.truePositiveRate, point.rows));
  });
}

function tracePrecision(ranking: Ranking, own: number, step: number): CurvePoint[] {
  return thin(ranking, step, (visit) => {
    visitThresholds(ranking, own, ({ truePositiveRate, precision, rows }) => {
      // Rows without weight at the top have no precision.
      if (!Number.isNaN(precision)) visit(truePositiveRate, precision, rows);
    });
  });
}

function thin({ order }: Ranking, step: number, visitPoints: VisitPoints): CurvePoint[] {
  return thinCurve(step === 0 ? visitPoints : widenSteps(visitPoints, step, order.length), MAX_POINTS);
}

function traceCalibration({ scores, rows }: Ranking, own: number, offset: number): CurvePoint[] {
  const { classes, weights } = rows;
  const greatest = weights?.reduce((most, weight) => Math.max(most, weight), 0) ?? 1;
  const [masses, sums, hits] = [0, 1, 2].map(() => new ExactSums(CALIBRATION_BINS)) as [
    ExactSums,
    ExactSums,
    ExactSums,
  ];
  const counts = new Array<number>(CALIBRATION_BINS).fill(0);
  for (const [row, value] of scores.entries()) {
    const score = offset + value;
    const weight = (weights ? (weights[row] ?? 0) : 1) / greatest;
    const bin = Math.max(0, Math.ceil(score * CALIBRATION_BINS) - 1);
    counts[bin] = (counts[bin] ?? 0) + 1;
    masses.add(bin, weight);
    sums.add(bin, weight * score);
    if (classes[row] === own) hits.add(bin, weight);
  }
  return counts.flatMap((count, bin): CurvePoint[] => {
    const mass = masses.get(bin);
    return mass > 0 ? [[sums.get(bin) / mass, hits.get(bin) / mass, count]] : [];
  });
}
