import type { Task } from '../config/schema/modelgate.ts';
import { type JoinReport, SCORE_SUM_TOLERANCE } from './join-report.ts';

interface JoinNames {
  readonly labels: string;
  /** Of the candidate, and of the baseline where there is one. */
  readonly sides: readonly string[];
  readonly task: Task;
  /** The column of weights. */
  readonly weight?: string | undefined;
}

/** Everything that keeps the files from being compared row by row, with counts; undefined when nothing does. */
export function describeJoinFaults(report: JoinReport, names: JoinNames): string | undefined {
  const labels = `\`${names.labels}\``;
  const answers = names.sides.map((name, at) => (at === 0 ? `\`${name}\`` : `the baseline's \`${name}\``));
  const parts = [
    report.labels.rows === 0 && `${labels} has no rows`,
    ...report.sides.map((side, at) => side.rows === 0 && `${answers[at]} has no rows`),
    ...describeLabels(report.labels, labels, names),
    ...report.sides.flatMap((side, at) => describeAnswers(side, answers[at] ?? '', names.task)),
    ...report.sides.flatMap(({ missing, unexpected }, at) => [
      missing > 0 && `${count(missing, 'id')} of ${labels} ${has(missing)} no row in ${answers[at]}`,
      unexpected > 0 &&
        `${count(unexpected, 'id')} of ${answers[at]} ${unexpected === 1 ? 'is' : 'are'} not in ${labels}`,
    ]),
  ].filter((part) => typeof part === 'string');
  return parts.length === 0 ? undefined : parts.join('; ');
}

type Part = string | false;

function describeLabels(side: JoinReport['labels'], file: string, { task, weight }: JoinNames): Part[] {
  const rows = (n: number) => `${count(n, 'row')} of ${file} ${has(n)}`;
  return [
    side.nullIds > 0 && `${rows(side.nullIds)} an empty id`,
    side.duplicatedIds > 0 && describeDuplicates(side.duplicatedIds, file),
    side.nullValues > 0 && `${rows(side.nullValues)} ${describeEmpty('label', task)}`,
    side.badWeights > 0 && `${rows(side.badWeights)} a weight that is not a number of at least 0`,
    side.weightless && `all weights of ${file} are 0`,
    side.emptyClusters > 0 && `${rows(side.emptyClusters)} an empty cluster`,
    side.emptyQueries > 0 && `${rows(side.emptyQueries)} an empty query`,
    ...side.varying.map(
      (column) =>
        `the column \`${column}\` of ${file} ${column === weight ? 'weighs' : 'parts'} the items of one query differently`,
    ),
  ];
}

function describeAnswers(side: JoinReport['sides'][number], file: string, task: Task): Part[] {
  const rows = (n: number) => `${count(n, 'row')} of ${file} ${has(n)}`;
  return [
    side.nullIds > 0 && `${rows(side.nullIds)} an empty id`,
    side.duplicatedAnswers > 0 && describeDuplicates(side.duplicatedAnswers, file),
    side.nullValues > 0 && `${rows(side.nullValues)} ${describeEmpty('prediction', task)}`,
    side.badScores > 0 && `${rows(side.badScores)} a score that is not a number from 0 to 1`,
    side.badSums > 0 && `${rows(side.badSums)} scores that do not add up to 1 within ${SCORE_SUM_TOLERANCE}`,
    side.badLimits > 0 && `${rows(side.badLimits)} a limit that is not a number`,
    side.crossedLimits > 0 && `${rows(side.crossedLimits)} a lower limit that is over the upper one`,
  ];
}

function describeDuplicates(n: number, file: string): string {
  return `${count(n, 'id')} ${n === 1 ? 'stands' : 'stand'} more than once in ${file}`;
}

function describeEmpty(value: 'label' | 'prediction', task: Task): string {
  if (task === 'ranking' && value === 'label') return 'a label that is not a number of at least 0';
  return task === 'regression' || task === 'ranking' ? `a ${value} that is not a number` : `an empty ${value}`;
}

function has(n: number): string {
  return n === 1 ? 'has' : 'have';
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}
