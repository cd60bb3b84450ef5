import type { Markup } from '../../markup.ts';
import { formatCount, formatDifference, formatInterval, formatLevel, formatMetric } from '../../numbers.ts';
import { describeBaseline } from '../../view/baselines.ts';
import type { MetricRow } from '../../view/metric-rows.ts';
import type { Summary } from '../../view/summary.ts';
import { BASELINE_STATE, DIRECTION_WORDING, isOpen } from '../../wording.ts';
import { html, NOTHING, renderFolded, renderMarks, renderSection, renderTable } from '../blocks.ts';
import type { Draw } from '../charts/canvas.ts';
import { computeDomain, drawNumberLine, type NumberLine } from '../charts/number-line.ts';
import { renderLegend } from '../legend.ts';

/** Numbers of one table that are drawn. */
const MAX_DRAWN = 100;

/** The metrics of the whole test set: each number beside the line that it stands on. */
export async function renderMetrics(
  { metrics, baselines, operatingPoint }: Summary,
  draw: Draw,
): Promise<Markup | undefined> {
  const compared = metrics.some(({ baseline }) => baseline !== null);
  const byClass = metrics.filter((row) => row.byClass);
  const columns = [...new Set(metrics.map(({ group }) => group))].sort((a, b) => Number(a !== '') - Number(b !== ''));
  const tables = columns.map((column) => {
    const caption = column === '' ? 'The candidate on the whole test set' : `Fairness between the groups of ${column}`;
    const rows = metrics.filter((row) => row.group === column && !row.byClass);
    return renderRows(caption, rows, compared, draw);
  });
  return renderSection('metrics', 'Metrics', [
    ...(await Promise.all(tables)),
    metrics.length > 0 && renderLegend('candidate', compared && 'baseline'),
    operatingPoint !== '' && html`<p>${operatingPoint}</p>`,
    renderFolded(`Metrics of each class (${formatCount(byClass.length)})`, [
      await renderRows('One class against all others', byClass, false, draw),
    ]),
    baselines.length > 0 &&
      html`<ul class="plain-list">${baselines.map(
        (baseline) =>
          html`<li>Baseline <b>${baseline.name}</b> (${BASELINE_STATE[baseline.state]}): ${describeBaseline(baseline)}</li>`,
      )}</ul>`,
  ]);
}

async function renderRows(
  caption: string,
  rows: readonly MetricRow[],
  compared: boolean,
  draw: Draw,
): Promise<Markup | undefined> {
  const shown = rows.slice(0, MAX_DRAWN).map(createLine);
  const charts = await Promise.all(shown.map((line) => drawNumberLine(draw, line, computeDomain([line]))));
  return renderTable({
    caption,
    rows,
    cards: true,
    columns: [
      { title: 'Metric', kind: 'head', cell: renderName },
      { title: 'Candidate', kind: 'number', cell: renderValue },
      { title: 'On its scale', kind: 'chart', cell: ({ value }, index) => value !== null && charts[index] },
      ...(compared ? [{ title: 'To the baseline', kind: 'number', cell: renderDifference } as const] : []),
      { title: 'Rules', cell: ({ marks }) => renderMarks(marks) },
    ],
  });
}

function createLine({ title, value, interval, baseline, lines, marks }: MetricRow): NumberLine {
  return { title, value, interval, baseline, lines, open: marks.some(isOpen) };
}

function renderName({ title, qualifier, direction, origin }: MetricRow): Markup {
  const details = [direction && DIRECTION_WORDING[direction], qualifier, origin];
  return html`${title}<small>${details.filter(Boolean).join('; ')}</small>`;
}

function renderValue({ value, interval, unsure, n, reason }: MetricRow): Markup {
  if (value === null) return html`<b class="value">–</b><small class="why">${reason}</small>`;
  const limits = interval && html`<small>${formatInterval(interval)}</small>`;
  const lack = unsure !== '' && html`<small class="why">no interval: ${unsure}</small>`;
  const basis = [
    interval && `${formatLevel(interval.level)} ${interval.method}`,
    n > 0 && `n ${formatCount(n)}`,
  ].filter(Boolean);
  return html`<b class="value">${formatMetric(value)}</b>${limits}<small class="basis">${basis.join(', ')}</small>${lack}`;
}

function renderDifference({ baseline, difference, differenceInterval }: MetricRow): Markup {
  if (baseline === null) return NOTHING;
  const limits = differenceInterval && html`<small>${formatInterval(differenceInterval)}</small>`;
  return html`${formatDifference(difference)}${limits}<small>baseline ${formatMetric(baseline)}</small>`;
}
