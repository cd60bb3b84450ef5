import type { JoinedTable, Side } from '../joined-table.ts';
import { nameSideScore } from '../joined-table.ts';
import type { ScoreColumns } from '../score-columns.ts';
import type { Unmeasured } from '../sources.ts';
import { createMean, createShare, type Formula } from './formulas.ts';

/** The least probability that a loss is taken of: the distance from 1 to the next double, as in scikit-learn. */
const SMALLEST_PROBABILITY = 2 ** -52;

/** A score, and the place of its class; −1 where no row is of the class, or predicted as it. */
interface ClassScore {
  readonly sql: string;
  readonly place: number;
}

/**
 * The mean of −ln of the probability that the true class was given, which is clipped to [ε, 1 − ε] with ε = 2⁻⁵² and taken
 * as a share of the row’s scores. Source: scikit-learn’s log_loss, which takes the scores as they are; they may be 0.001
 * away from adding up to 1. Lower is better; Student’s t limits of the mean.
 */
export function createLogLoss(table: JoinedTable, scores: ScoreColumns): Formula {
  return createMean({
    own: (side) => {
      const all = listScores(table, scores, side).map(({ sql }) => sql);
      const share = scores.single ? nameTrueScore(side) : `${nameTrueScore(side)} / (${all.join(' + ')})`;
      // least() passes over NULL.
      return (
        `CASE WHEN ${share} IS NOT NULL ` +
        `THEN -ln(greatest(${SMALLEST_PROBABILITY}::DOUBLE, least(1 - ${SMALLEST_PROBABILITY}::DOUBLE, ${share}))) END`
      );
    },
  });
}

/**
 * The Brier score: of two classes the mean of (s − y)² of one of them, from 0 to 1; of more the sum over all classes, from 0
 * to 2. Sources: scikit-learn’s brier_score_loss; G. Brier, "Verification of forecasts expressed in terms of probability",
 * Monthly Weather Review 78 (1950). Lower is better; Student’s t limits of the mean.
 */
export function createBrier(table: JoinedTable, scores: ScoreColumns): Formula {
  return createMean({
    own: (side) => {
      const squares = listScores(table, scores, side)
        .slice(0, scores.single ? 1 : undefined)
        .map(({ sql, place }) => `(${sql} - (truth = ${place})::INTEGER) * (${sql} - (truth = ${place})::INTEGER)`)
        .join(' + ');
      return table.task === 'binary-classification' && !scores.single ? `(${squares}) / 2` : squares;
    },
  });
}

/**
 * The share of rows whose true class is among the k classes with the highest scores. A class that ties with the true one
 * counts as higher, so that equal scores earn nothing and no name of a class matters; scikit-learn’s top_k_accuracy_score
 * breaks ties by the order of the classes instead. Higher is better; a proportion.
 */
export function createTopAccuracy(table: JoinedTable, scores: ScoreColumns, k: number): Formula | Unmeasured {
  const classes = scores.single ? 2 : scores.columns.length;
  if (k >= classes) return { reason: `there are ${classes} classes, so the true one is always among the first ${k}` };
  return createShare({
    own: (side) => {
      const above = listScores(table, scores, side).map(({ sql }) => `(${sql} >= ${nameTrueScore(side)})::INTEGER`);
      return `(${above.join(' + ')} <= ${k})::INTEGER::DOUBLE`;
    },
  });
}

function listScores({ classes }: JoinedTable, { columns, single }: ScoreColumns, side: Side): ClassScore[] {
  const named = columns.map(({ className }, at) => ({
    sql: nameSideScore(side, at),
    place: classes.indexOf(className),
  }));
  // Whatever is not the one class is the other.
  return single ? [...named, { sql: `(1 - ${nameSideScore(side, 0)})`, place: -1 }] : named;
}

/** The column of `renderScored` with a side’s score of the true class. */
function nameTrueScore(side: Side): string {
  return `true_score_${side}`;
}

/** SQL for the rows with each side’s score of the true class beside them; NULL where no column is of that class. */
export function renderScored(table: JoinedTable, scores: ScoreColumns): string {
  const columns = table.sides.map((side) => {
    const [first, other] = listScores(table, scores, side);
    const cases = listScores(table, scores, side).map(({ sql, place }) => `WHEN ${place} THEN ${sql}`);
    const sql = scores.single
      ? `CASE WHEN truth = ${first?.place} THEN ${first?.sql} ELSE ${other?.sql} END`
      : `CASE truth ${cases.join(' ')} END`;
    return `${sql} AS ${nameTrueScore(side)}`;
  });
  return `(SELECT joined.*, ${columns.join(', ')} FROM joined) AS scored`;
}
