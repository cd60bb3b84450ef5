import { type JoinReport, SCORE_SUM_TOLERANCE, type SideFaults } from './joining.ts';

interface JoinNames {
  readonly labels: string;
  readonly predictions: string;
  readonly regression: boolean;
}

/** Everything that keeps the two files from being compared row by row, with counts; undefined when nothing does. */
export function describeJoinFaults(report: JoinReport, names: JoinNames): string | undefined {
  const { join } = report;
  const [labels, predictions] = [`\`${names.labels}\``, `\`${names.predictions}\``];
  const parts = [
    join.labels === 0 && `${labels} has no rows`,
    join.predictions === 0 && `${predictions} has no rows`,
    ...describeSide(report.labels, labels, 'label', names.regression),
    ...describeSide(report.predictions, predictions, 'prediction', names.regression),
    join.missingPredictions > 0 &&
      `${count(join.missingPredictions, 'id')} of ${labels} ${has(join.missingPredictions)} no row in ${predictions}`,
    join.unexpectedPredictions > 0 &&
      `${count(join.unexpectedPredictions, 'id')} of ${predictions} ${join.unexpectedPredictions === 1 ? 'is' : 'are'} not in ${labels}`,
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? undefined : parts.join('; ');
}

function describeSide(side: SideFaults, file: string, value: string, regression: boolean): (string | false)[] {
  const empty = regression ? `a ${value} that is not a number` : `an empty ${value}`;
  const rows = (n: number) => `${count(n, 'row')} of ${file} ${has(n)}`;
  return [
    side.nullIds > 0 && `${rows(side.nullIds)} an empty id`,
    side.duplicatedIds > 0 &&
      `${count(side.duplicatedIds, 'id')} ${side.duplicatedIds === 1 ? 'stands' : 'stand'} more than once in ${file}`,
    side.nullValues > 0 && `${rows(side.nullValues)} ${empty}`,
    side.badScores > 0 && `${rows(side.badScores)} a score that is not a number from 0 to 1`,
    side.badSums > 0 && `${rows(side.badSums)} scores that do not add up to 1 within ${SCORE_SUM_TOLERANCE}`,
  ];
}

function has(n: number): string {
  return n === 1 ? 'has' : 'have';
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
