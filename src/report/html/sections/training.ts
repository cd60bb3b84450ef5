import type { Markup } from '../../markup.ts';
import { formatCount, formatMetric } from '../../numbers.ts';
import { groupSeries } from '../../view/series-groups.ts';
import type { Summary } from '../../view/summary.ts';
import type { Series } from '../../view/training-view.ts';
import { html, renderFacts, renderFolded, renderOutcome, renderSection, renderTable } from '../blocks.ts';
import type { Draw } from '../charts/canvas.ts';
import { drawHistoryPanel, MAX_LINES } from '../charts/history-panel.ts';

/** Panels that are drawn; further lines are in the table. */
const MAX_PANELS = 12;

/** How the training and the prediction ran, and the history of the training. */
export async function renderTraining({ runs, history }: Summary, draw: Draw): Promise<Markup | undefined> {
  const groups = groupSeries(history, MAX_LINES).slice(0, MAX_PANELS);
  const panels = await Promise.all(
    groups.map(async (group) => renderPanel(group, await drawHistoryPanel(draw, group))),
  );
  return renderSection('training', 'Training', [
    ...runs.map(
      ({ title, outcome, reason, facts }) =>
        html`<div class="run"><h3>${title}</h3><p>${renderOutcome(outcome)} ${reason}</p>${renderFacts(facts)}</div>`,
    ),
    panels.length > 0 && html`<div class="panels">${panels}</div>`,
    renderFolded('History in numbers', [
      renderTable({
        caption: 'First, last and extreme values of each line',
        rows: history,
        columns: [
          { title: 'Line', kind: 'head', cell: ({ name }) => name },
          { title: 'Steps', kind: 'number', cell: ({ points }) => formatCount(points.length) },
          { title: 'First', kind: 'number', cell: ({ points }) => formatMetric(points[0]?.value ?? null) },
          { title: 'Last', kind: 'number', cell: ({ points }) => formatMetric(points.at(-1)?.value ?? null) },
          { title: 'Lowest', kind: 'number', cell: ({ best }) => formatMetric(best.low) },
          { title: 'Highest', kind: 'number', cell: ({ best }) => formatMetric(best.high) },
        ],
      }),
    ]),
  ]);
}

function renderPanel(group: readonly Series[], chart: Markup): Markup {
  return html`<figure><figcaption>${group.map(({ name }, index) => html`<span class="line line-${index}">${name}</span> `)}</figcaption>${chart}</figure>`;
}
