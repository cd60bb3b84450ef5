import type { Markup } from '../../markup.ts';
import { formatDigest } from '../../numbers.ts';
import type { Summary } from '../../view/summary.ts';
import { html, NOTHING, renderOutcome, renderSection, renderTable } from '../blocks.ts';

/** The controls with the evidence each resolved to, and every waiver that was asked for. */
export function renderGovernance({ controls, waivers }: Summary): Markup | undefined {
  return renderSection('governance', 'Governance', [
    renderTable({
      caption: 'Controls',
      rows: controls,
      cards: true,
      columns: [
        {
          title: 'Control',
          kind: 'head',
          cell: ({ id, outcome, waived, text }) =>
            html`${renderOutcome(outcome, waived, id)}${waived && html` waived`}<small>${text}</small>`,
        },
        { title: 'Finding', cell: ({ reason }) => reason },
        {
          title: 'Evidence',
          cell: ({ evidence }) =>
            evidence ? html`${evidence.path}<small><code>${formatDigest(evidence.sha256)}</code></small>` : NOTHING,
        },
      ],
    }),
    renderTable({
      caption: 'Waivers',
      rows: waivers,
      cards: true,
      columns: [
        { title: 'Waives', kind: 'head', cell: ({ waives }) => waives },
        {
          title: 'State',
          cell: ({ active, note, expires }) =>
            html`${active ? 'holds' : html`<b>does not hold</b>`} until ${expires}${note !== '' && html`<small>${note}</small>`}`,
        },
        { title: 'Reason', cell: ({ reason }) => reason },
        {
          title: 'Who',
          cell: ({ author, approver }) => html`approved by ${approver}<small>asked by ${author}</small>`,
        },
      ],
    }),
  ]);
}
