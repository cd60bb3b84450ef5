import type { RuleOutcome } from '../../evidence/schema/envelope.ts';
import { escapeHtml } from '../escaping.ts';
import { createTag, type Insertable, type Markup } from '../markup.ts';
import { formatAmount } from '../numbers.ts';
import type { RuleMark } from '../view/metric-rows.ts';
import { isOpen, OUTCOME_WORDING } from '../wording.ts';
import { OUTCOME_ICON, TOLERATED_SHAPE } from './icons.ts';

/** HTML with everything that is put into it escaped. */
export const html = createTag(escapeHtml);

/** Rows of one table on the page; the evidence holds the rest. */
export const MAX_ROWS = 500;

/** One column: `kind` says how its cells are set. The cell of a `head` column names its row. */
interface HtmlColumn<T> {
  readonly title: string;
  readonly kind?: 'head' | 'number' | 'chart';
  readonly cell: (row: T, index: number) => Insertable;
}

interface TableParts<T> {
  readonly caption: string;
  readonly rows: readonly T[];
  readonly columns: readonly HtmlColumn<T>[];
  /** True: on a narrow screen a row becomes a card. Otherwise the table scrolls in its own box. */
  readonly cards?: boolean;
}

/** A table with a caption; nothing for no rows. */
export function renderTable<T>({ caption, rows, columns, cards }: TableParts<T>): Markup | undefined {
  if (rows.length === 0) return undefined;
  const left = rows.length - MAX_ROWS;
  const table = html`<table class="${cards ? 'cards' : 'plain'}">
<caption>${caption}</caption>
<thead><tr>${columns.map(({ title, kind }) => html`<th scope="col" class="${kind ?? 'text'}">${title}</th>`)}</tr></thead>
<tbody>
${rows.slice(0, MAX_ROWS).map((row, index) => html`<tr>${columns.map((column) => renderCell(column, row, index))}</tr>\n`)}</tbody>
</table>`;
  const more = left > 0 && html`<p class="soft">${formatAmount(left, 'more row')} in the evidence.</p>`;
  if (cards) return html`${table}${more}`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">${table}</div>${more}`;
}

function renderCell<T>({ title, kind, cell }: HtmlColumn<T>, row: T, index: number): Markup {
  const content = cell(row, index);
  if (kind === 'head') return html`<th scope="row">${content}</th>`;
  return html`<td class="${kind ?? 'text'}" data-title="${title}">${content}</td>`;
}

/** A part of the page with its heading at the side; nothing where there is nothing in it. */
export function renderSection(id: string, title: string, blocks: readonly Insertable[]): Markup | undefined {
  const content = html`${blocks}`;
  if (content.text === '') return undefined;
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<div class="body">${content}</div>
</section>
`;
}

/** A folded part; nothing where there is nothing in it. Printing opens it. */
export function renderFolded(title: string, blocks: readonly Insertable[]): Markup | undefined {
  const content = html`${blocks}`;
  return content.text === '' ? undefined : html`<details><summary>${title}</summary><div>${content}</div></details>`;
}

/** The icon and the word of an outcome, in its colour. */
export function renderOutcome(outcome: RuleOutcome, tolerated = false, label?: string): Markup {
  const soft = tolerated && isOpen({ outcome });
  const word = label ?? OUTCOME_WORDING[outcome].word;
  const hidden = label !== undefined && html`<span class="hidden">${OUTCOME_WORDING[outcome].word}: </span>`;
  return html`<span class="outcome ${soft ? 'tolerated' : outcome}">${soft ? TOLERATED_SHAPE : OUTCOME_ICON[outcome]}${hidden}${word}</span>`;
}

/** Where there is nothing to say; a card leaves it out. */
export const NOTHING = html`<span class="none soft">–</span>`;

/** Rules beside a number; `–` for none. */
export function renderMarks(marks: readonly RuleMark[]): Markup {
  if (marks.length === 0) return NOTHING;
  return html`<ul class="marks">${marks.map(
    (mark) =>
      html`<li>${renderOutcome(mark.outcome, mark.tolerated, mark.id)}${mark.withinNoise && html` <small>within noise</small>`}</li>`,
  )}</ul>`;
}

/** Names and values; nothing for none. */
export function renderFacts(facts: readonly (readonly [name: string, value: Insertable])[]): Markup | undefined {
  if (facts.length === 0) return undefined;
  return html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
