import { joinMarkup, type Markup } from '../markup.ts';
import { formatAmount } from '../numbers.ts';
import type { ComparisonView } from '../view/comparisons.ts';
import type { Summary } from '../view/summary.ts';
import { TOLERATED_ICON } from '../wording.ts';
import { joinBlocks, md, renderFolded, renderList } from './blocks.ts';

/** What changed row by row, a line for each baseline: newly broken rows first. */
export function renderComparisons({ comparisons }: Summary): Markup | undefined {
  if (comparisons.length === 0) return undefined;
  return joinBlocks([
    md`### What changed`,
    renderList(
      comparisons.map(
        ({ baseline, text, moved, breaks }) =>
          md`${breaks && md`${TOLERATED_ICON} `}Against **${baseline}**: ${text}.${moved !== '' && md` ${moved}`}`,
      ),
    ),
  ]);
}

/** The ids of rows that changed sides, as far as they may be shown. */
export function renderChangedRows({ comparisons }: Summary): Markup | undefined {
  return renderFolded('Changed rows', comparisons.flatMap(renderLists));
}

function renderLists({ baseline, lists }: ComparisonView): (Markup | undefined)[] {
  if (lists.length === 0) return [];
  return [
    md`Against **${baseline}**`,
    renderList(
      lists.map(({ title, ids, left }) => {
        const named = joinMarkup(
          ids.map((id) => md`${id}`),
          ', ',
        );
        return md`${title}: ${named}${left > 0 && md` and ${formatAmount(left, 'more row')}`}`;
      }),
    ),
  ];
}
