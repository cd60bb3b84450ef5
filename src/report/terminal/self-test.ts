import picocolors from 'picocolors';
import type { RuleOutcome } from '../../evidence/schema/envelope.ts';
import { cleanText } from '../escaping.ts';
import { formatAmount, formatCount, formatShare } from '../numbers.ts';
import { OUTCOME_WORDING } from '../wording.ts';
import { renderColumns, wrapText } from './columns.ts';
import type { SelfTest, SelfTestedRule } from './self-test-facts.ts';

const PLURALS = { row: 'rows', query: 'queries', cluster: 'clusters' } as const;

/** How often each rule would have decided otherwise, as a table. */
export function renderSelfTest(
  test: SelfTest,
  { color, width }: { readonly color: boolean; readonly width: number },
): string {
  const colors = picocolors.createColors(color);
  const { model, copies, seed, unit, n, rules } = test;
  const count = (outcome: RuleOutcome) => (rule: SelfTestedRule) =>
    rule.copies ? formatCount(rule.copies[outcome]) : '–';
  const paint = (text: string, { noisy }: SelfTestedRule) => (noisy ? colors.red(text) : text);
  const table = renderColumns(
    rules,
    [
      { title: 'Rule', drop: 0, cell: ({ id }) => id },
      { title: 'Against itself', drop: 2, cell: ({ itself }) => (itself ? OUTCOME_WORDING[itself].word : '–') },
      { title: 'Now', drop: 0, cell: ({ now }) => OUTCOME_WORDING[now].word },
      { title: 'Pass', right: true, drop: 1, cell: count('pass') },
      { title: 'Fail', right: true, drop: 1, cell: count('fail') },
      { title: 'Cannot measure', right: true, drop: 1, cell: count('cannot-measure') },
      {
        title: 'Flips',
        right: true,
        drop: 0,
        cell: ({ flipped }) => (flipped === null ? '–' : formatShare(flipped)),
        paint,
      },
      {
        title: 'Pass to fail or back',
        right: true,
        drop: 3,
        cell: ({ reversed }) => (reversed === null ? '–' : formatShare(reversed)),
      },
      { title: 'Noisy', drop: 0, cell: ({ noisy }) => (noisy ? 'yes' : 'no'), paint },
    ],
    width,
  );
  const notes = rules.flatMap(({ id, reason }) => (reason === undefined ? [] : [`${id}: ${reason}.`]));
  const drawn = `${formatAmount(copies, 'copy', 'copies')} of the test set, each ${formatAmount(n, unit, PLURALS[unit])} drawn with replacement`;
  const noisy = rules.filter((rule) => rule.noisy).map(({ id }) => id);
  const told =
    noisy.length === 0
      ? 'No rule is noisy: each decides alike on at least 9 of 10 copies.'
      : `Too noisy for this test set: ${noisy.join(', ')}. \`modelgate plan\` tells how many rows they need, or what to ask for.`;
  return [
    ...wrapText(cleanText(`${model}: ${drawn} (seed ${seed}).`), width),
    '',
    ...table,
    '',
    ...[...notes, told].flatMap((line) => wrapText(cleanText(line), width)),
  ].join('\n');
}
