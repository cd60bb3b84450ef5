import { cleanText } from '../escaping.ts';
import type { Summary } from '../view/summary.ts';
import { wrapText } from './columns.ts';

/** Ids that are named in a line. */
const MAX_IDS = 10;

/** What changed between each baseline and the candidate, row by row, in lines of at most `width` columns. */
export function renderComparisons({ comparisons }: Summary, width: number): string[] {
  const texts = comparisons.flatMap(({ baseline, text, moved, lists }) => [
    `Against ${baseline}: ${text}. ${moved}`,
    ...lists.map(({ title, ids, left }) => {
      const hidden = left + Math.max(0, ids.length - MAX_IDS);
      const more = hidden > 0 ? ` and ${hidden} more` : '';
      return `${title}: ${ids.slice(0, MAX_IDS).join(', ')}${more}`;
    }),
  ]);
  return texts.flatMap((text) => wrapText(cleanText(text), width));
}
