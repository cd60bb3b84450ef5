import { joinMarkup, type Markup } from '../markup.ts';
import { formatCount, formatDifference, formatInterval, formatLevel, formatMetric } from '../numbers.ts';
import { describeBaseline } from '../view/baselines.ts';
import type { MetricRow, RuleMark } from '../view/metric-rows.ts';
import type { Summary } from '../view/summary.ts';
import { BASELINE_STATE, DIRECTION_ARROW } from '../wording.ts';
import { createNotes, joinBlocks, md, type Notes, renderFolded, renderList, renderTable } from './blocks.ts';
import { iconOf } from './first-screen.ts';

/** The metrics of the whole test set and what the rules make of them. */
export function renderMetrics({ metrics, worstSlice, baselines, operatingPoint }: Summary): Markup | undefined {
  if (metrics.length === 0) return undefined;
  return joinBlocks([
    md`### Metrics`,
    renderRows(metrics.filter(({ byClass }) => !byClass)),
    worstSlice === undefined ? undefined : md`${worstSlice}`,
    operatingPoint === '' ? undefined : md`${operatingPoint}`,
    renderList(
      baselines.map(
        (baseline) =>
          md`Baseline **${baseline.name}** (${BASELINE_STATE[baseline.state]}): ${describeBaseline(baseline)}`,
      ),
    ),
  ]);
}

/** The numbers that one metric has for each class. */
export function renderClassMetrics({ metrics }: Summary): Markup | undefined {
  const rows = metrics.filter(({ byClass }) => byClass);
  return renderFolded(`Metrics of each class (${formatCount(rows.length)})`, [renderRows(rows)]);
}

function renderRows(metrics: readonly MetricRow[]): Markup | undefined {
  const levels = new Set(metrics.flatMap(({ interval }) => (interval ? [interval.level] : [])));
  const level = levels.size === 1 ? ` (${[...levels].map(formatLevel)})` : '';
  const compared = metrics.some(({ baseline }) => baseline !== null);
  const notes = createNotes(metrics.map(({ unsure }) => unsure));
  const table = renderTable(metrics, [
    { title: 'Metric', cell: renderName },
    { title: 'Candidate', right: true, cell: ({ value }) => md`**${formatMetric(value)}**` },
    { title: `Interval${level}`, right: true, cell: (row) => renderInterval(row, notes) },
    ...(compared
      ? [
          { title: 'Baseline', right: true, cell: ({ baseline }: MetricRow) => formatMetric(baseline) },
          { title: 'Difference', right: true, cell: renderDifference },
        ]
      : []),
    { title: 'Rules', cell: ({ marks }) => renderMarks(marks) },
  ]);
  return table && joinBlocks([table, notes.list]);
}

/** The limits of a number, or a mark of the note that says why there are none. */
export function renderInterval({ interval, unsure }: Pick<MetricRow, 'interval' | 'unsure'>, notes: Notes): Markup {
  if (interval) return md`${formatInterval(interval)}`;
  return unsure === '' ? md`–` : md`–${notes.mark(unsure)}`;
}

function renderName({ title, qualifier, direction, origin, reason }: MetricRow): Markup {
  const arrow = direction === undefined ? undefined : md` ${DIRECTION_ARROW[direction]}`;
  const details = [qualifier, origin, reason].filter((detail) => detail !== '').join('; ');
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
