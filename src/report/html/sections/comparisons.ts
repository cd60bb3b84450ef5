import type { Markup } from '../../markup.ts';
import { formatAmount } from '../../numbers.ts';
import type { ComparisonView } from '../../view/comparisons.ts';
import type { Summary } from '../../view/summary.ts';
import { html, renderFolded, renderSection } from '../blocks.ts';
import { TOLERATED_SHAPE } from '../icons.ts';

/** What changed between each baseline and the candidate, row by row: newly broken rows first. */
export function renderComparisons({ comparisons }: Summary): Markup | undefined {
  return renderSection('rows', 'What changed', comparisons.map(renderComparison));
}

function renderComparison({ baseline, text, moved, breaks, lists }: ComparisonView): Markup {
  const mark = breaks && html`<span class="outcome tolerated">${TOLERATED_SHAPE}</span>`;
  return html`<div class="rows"><p>${mark}Against <b>${baseline}</b>: ${text}.</p>${moved !== '' && html`<p class="soft">${moved}</p>`}${lists.map(
    ({ title, ids, left }) =>
      renderFolded(title, [
        html`<p class="ids">${ids.map((id) => html`<bdi><code>${id}</code></bdi> `)}${left > 0 && html`and ${formatAmount(left, 'more row')}`}</p>`,
      ]),
  )}</div>`;
}
