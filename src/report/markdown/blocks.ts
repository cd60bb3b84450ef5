import { escapeMarkdown } from '../escaping.ts';
import { createTag, type Insertable, joinMarkup, Markup } from '../markup.ts';
import { formatAmount } from '../numbers.ts';

/** Rows of one table in Markdown: a job summary holds 1 MiB, a comment 65,536 characters. */
export const MAX_TABLE_ROWS = 100;

/** Markdown with everything that is put into it escaped. */
export const md = createTag(escapeMarkdown);

/** One column: its heading, its side, and the cell of a row. */
interface MarkdownColumn<T> {
  readonly title: string;
  readonly right?: boolean;
  readonly cell: (row: T) => Insertable;
}

/** A table, with a line below it where rows were left out; nothing for no rows. */
export function renderTable<T>(rows: readonly T[], columns: readonly MarkdownColumn<T>[]): Markup | undefined {
  if (rows.length === 0) return undefined;
  const line = (cells: readonly Markup[]): Markup => md`| ${joinMarkup(cells, ' | ')} |`;
  const shown = rows.slice(0, MAX_TABLE_ROWS);
  const table = joinMarkup(
    [
      line(columns.map(({ title }) => md`${title}`)),
      line(columns.map(({ right }) => new Markup(right ? '---:' : '---'))),
      ...shown.map((row) => line(columns.map(({ cell }) => md`${cell(row)}`))),
    ],
    '\n',
  );
  const left = rows.length - shown.length;
  return left === 0 ? table : md`${table}\n\n${formatAmount(left, 'more row')} in the evidence.`;
}

/** Notes below a table, each text once: `mark` gives the number that stands for one in a cell. */
export interface Notes {
  readonly mark: (text: string) => Markup;
  readonly list: Markup | undefined;
}

/** Numbers the notes of the rows that a table shows; a text is one note however often it comes. */
export function createNotes(texts: readonly string[]): Notes {
  const known = [...new Set(texts.slice(0, MAX_TABLE_ROWS).filter((text) => text !== ''))];
  const number = (text: string) => md`${raise(known.indexOf(text) + 1)}`;
  const lines = known.map((text) => md`<sub>${number(text)} no interval: ${text}</sub>`);
  return { mark: number, list: lines.length === 0 ? undefined : joinMarkup(lines, '<br>\n') };
}

/** A number in small raised digits. */
function raise(number: number): string {
  return String(number).replaceAll(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? '');
}

/** A folded part with its own heading; nothing where there is nothing in it. */
export function renderFolded(title: string, blocks: readonly (Markup | undefined)[]): Markup | undefined {
  const content = joinBlocks(blocks);
  if (content.text === '') return undefined;
  return md`<details>\n<summary>${title}</summary>\n\n${content}\n\n</details>`;
}

/** A list, one item a line; nothing for no items. */
export function renderList(items: readonly Markup[]): Markup | undefined {
  return items.length === 0
    ? undefined
    : joinMarkup(
        items.map((item) => md`- ${item}`),
        '\n',
      );
}

/** Blocks with an empty line between. */
export function joinBlocks(blocks: readonly (Markup | undefined)[]): Markup {
  return joinMarkup(
    blocks.filter((block): block is Markup => block !== undefined && block.text !== ''),
    '\n\n',
  );
}
