import stringWidth from 'string-width';
import { shorten } from '../escaping.ts';

/** One column of a table for the terminal. Columns of a higher `drop` go first where the terminal is too narrow. */
interface TerminalColumn<T> {
  readonly title: string;
  readonly right?: boolean;
  readonly drop: number;
  readonly cell: (row: T) => string;
  /** Colours a cell after it is padded. */
  readonly paint?: (text: string, row: T) => string;
}

const GAP = '  ';
/** Longest cell of a table, in graphemes. */
const MAX_CELL = 36;

/** Lines of a table that fits into `width` columns, as far as dropping columns can make it; a heading and the rows. */
export function renderColumns<T>(rows: readonly T[], columns: readonly TerminalColumn<T>[], width: number): string[] {
  const cells = (column: TerminalColumn<T>): string[] => rows.map((row) => shorten(column.cell(row), MAX_CELL));
  let shown = columns.map((column) => ({ column, cells: cells(column), width: 0 }));
  for (const entry of shown)
    entry.width = Math.max(...[entry.column.title, ...entry.cells].map((text) => stringWidth(text)));
  const total = (): number => shown.reduce((sum, entry) => sum + entry.width + GAP.length, -GAP.length);
  while (total() > width && shown.some(({ column }) => column.drop > 0)) {
    const worst = Math.max(...shown.map(({ column }) => column.drop));
    shown = shown.filter(({ column }) => column.drop !== worst);
  }
  const pad = (text: string, size: number, right?: boolean): string => {
    const space = ' '.repeat(Math.max(0, size - stringWidth(text)));
    return right ? space + text : text + space;
  };
  const heading = shown.map(({ column, width: size }) => pad(column.title, size, column.right)).join(GAP);
  const lines = rows.map((row, index) =>
    shown
      .map(({ column, cells: texts, width: size }) => {
        const text = pad(texts[index] ?? '', size, column.right);
        return column.paint ? column.paint(text, row) : text;
      })
      .join(GAP),
  );
  return [heading, ...lines].map((line) => line.trimEnd());
}

/** Breaks a text into lines of at most `width` columns between words; a longer word keeps a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && stringWidth(last) + 1 + stringWidth(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
