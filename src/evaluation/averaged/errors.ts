import { nameHigh, nameLow, namePredicted, type Side } from '../joined-table.ts';
import {
  createDetermination,
  createExplainedVariance,
  createMean,
  createRoot,
  createShare,
  type Formula,
  type Loss,
} from './formulas.ts';

/** The least size of a true value that an error is divided by: the distance from 1 to the next double, as in scikit-learn. */
const SMALLEST_TRUTH = 2 ** -52;

const error = (side: Side) => `${namePredicted(side)} - truth`;
const magnitude = (side: Side) => `abs(${error(side)})`;

const SQUARE: Loss = {
  own: (side) => `(${error(side)}) * (${error(side)})`,
  difference: `(${namePredicted(0)} - ${namePredicted(1)}) * ((${error(0)}) + (${error(1)}))`,
};

/**
 * The mean absolute error. Source: scikit-learn’s mean_absolute_error. Lower is better; Student’s t limits of the mean.
 */
export function createAbsoluteError(): Formula {
  return createMean({ own: magnitude });
}

/** The mean squared error. Source: scikit-learn’s mean_squared_error. Lower is better; Student’s t limits of the mean. */
export function createSquaredError(): Formula {
  return { ...createMean(SQUARE), heavy: true };
}

/**
 * The root of the mean squared error. Source: scikit-learn’s root_mean_squared_error. Lower is better; the limits are those
 * of the mean squared error, under the root. Of a difference, by the delta method.
 */
export function createRootSquaredError(): Formula {
  return { ...createRoot(SQUARE), heavy: true };
}

/**
 * R², the coefficient of determination: 1 − Σ w (t − p)² / Σ w (t − t̄)², t̄ the weighted mean of the truth. Source:
 * scikit-learn’s r2_score. Higher is better; limits by the delta method. Of a truth that does not vary there is none, where
 * scikit-learn says 0 or 1.
 */
export function createR2(): Formula {
  return createDetermination(SQUARE);
}

/**
 * The explained variance: 1 − Var(t − p) / Var(t), so that a constant error costs nothing. Source: scikit-learn’s
 * explained_variance_score. Higher is better; limits by the delta method.
 */
export function createExplained(): Formula {
  return createExplainedVariance(error);
}

/**
 * The mean absolute percentage error, a share and not a percentage: the mean of |t − p| / max(ε, |t|) with ε = 2⁻⁵². Source:
 * scikit-learn’s mean_absolute_percentage_error. Lower is better; Student’s t limits of the mean. A truth of 0 makes it huge.
 */
export function createPercentageError(): Formula {
  return createMean({ own: (side) => `${magnitude(side)} / greatest(${SMALLEST_TRUTH}::DOUBLE, abs(truth))` });
}

/**
 * The symmetric mean absolute percentage error, from 0 to 2: the mean of 2 |t − p| / (|t| + |p|), 0 where both are 0. Source:
 * S. Makridakis, "Accuracy measures: theoretical and practical concerns", International Journal of Forecasting 9 (1993).
 * Lower is better; Student’s t limits of the mean.
 */
export function createSymmetricError(): Formula {
  const sizes = (side: Side) => `(abs(truth) + abs(${namePredicted(side)}))`;
  return createMean({
    own: (side) => `CASE WHEN ${sizes(side)} = 0 THEN 0.0::DOUBLE ELSE 2 * ${magnitude(side)} / ${sizes(side)} END`,
  });
}

/**
 * The pinball (quantile) loss at α: the mean of α (t − p) where p is too low, and of (1 − α) (p − t) where it is too high.
 * Source: scikit-learn’s mean_pinball_loss; R. Koenker, G. Bassett, Econometrica 46 (1978). Lower is better; Student’s t
 * limits of the mean.
 */
export function createPinball(alpha: number): Formula {
  return createMean({
    own: (side) =>
      `CASE WHEN truth >= ${namePredicted(side)} THEN ${alpha}::DOUBLE * (truth - ${namePredicted(side)}) ` +
      `ELSE (1 - ${alpha}::DOUBLE) * (${namePredicted(side)} - truth) END`,
  });
}

/**
 * The share of rows whose truth lies between the predicted limits, ends included. Source: the prediction interval coverage
 * probability of A. Khosravi et al., IEEE Transactions on Neural Networks 22 (2011). Higher is better; a proportion.
 */
export function createCoverage(): Formula {
  return createShare({
    own: (side) => `CAST(truth BETWEEN ${nameLow(side)} AND ${nameHigh(side)} AS INTEGER)::DOUBLE`,
  });
}
