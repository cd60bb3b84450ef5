import type { Markup } from '../markup.ts';
import { formatDifference, formatDigest, formatMetric } from '../numbers.ts';
import type { ChangeList, ChangeRow } from '../view/changes.ts';
import type { Summary } from '../view/summary.ts';
import { DIRECTION_ARROW, nameChange, OUTCOME_WORDING, PROPOSED_NOTE } from '../wording.ts';
import { joinBlocks, md, renderFolded, renderTable } from './blocks.ts';

const RULES = 'Changed rules';
const PROMISES = 'Changed contracts and test sets';

/** Whose rules judged: quiet where the base did, loud where nobody but the change itself did. */
export function renderJudging({ judging }: Summary): Markup | undefined {
  if (judging === undefined) return undefined;
  return judging.bootstrap ? md`> ⚠️ **${judging.sentence}**` : md`<sub>${judging.sentence}</sub>`;
}

/** Changed rules that may lower the bar: nobody may miss them. */
export function renderWeakerRules({ ruleChanges }: Summary): Markup | undefined {
  return ruleChanges?.weaker ? renderOpen(RULES, ruleChanges, 'Rule') : undefined;
}

/** Changed rules that can only raise the bar. */
export function renderOtherRules({ ruleChanges }: Summary): Markup | undefined {
  return ruleChanges && !ruleChanges.weaker ? renderClosed(RULES, ruleChanges, 'Rule') : undefined;
}

/** Changed contracts and test sets that may promise less. */
export function renderWeakerPromises({ promiseChanges }: Summary): Markup | undefined {
  return promiseChanges?.weaker ? renderOpen(PROMISES, promiseChanges, 'Promise') : undefined;
}

/** Changed contracts and test sets that can only promise more. */
export function renderOtherPromises({ promiseChanges }: Summary): Markup | undefined {
  return promiseChanges && !promiseChanges.weaker ? renderClosed(PROMISES, promiseChanges, 'Promise') : undefined;
}

function renderOpen(title: string, changes: ChangeList, noun: string): Markup {
  return joinBlocks([md`### ${title}: ${changes.counts}`, renderRows(changes.rows, noun), md`${changes.note}`]);
}

function renderClosed(title: string, changes: ChangeList, noun: string): Markup | undefined {
  return renderFolded(`${title}: ${changes.counts}`, [renderRows(changes.rows, noun), md`${changes.note}`]);
}

function renderRows(rows: readonly ChangeRow[], noun: string): Markup | undefined {
  return renderTable(rows, [
    { title: 'Change', cell: ({ change }) => nameChange(change) },
    { title: noun, cell: ({ name, file }) => md`**${name}**${file !== '' && md`<br><sub>${file}</sub>`}` },
    { title: 'Before', cell: ({ before }) => before ?? '–' },
    { title: 'After', cell: ({ after }) => after ?? '–' },
  ]);
}

/** The candidate on the test set as the change has it, beside the base's version. */
export function renderProposed({ proposed }: Summary): Markup | undefined {
  if (proposed === undefined) return undefined;
  const { outcome, reason, testSet, rows } = proposed;
  const digest = testSet !== undefined && md` (${formatDigest(testSet)})`;
  return joinBlocks([
    md`### The test set as this change has it`,
    md`${OUTCOME_WORDING[outcome].icon} ${reason}${digest}`,
    renderTable(rows, [
      {
        title: 'Metric',
        cell: ({ title, direction, qualifier }) =>
          md`${title}${direction && md` ${DIRECTION_ARROW[direction]}`}${qualifier !== '' && md`<br><sub>${qualifier}</sub>`}`,
      },
      { title: 'On the base’s version', right: true, cell: ({ decides }) => formatMetric(decides) },
      { title: 'On this version', right: true, cell: ({ proposed: value }) => formatMetric(value) },
      { title: 'Difference', right: true, cell: ({ difference }) => formatDifference(difference) },
    ]),
    md`${PROPOSED_NOTE}`,
  ]);
}
