import type { Markup } from '../../markup.ts';
import { formatCount, formatDifference, formatInterval, formatLevel, formatMetric } from '../../numbers.ts';
import { describeBaseline } from '../../view/baselines.ts';
import type { MetricRow } from '../../view/metric-rows.ts';
import type { Summary } from '../../view/summary.ts';
import { BASELINE_STATE, DIRECTION_WORDING, isOpen } from '../../wording.ts';
import { html, MAX_ROWS, NOTHING, renderMarks, renderSection, renderTable } from '../blocks.ts';
import type { Draw } from '../charts/canvas.ts';
import { computeDomain, drawNumberLine, type NumberLine } from '../charts/number-line.ts';
import { renderLegend } from '../legend.ts';

/** The metrics of the whole test set: each number beside the line that it stands on. */
export async function renderMetrics({ metrics, baselines }: Summary, draw: Draw): Promise<Markup | undefined> {
  const shown = metrics.slice(0, MAX_ROWS).map(createLine);
  const charts = await Promise.all(shown.map((line) => drawNumberLine(draw, line, computeDomain([line]))));
  const compared = metrics.some(({ baseline }) => baseline !== null);
  return renderSection('metrics', 'Metrics', [
    renderTable({
      caption: 'The candidate on the whole test set',
      rows: metrics,
      cards: true,
      columns: [
        { title: 'Metric', kind: 'head', cell: renderName },
        { title: 'Candidate', kind: 'number', cell: renderValue },
        { title: 'On its scale', kind: 'chart', cell: ({ value }, index) => value !== null && charts[index] },
        ...(compared ? [{ title: 'To the baseline', kind: 'number', cell: renderDifference } as const] : []),
        { title: 'Rules', cell: ({ marks }) => renderMarks(marks) },
      ],
    }),
    metrics.length > 0 && renderLegend('candidate', compared && 'baseline'),
    baselines.length > 0 &&
      html`<ul class="plain-list">${baselines.map(
        (baseline) =>
          html`<li>Baseline <b>${baseline.name}</b> (${BASELINE_STATE[baseline.state]}): ${describeBaseline(baseline)}</li>`,
      )}</ul>`,
  ]);
}

function createLine({ title, value, interval, baseline, lines, marks }: MetricRow): NumberLine {
  return { title, value, interval, baseline, lines, open: marks.some(isOpen) };
}

function renderName({ title, qualifier, direction, reported }: MetricRow): Markup {
  const details = [direction && DIRECTION_WORDING[direction], qualifier, reported && 'reported by the user’s script'];
  return html`${title}<small>${details.filter(Boolean).join('; ')}</small>`;
}

function renderValue({ value, interval, n, reason }: MetricRow): Markup {
  if (value === null) return html`<b class="value">–</b><small class="why">${reason}</small>`;
  const limits = interval && html`<small>${formatInterval(interval)}</small>`;
  const basis = [interval && `${formatLevel(interval.level)} ${interval.method}`, `n ${formatCount(n)}`].filter(
    Boolean,
  );
  return html`<b class="value">${formatMetric(value)}</b>${limits}<small class="basis">${basis.join(', ')}</small>`;
}

function renderDifference({ baseline, difference, differenceInterval }: MetricRow): Markup {
  if (baseline === null) return NOTHING;
  const limits = differenceInterval && html`<small>${formatInterval(differenceInterval)}</small>`;
  return html`${formatDifference(difference)}${limits}<small>baseline ${formatMetric(baseline)}</small>`;
}
