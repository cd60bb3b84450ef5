import { type JoinedTable, nameSideScore, type Side } from '../joined-table.ts';
import type { ScoreColumns } from '../score-columns.ts';
import { BINS } from './part.ts';

/** Select items over `joined`: the top score of a side, and how many scores share it where the truth is among them. */
export function renderTops({ classes }: JoinedTable, scores: ScoreColumns, side: Side): string[] {
  const names = scores.columns.map((_, at) => nameSideScore(side, at));
  const places = scores.columns.map(({ className }) => classes.indexOf(className));
  const [first = ''] = names;
  const all = scores.single ? [first, `1 - ${first}`] : names;
  const ofTruth = scores.single
    ? `CASE WHEN truth = ${places[0]} THEN ${first} ELSE 1 - ${first} END`
    : `CASE truth ${names.map((name, at) => (places[at] === -1 ? '' : `WHEN ${places[at]} THEN ${name}`)).join(' ')} END`;
  const top = `greatest(${all.join(', ')})`;
  const ties = all.map((score) => `CAST(${score} = ${top} AS INTEGER)`).join(' + ');
  return [`${top} AS top_${side}`, `CASE WHEN (${ofTruth}) = ${top} THEN ${ties} ELSE 0 END AS right_${side}`];
}

/** Bins of equal width from 0 to 1, each closed on the right. */
export function renderEqualBin(side: Side): string {
  return `CAST(greatest(0, ceil(top_${side} * ${BINS}) - 1) AS INTEGER)`;
}

/** Bins of equally many rows of a part: the bin of the first row with the same top score, so that ties stay together. */
export function renderAdaptiveBin(side: Side): string {
  return `CAST((rank() OVER (PARTITION BY part ORDER BY top_${side}) - 1) * ${BINS} // count(*) OVER (PARTITION BY part) AS INTEGER)`;
}

/** How far a row is above its top score: its credit, 1 of as many as tie, less the score. */
export function renderGap(side: Side): string {
  return `(CASE WHEN right_${side} = 0 THEN 0.0::DOUBLE ELSE 1.0::DOUBLE / right_${side} END - top_${side})`;
}
