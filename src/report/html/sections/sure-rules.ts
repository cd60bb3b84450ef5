import type { Markup } from '../../markup.ts';
import type { Summary } from '../../view/summary.ts';
import { html, renderOutcome, renderSection, renderTable } from '../blocks.ts';

/** What each rule says in a sentence; of those with `confidence` the limits that decided, too. */
export function renderSureRules({ sure, plainRules }: Summary): Markup | undefined {
  return renderSection('rules', 'Rules', [
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
    renderTable({
      caption: sure.length > 0 ? 'Other rules' : 'What each rule says',
      rows: plainRules,
      cards: true,
      columns: [
        {
          title: 'Rule',
          kind: 'head',
          cell: ({ id, outcome, tolerated, text }) =>
            html`${renderOutcome(outcome, tolerated, id)}<small>${text}</small>`,
        },
        { title: 'What it says', cell: ({ reason }) => reason },
      ],
    }),
  ]);
}
