import type { Markup } from '../../markup.ts';
import type { Summary } from '../../view/summary.ts';
import { html, renderOutcome, renderSection, renderTable } from '../blocks.ts';

/** What rules with `confidence` decided with: the limits, and what they say in a sentence. */
export function renderSureRules({ sure }: Summary): Markup | undefined {
  return renderSection('confidence', 'Confidence', [
    renderTable({
      caption: 'Rules that must be sure before they pass or fail',
      rows: sure,
      cards: true,
      columns: [
        {
          title: 'Rule',
          kind: 'head',
          cell: ({ id, outcome, tolerated, slice, text }) =>
            html`${renderOutcome(outcome, tolerated, id)}${slice !== '' && html` ${slice}`}<small>${text}</small>`,
        },
        {
          title: 'Limits',
          kind: 'number',
          cell: ({ limits, of, basis }) =>
            html`<b>${limits}</b><small>of the ${of}</small><small class="basis">${basis}</small>`,
        },
        {
          title: 'What they say',
          cell: ({ reason }) => reason,
        },
      ],
    }),
  ]);
}
