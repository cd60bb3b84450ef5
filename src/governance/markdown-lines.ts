/** One line of a Markdown file as a reader of the page would see it. */
export interface MarkdownLine {
  /** Counts from 1, as editors do. */
  readonly number: number;
  /** Without HTML comments, and without the marks that open and close a code block. */
  readonly text: string;
  /** The line lies in a fenced code block or in a raw `<pre>`: its marks mean nothing. */
  readonly code: boolean;
}

interface Fence {
  readonly mark: string;
  readonly length: number;
  /** Columns that the list item around the fence is indented by; a line to the left of it ends the fence. */
  readonly container: number;
}

const LIST_MARKER = /^[ \t]*(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/;
const RAW_BLOCK = /^ {0,3}<(pre|script|style|textarea)(?=[\s>]|$)/i;

/**
 * Splits Markdown into lines and marks code, after CommonMark 0.31 §4.5 (fenced code), §4.6 (HTML blocks, kinds 1 and 2).
 * A byte order mark, Windows line ends and a leading YAML block between `---` are taken away. A fence or a comment
 * that nobody closes runs to the end, as on the rendered page. Takes time linear in the text.
 */
export function parseMarkdownLines(text: string): MarkdownLine[] {
  const source = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const found: MarkdownLine[] = [];
  let fence: Fence | undefined;
  let raw: string | undefined;
  let container = 0;
  for (let index = countFrontMatter(source); index < source.length; index += 1) {
    const line = source[index] as string;
    const number = index + 1;
    const indent = measureIndent(line);
    const blank = line.trim() === '';
    if (fence && !blank && indent < fence.container) fence = undefined;
    if (fence) {
      const closes = isClosing(line, fence);
      found.push({ number, text: closes ? '' : line, code: true });
      if (closes) fence = undefined;
      continue;
    }
    if (raw !== undefined) {
      const end = line.toLowerCase().indexOf(raw);
      const isComment = raw === '-->';
      const rest = end < 0 ? '' : line.slice(end + raw.length);
      found.push({ number, text: isComment ? rest : line, code: !isComment || end < 0 });
      if (end >= 0) raw = undefined;
      continue;
    }
    if (!blank && indent < container && !LIST_MARKER.test(line)) container = 0;
    if (LIST_MARKER.test(line)) container = measureContent(line);
    fence = openFence(line, container);
    if (fence) {
      found.push({ number, text: '', code: true });
      continue;
    }
    raw = openRaw(line);
    found.push({ number, text: raw === '-->' ? '' : removeComments(line), code: raw !== undefined });
  }
  return found;
}

/** How many lines a YAML block at the top takes, both `---` among them; 0 where there is none. */
function countFrontMatter(source: readonly string[]): number {
  if (source[0]?.trimEnd() !== '---') return 0;
  const end = source.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  return end < 0 ? 0 : end + 1;
}

/** Columns of white space at the left; a tab goes to the next multiple of four. */
function measureIndent(line: string): number {
  let column = 0;
  for (const character of line) {
    if (character === '\t') column += 4 - (column % 4);
    else if (character === ' ') column += 1;
    else break;
  }
  return column;
}

function measureContent(line: string): number {
  const marker = LIST_MARKER.exec(line)?.[0] ?? '';
  return measureIndent(line) + marker.trimStart().length + 1;
}

function openFence(line: string, container: number): Fence | undefined {
  // A list item may begin with a fence: `- ```text`.
  const marker = LIST_MARKER.exec(line)?.[0] ?? '';
  const rest = line.slice(marker.length).trimStart();
  const mark = rest[0];
  if ((mark !== '`' && mark !== '~') || measureIndent(line) > container + 3) return undefined;
  const length = countRun(rest, mark);
  if (length < 3 || (mark === '`' && rest.includes('`', length))) return undefined;
  return { mark, length, container };
}

function isClosing(line: string, fence: Fence): boolean {
  const rest = line.trim();
  return countRun(rest, fence.mark) >= fence.length && countRun(rest, fence.mark) === rest.length;
}

function countRun(text: string, mark: string): number {
  let length = 0;
  while (text[length] === mark) length += 1;
  return length;
}

/** What ends the raw HTML block that begins on this line and does not end on it. */
function openRaw(line: string): string | undefined {
  const start = line.trimStart();
  if (start.startsWith('<!--') && measureIndent(line) < 4) {
    return start.indexOf('-->', 4) < 0 ? '-->' : undefined;
  }
  const tag = RAW_BLOCK.exec(line)?.[1]?.toLowerCase();
  return tag && !line.toLowerCase().includes(`</${tag}>`) ? `</${tag}>` : undefined;
}

/** Takes `<!-- … -->` out of a line, but not out of a code span. An opening without an end is text. */
function removeComments(line: string): string {
  if (!line.includes('<!--')) return line;
  const [findStart, findEnd, findTick] = [findFrom(line, '<!--'), findFrom(line, '-->'), findFrom(line, '`')];
  let kept = '';
  let at = 0;
  let ticksClose = true;
  for (;;) {
    const start = findStart(at);
    const tick = findTick(at);
    if (ticksClose && tick < start) {
      const close = findTick(tick + 1);
      ticksClose = close < Number.POSITIVE_INFINITY;
      if (ticksClose) {
        kept += line.slice(at, close + 1);
        at = close + 1;
      }
      continue;
    }
    const end = findEnd(start + 4);
    if (end === Number.POSITIVE_INFINITY) return kept + line.slice(at);
    kept += line.slice(at, start);
    at = end + 3;
  }
}

/** `indexOf` for places that only grow: a long line is read once. Infinity where there is none. */
function findFrom(line: string, needle: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) {
      const index = line.indexOf(needle, from);
      found = index < 0 ? Number.POSITIVE_INFINITY : index;
    }
    return found;
  };
}
