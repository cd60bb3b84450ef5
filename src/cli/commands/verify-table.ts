import { createColors } from 'picocolors';
import { worstOutcome } from '../../evidence/document.ts';
import type { Outcome } from '../../evidence/schema/envelope.ts';
import type { Check } from '../../registry/verify/checks.ts';
import { cleanText } from '../../report/escaping.ts';
import { renderColumns, wrapText } from '../../report/terminal/columns.ts';

const MARKS = { pass: '✓', fail: '✗', 'cannot-measure': '?' } as const;
const INDENT = '    ';

/** What all checks together come to; one that does not count cannot make it worse. */
export function decideChecks(checks: readonly Check[]): Outcome {
  return worstOutcome(checks.filter(({ counts }) => counts).map(({ outcome }) => outcome));
}

/** A table of what was compared, and behind it in full what is wrong and what could not be looked at. */
export function renderChecks(
  checks: readonly Check[],
  { color, width }: { readonly color: boolean; readonly width: number },
): string {
  const colors = createColors(color);
  const paint = { pass: colors.green, fail: colors.red, 'cannot-measure': colors.yellow };
  const table = renderColumns(
    checks,
    [
      { title: '', drop: 0, cell: ({ outcome }) => MARKS[outcome], paint: (text, row) => paint[row.outcome](text) },
      { title: 'what', drop: 0, cell: ({ subject }) => cleanText(subject) },
      { title: 'was compared', drop: 1, cell: ({ text }) => cleanText(text) },
    ],
    width,
  );
  const open = checks.filter(({ outcome }) => outcome !== 'pass');
  const reasons = open.flatMap(({ subject, reason, outcome, counts }) => [
    `${paint[outcome](MARKS[outcome])} ${cleanText(subject)}${counts ? '' : ' (does not count)'}`,
    ...wrapText(cleanText(reason), Math.max(40, width) - INDENT.length).map((line) => INDENT + line),
  ]);
  const outcome = decideChecks(checks);
  const wrong = checks.filter((one) => one.counts && one.outcome !== 'pass').length;
  const end =
    outcome === 'pass' ? 'Everything that counts is as it should be.' : `${wrong} of ${checks.length} are wrong.`;
  return [...table, ...(reasons.length > 0 ? ['', ...reasons] : []), '', paint[outcome](end)].join('\n');
}
