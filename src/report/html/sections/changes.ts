import type { Markup } from '../../markup.ts';
import { formatDifference, formatDigest, formatMetric } from '../../numbers.ts';
import type { ChangeList } from '../../view/changes.ts';
import type { ProposedView } from '../../view/proposed-test-set.ts';
import type { Summary } from '../../view/summary.ts';
import { DIRECTION_WORDING, nameChange, PROPOSED_NOTE } from '../../wording.ts';
import { html, NOTHING, renderFolded, renderOutcome, renderSection, renderTable } from '../blocks.ts';

/** What the change words otherwise than its base: rules, promises of the data, the test set. */
export function renderChanges({ ruleChanges, promiseChanges, proposed }: Summary): Markup | undefined {
  return renderSection('changes', 'What changes', [
    ruleChanges && renderList('Changed rules', ruleChanges),
    promiseChanges && renderList('Changed contracts and test sets', promiseChanges),
    proposed && renderProposed(proposed),
  ]);
}

function renderList(title: string, changes: ChangeList): Markup | undefined {
  const caption = `${title}: ${changes.counts}`;
  const table = renderTable({
    caption,
    rows: changes.rows,
    cards: true,
    columns: [
      {
        title: 'What',
        kind: 'head',
        cell: ({ name, file }) => html`${name}${file !== '' && html`<small>${file}</small>`}`,
      },
      { title: 'Change', cell: ({ change }) => nameChange(change) },
      { title: 'Before', cell: ({ before }) => before ?? NOTHING },
      { title: 'After', cell: ({ after }) => after ?? NOTHING },
    ],
  });
  const note = html`<p class="soft">${changes.note}</p>`;
  return changes.weaker ? html`<div>${table}${note}</div>` : renderFolded(caption, [table, note]);
}

function renderProposed({ outcome, reason, testSet, rows }: ProposedView): Markup {
  const digest = testSet !== undefined && html` <code>${formatDigest(testSet)}</code>`;
  return html`<div><h3>The test set as this change has it${digest}</h3>
<p>${renderOutcome(outcome)} ${reason}</p>
${renderTable({
  caption: 'The candidate on both versions',
  rows,
  cards: true,
  columns: [
    {
      title: 'Metric',
      kind: 'head',
      cell: ({ title, direction, qualifier }) =>
        html`${title}<small>${[direction && DIRECTION_WORDING[direction], qualifier].filter(Boolean).join('; ')}</small>`,
    },
    { title: 'On the base’s', kind: 'number', cell: ({ decides }) => formatMetric(decides) },
    { title: 'On this one', kind: 'number', cell: ({ proposed }) => formatMetric(proposed) },
    { title: 'Difference', kind: 'number', cell: ({ difference }) => formatDifference(difference) },
  ],
})}<p class="soft">${PROPOSED_NOTE}</p></div>`;
}
