import { html, renderTable } from '../../html/blocks.ts';
import type { Markup } from '../../markup.ts';
import type { Difference, DifferenceTable } from '../difference.ts';

/** Two versions beside each other, as tables. `all` shows what did not change, too; metrics are always shown. */
export function renderDifference({ notes, tables }: Difference, all: boolean): Markup {
  const shown = tables.map((table) => ({
    ...table,
    rows: table.rows.filter(({ same }) => all || !same || table.caption === 'Metrics'),
  }));
  const changed = shown.some(({ rows }) => rows.length > 0);
  return html`${notes.map((note) => html`<p class="soft">${note}</p>`)}${!changed && html`<p>Nothing that is compared has changed.</p>`}${shown.map(
    ({ caption, columns, rows }) =>
      renderTable<DifferenceTable['rows'][number]>({
        caption,
        rows,
        cards: true,
        columns: columns.map((title, column) => ({
          title,
          ...(column === 0 ? { kind: 'head' as const } : {}),
          cell: ({ cells }) => {
            const cell = cells[column];
            return cell?.tone ? html`<span class="${cell.tone}">${cell.text}</span>` : cell?.text;
          },
        })),
      }),
  )}`;
}

/** What chooses two versions; the script fills it. */
export function renderChooser(): Markup {
  return html`<div class="controls" id="compare-controls" hidden>
<div class="field"><label for="before">From</label><select id="before"></select></div>
<div class="field"><label for="after">To</label><select id="after"></select></div>
<button type="button" id="swap">Swap</button>
</div>
<p class="soft" id="compared" role="status"></p>
<div id="comparison" class="body"></div>
<noscript><p>Choosing any two versions needs JavaScript. Without it, the page of each version says what changed since the version before.</p></noscript>`;
}
