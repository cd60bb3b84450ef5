import type { Markup } from '../markup.ts';
import { formatCount } from '../numbers.ts';
import type { Summary } from '../view/summary.ts';
import { joinBlocks, md, renderFolded, renderTable } from './blocks.ts';
import { iconOf } from './first-screen.ts';

/** What each rule says in a sentence; of those with `confidence` the limits that decided, too. */
export function renderSureRules({ sure, plainRules }: Summary): Markup | undefined {
  const blocks = [
    renderFolded(`Rules with confidence (${formatCount(sure.length)})`, [
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
    ]),
    renderFolded(`${sure.length > 0 ? 'Other rules' : 'Rules'} (${formatCount(plainRules.length)})`, [
      renderTable(plainRules, [
        { title: 'Rule', cell: (row) => md`${iconOf(row)} **${row.id}**<br><sub>${row.text}</sub>` },
        { title: 'What it says', cell: ({ reason }) => reason },
      ]),
    ]),
  ];
  return sure.length + plainRules.length === 0 ? undefined : joinBlocks(blocks);
}
