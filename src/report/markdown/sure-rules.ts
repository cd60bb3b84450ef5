import type { Markup } from '../markup.ts';
import { formatCount } from '../numbers.ts';
import type { Summary } from '../view/summary.ts';
import { md, renderFolded, renderTable } from './blocks.ts';
import { iconOf } from './first-screen.ts';

/** What rules with `confidence` decided with: the limits, and what they say in a sentence. */
export function renderSureRules({ sure }: Summary): Markup | undefined {
  return renderFolded(`Rules with confidence (${formatCount(sure.length)})`, [
    renderTable(sure, [
      {
        title: 'Rule',
        cell: (row) =>
          md`${iconOf(row)} **${row.id}**${row.slice !== '' && md`: ${row.slice}`}<br><sub>${row.text}</sub>`,
      },
      { title: 'Limits', right: true, cell: ({ limits, of }) => md`${limits}<br><sub>of the ${of}</sub>` },
      { title: 'How', cell: ({ basis }) => basis },
      { title: 'What they say', cell: ({ reason }) => reason },
    ]),
  ]);
}
