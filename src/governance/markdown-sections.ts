import { type MarkdownLine, parseMarkdownLines } from './markdown-lines.ts';

/** A heading and what stands below it. */
export interface Section {
  /** The heading without its inline markup. */
  readonly title: string;
  /** The title as it is compared; see `normaliseTitle`. */
  readonly key: string;
  /** 1 to 6. */
  readonly level: number;
  readonly line: number;
  /** The section's own lines: up to the next heading of any level. */
  readonly lines: readonly MarkdownLine[];
}

interface OpenSection extends Section {
  readonly lines: MarkdownLine[];
}

const BLOCK_START = /^ {0,3}(?:>|[-*+](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|\|)/;

/** Finds the ATX (`## Title`) and setext (underlined) headings of a Markdown file, outside code and comments. */
export function parseSections(text: string): Section[] {
  return parseOutline(text).sections;
}

/** All lines of a Markdown file that are no heading. */
export function listProse(text: string): MarkdownLine[] {
  const { before, sections } = parseOutline(text);
  return [...before, ...sections.flatMap((section) => section.lines)];
}

function parseOutline(text: string): { before: MarkdownLine[]; sections: Section[] } {
  const sections: OpenSection[] = [];
  const before: MarkdownLine[] = [];
  // The lines of a plain paragraph: what an underline would turn into a heading.
  let paragraph: MarkdownLine[] = [];
  let isPlain = true;
  for (const line of parseMarkdownLines(text)) {
    const own = sections.at(-1)?.lines ?? before;
    const atx = line.code ? undefined : parseAtxHeading(line.text);
    const underline = line.code || paragraph.length === 0 || !isPlain ? undefined : parseUnderline(line.text);
    if (atx) {
      sections.push({ ...atx, key: normaliseTitle(atx.title), line: line.number, lines: [] });
    } else if (underline) {
      own.length -= paragraph.length;
      const title = parseTitle(paragraph.map((part) => part.text.trim()).join(' '));
      const start = paragraph[0]?.number ?? line.number;
      sections.push({ title, key: normaliseTitle(title), level: underline, line: start, lines: [] });
    } else {
      own.push(line);
    }
    const ends = atx || underline || line.code || line.text.trim() === '';
    if (ends) {
      paragraph = [];
      isPlain = true;
    } else {
      if (BLOCK_START.test(line.text) || (paragraph.length === 0 && /^(?: {4}|\t)/.test(line.text))) isPlain = false;
      paragraph.push(line);
    }
  }
  return { before, sections };
}

/**
 * The lines below every heading with this title, its deeper sections among them and their headings left out.
 * Undefined when no heading has the title; `line` is that of the first one that has it.
 */
export function findSectionText(
  sections: readonly Section[],
  title: string,
): { line: number; lines: MarkdownLine[] } | undefined {
  const wanted = normaliseTitle(title);
  const found: Section[] = [];
  let level = 0;
  for (const section of sections) {
    if (level === 0 || section.level <= level) level = section.key === wanted ? section.level : 0;
    if (level > 0) found.push(section);
  }
  const [first] = found;
  return first && { line: first.line, lines: found.flatMap((section) => section.lines) };
}

/** How two headings are compared: case, outer white space, numbering and a closing colon do not count. */
export function normaliseTitle(title: string): string {
  const plain = title.normalize('NFKC').toLowerCase().split(/\s+/u).filter(Boolean).join(' ');
  return plain.replace(/^\d{1,3}(?:\.\d{1,3}){0,4}[.)]? /, '').replace(/ ?:$/, '');
}

function parseAtxHeading(line: string): { title: string; level: number } | undefined {
  const marks = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(line);
  if (!marks?.[1]) return undefined;
  let rest = line.slice(marks[0].length).trim();
  let end = rest.length;
  while (rest[end - 1] === '#') end -= 1;
  if (end < rest.length && (end === 0 || /[ \t]/.test(rest[end - 1] ?? ''))) rest = rest.slice(0, end);
  return { title: parseTitle(rest), level: marks[1].length };
}

function parseUnderline(line: string): 1 | 2 | undefined {
  const text = line.trimEnd();
  if (/^ {0,3}=+$/.test(text)) return 1;
  return /^ {0,3}-+$/.test(text) ? 2 : undefined;
}

/** The text of a heading: links give their words, tags and emphasis go. */
function parseTitle(text: string): string {
  return text
    .replace(/\{#[\w-]{1,100}\}\s?$/, '')
    .replace(/!?\[([^[\]]{0,300})\](?:\([^()\s]{0,1000}\)|\[[^[\]]{0,300}\])/g, '$1')
    .replace(/<\/?[a-zA-Z][^<>]{0,300}>/g, '')
    .replace(/\\([!-/:-@[-`{-~])|[*`~]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '$1')
    .trim();
}
