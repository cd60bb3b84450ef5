import type { Markup } from '../markup.ts';
import { joinMarkup } from '../markup.ts';
import { formatDifference, formatInterval, formatLevel, formatMetric } from '../numbers.ts';
import { describeBaseline } from '../view/baselines.ts';
import type { MetricRow, RuleMark } from '../view/metric-rows.ts';
import type { Problem } from '../view/problems.ts';
import type { Summary } from '../view/summary.ts';
import { BASELINE_STATE, DIRECTION_ARROW, OUTCOME_WORDING, TOLERATED_ICON } from '../wording.ts';
import { joinBlocks, md, renderList, renderTable } from './blocks.ts';

/** Values of a slice named one by one below a rule. */
const MAX_CASES = 5;

/** The icon of an outcome; a failure that does not block has its own. */
export function iconOf({ outcome, tolerated }: Pick<RuleMark, 'outcome' | 'tolerated'>): string {
  const open = outcome === 'fail' || outcome === 'cannot-measure';
  return open && tolerated ? TOLERATED_ICON : OUTCOME_WORDING[outcome].icon;
}

/** The verdict, its reason, and where it belongs. */
export function renderHeadline({ headline, join }: Summary): Markup {
  const { outcome, blocks, model, title, reason, commit, mode, rules } = headline;
  const icon = outcome === undefined ? '➖' : iconOf({ outcome, tolerated: !blocks });
  const facts = [rules, join, commit && `commit ${commit}`, mode && `mode ${mode}`].filter((fact) => fact !== '');
  return joinBlocks([
    md`## ${icon} ${model}: ${outcome ? OUTCOME_WORDING[outcome].word : 'no verdict'}`,
    md`**${title}.** ${reason}`,
    md`<sub>${facts.join(' · ')}</sub>`,
  ]);
}

/** What the reader must know before the numbers. */
export function renderNotes({ notes }: Summary): Markup | undefined {
  return notes.length === 0
    ? undefined
    : joinMarkup(
        notes.map((note) => md`> ${note}`),
        '\n>\n',
      );
}

/** Everything that did not pass, with its reason. */
export function renderProblems({ problems }: Summary): Markup | undefined {
  if (problems.length === 0) return undefined;
  return joinBlocks([md`### What did not pass`, renderList(problems.map(renderProblem))]);
}

function renderProblem(problem: Problem): Markup {
  const { kind, id, text, reason, tolerance, cases, place } = problem;
  const shown = cases.slice(0, MAX_CASES);
  const left = cases.length - shown.length;
  return joinMarkup(
    [
      md`${iconOf(problem)} **${id}** (${[kind, tolerance].filter(Boolean).join(', ')}): ${reason}`,
      ...(text === '' ? [] : [md`  <br><sub>${text}${place && md` · ${place.file} line ${place.line}`}</sub>`]),
      ...shown.map(
        (item) => md`  - ${iconOf({ ...item, tolerated: problem.tolerated })} ${item.slice}: ${item.reason}`,
      ),
      ...(left > 0 ? [md`  - and ${left} more`] : []),
    ],
    '\n',
  );
}

/** The metrics of the whole test set and what the rules make of them. */
export function renderMetrics({ metrics, worstSlice, baselines }: Summary): Markup | undefined {
  if (metrics.length === 0) return undefined;
  const levels = new Set(metrics.flatMap(({ interval }) => (interval ? [interval.level] : [])));
  const level = levels.size === 1 ? ` (${[...levels].map(formatLevel)})` : '';
  const compared = metrics.some(({ baseline }) => baseline !== null);
  return joinBlocks([
    md`### Metrics`,
    renderTable(metrics, [
      { title: 'Metric', cell: renderName },
      { title: 'Candidate', right: true, cell: ({ value }) => md`**${formatMetric(value)}**` },
      { title: `Interval${level}`, right: true, cell: ({ interval }) => (interval ? formatInterval(interval) : '–') },
      ...(compared
        ? [
            { title: 'Baseline', right: true, cell: ({ baseline }: MetricRow) => formatMetric(baseline) },
            { title: 'Difference', right: true, cell: renderDifference },
          ]
        : []),
      { title: 'Rules', cell: ({ marks }) => renderMarks(marks) },
    ]),
    worstSlice === undefined ? undefined : md`${worstSlice}`,
    renderList(
      baselines.map(
        (baseline) =>
          md`Baseline **${baseline.name}** (${BASELINE_STATE[baseline.state]}): ${describeBaseline(baseline)}`,
      ),
    ),
  ]);
}

function renderName({ title, qualifier, direction, reported, reason }: MetricRow): Markup {
  const arrow = direction === undefined ? undefined : md` ${DIRECTION_ARROW[direction]}`;
  const details = [qualifier, reported && 'reported by the user’s script', reason].filter(Boolean).join('; ');
  return md`${title}${arrow}${details !== '' && md`<br><sub>${details}</sub>`}`;
}

function renderDifference({ difference, differenceInterval }: MetricRow): Markup {
  return md`${formatDifference(difference)}${differenceInterval && md`<br><sub>${formatInterval(differenceInterval)}</sub>`}`;
}

/** Rules beside a number: icon and id each. */
export function renderMarks(marks: readonly RuleMark[]): Markup {
  if (marks.length === 0) return md`–`;
  return joinMarkup(
    marks.map((mark) => md`${iconOf(mark)} ${mark.id}${mark.withinNoise && md` (within noise)`}`),
    '<br>',
  );
}
