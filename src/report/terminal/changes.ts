import { cleanText } from '../escaping.ts';
import { formatMetric } from '../numbers.ts';
import type { ChangeList } from '../view/changes.ts';
import type { Summary } from '../view/summary.ts';
import { OUTCOME_WORDING, PROPOSED_NOTE } from '../wording.ts';
import { wrapText } from './columns.ts';

/** Changes named one by one. */
const MAX_CHANGES = 10;

/** What the change words otherwise than its base, in lines of at most `width` columns; none where nothing does. */
export function renderChanges({ ruleChanges, promiseChanges, proposed }: Summary, width: number): string[] {
  const wrap = (text: string): string[] => wrapText(cleanText(text), width);
  return [
    ...(ruleChanges ? listChanges('Changed rules', ruleChanges).flatMap(wrap) : []),
    ...(promiseChanges ? listChanges('Changed contracts and test sets', promiseChanges).flatMap(wrap) : []),
    ...(proposed
      ? [
          `The test set as this change has it: ${OUTCOME_WORDING[proposed.outcome].word}. ${proposed.reason}`,
          ...proposed.rows
            .slice(0, MAX_CHANGES)
            .map((row) => `${row.title}: ${formatMetric(row.decides)} → ${formatMetric(row.proposed)}`),
          PROPOSED_NOTE,
        ].flatMap(wrap)
      : []),
  ];
}

function listChanges(title: string, { rows, counts, note }: ChangeList): string[] {
  const left = rows.length - MAX_CHANGES;
  return [
    `${title}: ${counts}. ${note}`,
    ...rows
      .slice(0, MAX_CHANGES)
      .map(({ change, file, name, before, after }) =>
        [`${change}:`, file, `${name}:`, before ?? '–', '→', after ?? '–'].filter((part) => part !== '').join(' '),
      ),
    ...(left > 0 ? [`and ${left} more`] : []),
  ];
}
