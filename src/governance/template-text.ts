import type { MarkdownLine } from './markdown-lines.ts';

/** What is wrong with the text of a section; undefined when somebody wrote it. */
export type TextFault = { readonly line?: number; readonly text: string };

/** Marks that say that the text is unfinished, wherever they stand outside code. */
const MARKERS: readonly RegExp[] = [
  /(?<![\p{L}\p{N}_])(?:TODO|TBD|FIXME)(?![\p{L}\p{N}_])/u,
  /lorem ipsum/i,
  // Source: the model card template of the huggingface_hub library, modelcard_template.md.
  /\[\s?more information needed\s?\]/i,
];

/** Paragraphs that are a template's and nobody's statement; they do not count as text. */
const TEMPLATES: readonly RegExp[] = [
  /^(?:todo|tbd|tba|tbc|fixme|xxx+)(?![\p{L}\p{N}])/iu,
  /^(?:to be (?:determined|done|decided|defined|added|completed|written)|coming soon|work in progress)(?![\p{L}\p{N}])/iu,
  /^(?:please )?describe(?![\p{L}\p{N}])/iu,
  /^(?:insert|add|write|fill in)(?![\p{L}\p{N}]).{0,200} here[.!]?$/iu,
  /^(?:lorem ipsum|placeholder)(?![\p{L}\p{N}])/iu,
  /^(?:n\/?a|x+|wip|to do|t\.b\.d\.?|not applicable)[.!]?$/iu,
  /^`(?:todo|tbd|fixme)`[.!]?$/iu,
  /^(?:&#?\w{1,8};\s*)+$/u,
  /^!?\[[^[\]]*\]\([^()]*\)$/,
  /^<[^<>]*>(?:<\/[^<>]*>)?$/,
  /^\[[^[\]]*\]$/,
  /^\{\{.*\}\}$/,
];

/** Judges whether lines of a section hold text that somebody wrote, rather than nothing or a template's words. */
export function findTextFault(lines: readonly MarkdownLine[]): TextFault | undefined {
  const paragraphs = splitParagraphs(lines);
  const written = paragraphs.filter((paragraph) => /[\p{L}\p{N}]/u.test(paragraph.text));
  if (written.length === 0) {
    const dots = paragraphs.find((paragraph) => /\.\.\.|…/.test(paragraph.text));
    return dots ? { line: dots.line, text: `holds only ${quote(dots.text)}` } : { text: 'is empty' };
  }
  for (const line of lines) {
    if (line.code) continue;
    const prose = line.text.replace(/`[^`]{0,300}`/g, '');
    const marker = MARKERS.map((pattern) => pattern.exec(prose)?.[0]).find((hit) => hit !== undefined);
    if (marker) return { line: line.number, text: `still says ${quote(marker)}` };
  }
  const first = written[0] as Paragraph;
  const real = written.some((paragraph) => !TEMPLATES.some((pattern) => pattern.test(paragraph.text)));
  return real ? undefined : { line: first.line, text: `holds only template text: ${quote(first.text)}` };
}

interface Paragraph {
  readonly line: number;
  readonly text: string;
}

/** Paragraphs and list items, without the marks of lists, quotes and emphasis around them. */
function splitParagraphs(lines: readonly MarkdownLine[]): Paragraph[] {
  const groups: { line: number; parts: string[] }[] = [];
  let open = false;
  for (const line of lines) {
    const text = line.text.trim();
    const mark = /^(?:>[ \t]?|(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)|\[[ xX]\][ \t]+){1,8}/.exec(text)?.[0] ?? '';
    if (text === '') {
      open = false;
      continue;
    }
    if (!open || mark !== '') groups.push({ line: line.number, parts: [] });
    groups.at(-1)?.parts.push(text.slice(mark.length));
    open = true;
  }
  return groups.map(({ line, parts }) => ({
    line,
    text: parts
      .join(' ')
      .replace(/^[*_~"'“(]{1,8}/, '')
      .trim(),
  }));
}

function quote(text: string): string {
  return `“${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`;
}
