import type { Config } from '../config/schema/modelgate.ts';
import { quoteLiteral } from '../engine/sql.ts';

/** The columns of scores, and what each is the probability of. `only` is there for the one column of a binary task. */
export interface ScoreColumns {
  readonly columns: readonly { readonly column: string; readonly className: string }[];
  readonly single: boolean;
}

/** How `evaluate.predictions.scores` is to be read; undefined without it. */
export function resolveScores(config: Config): ScoreColumns | undefined {
  const { scores } = config.evaluate?.predictions ?? {};
  if (scores === undefined) return undefined;
  if (typeof scores !== 'string') {
    return {
      columns: Object.entries(scores).map(([className, column]) => ({ column, className })),
      single: false,
    };
  }
  return { columns: [{ column: scores, className: config.evaluate?.positive ?? '' }], single: true };
}

/** The name of the i-th column of scores in the tables that we make. */
export function nameScore(index: number): string {
  return `score_${index}`;
}

/** SQL over the joined rows for an order by how likely a class is; undefined when no score speaks of it. */
export function renderRankingScore(scores: ScoreColumns, className: string): string | undefined {
  // One less a tiny probability is 1: the negative keeps the order without new ties.
  if (scores.single) return scores.columns[0]?.className === className ? nameScore(0) : `-${nameScore(0)}`;
  const at = scores.columns.findIndex((column) => column.className === className);
  return at < 0 ? undefined : nameScore(at);
}

/** Bins of the top score, of equal width from 0 to 1, each closed on the right. */
const CALIBRATION_BINS = 15;
/** The least probability that a loss is taken of: the distance from 1 to the next double, as in scikit-learn. */
const SMALLEST_PROBABILITY = 2 ** -52;

/** SQL select items that turn a row's scores into what log loss, Brier score and calibration add up. */
export function renderScoreTerms(scores: ScoreColumns, binary: boolean): string[] {
  const names = scores.columns.map((_, index) => nameScore(index));
  const entries = scores.columns.map(({ className }, index) => ({
    name: nameScore(index),
    text: quoteLiteral(className),
  }));
  const all = scores.single ? [...names, `1 - ${names[0]}`] : names;
  const ofTruth = scores.single
    ? `CASE WHEN truth = ${entries[0]?.text} THEN ${names[0]} ELSE 1 - ${names[0]} END`
    : `CASE truth ${entries.map(({ name, text }) => `WHEN ${text} THEN ${name}`).join(' ')} END`;
  const total = scores.single ? '1' : names.join(' + ');
  const square = (name: string, text: string) =>
    `(${name} - CAST(truth = ${text} AS INTEGER)) * (${name} - CAST(truth = ${text} AS INTEGER))`;
  const squares = entries.map(({ name, text }) => square(name, text)).join(' + ');
  const top = `greatest(${all.join(', ')})`;
  const ties = all.map((score) => `CAST(${score} = ${top} AS INTEGER)`).join(' + ');
  const share = `(${ofTruth}) / (${total})`;
  return [
    `-ln(greatest(${SMALLEST_PROBABILITY}, least(1 - ${SMALLEST_PROBABILITY}, ${share}))) AS loss`,
    `${binary && !scores.single ? `(${squares}) / 2` : squares} AS brier`,
    `${top} AS confidence`,
    `CASE WHEN (${ofTruth}) = ${top} THEN 1.0::DOUBLE / (${ties}) ELSE 0.0::DOUBLE END AS credit`,
    `CAST(greatest(0, ceil(${top} * ${CALIBRATION_BINS}) - 1) AS INTEGER) AS bin`,
  ];
}
