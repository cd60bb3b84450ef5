/** Longest text of a user's that a report repeats, in graphemes; the evidence keeps the whole of it. */
export const MAX_TEXT = 400;

/** Made once: it costs more than what it does. */
const SEGMENTER = new Intl.Segmenter('en');

const REPLACEMENT = '\uFFFD';
const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
/**
 * What changes the look of the text around it or is not seen at all: controls (C0, DEL, C1), lone surrogates, private
 * use, bidi marks and overrides, zero-width spaces, soft hyphens, fillers and tags. The joiners U+200C and U+200D stay:
 * Persian, Indic scripts and emoji need them.
 */
const UNSEEN =
  /\u034F|[\p{Cc}\p{Cs}\p{Co}\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}]/gu;

/** One line of a user's text: line breaks become spaces, unseen characters U+FFFD, and a long one ends in `…`. */
export function cleanText(text: string): string {
  const line = text.replace(LINE_BREAKS, ' ').replace(UNSEEN, REPLACEMENT).trim();
  return shorten(line, MAX_TEXT);
}

/** The text, or its first `length - 1` graphemes and `…`. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const graphemes: string[] = [];
  // A grapheme may be of any length: the cut before it bounds the work on hostile text.
  for (const { segment } of SEGMENTER.segment(text.slice(0, length * 8))) {
    if (graphemes.length === length) return `${graphemes.slice(0, -1).join('')}…`;
    graphemes.push(segment);
  }
  // The cut may leave the last grapheme in two parts: a begun one, and half of a surrogate pair.
  return text.length > length * 8 ? `${graphemes.slice(0, -2).join('')}…` : text;
}

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML text or a quoted attribute value. */
export function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (character) => HTML_ENTITIES[character] ?? '');
}

/** A zero-width space: GitHub looks for mentions and references in the text after Markdown is done, escaped or not. */
const BREAK = '&#8203;';

/** What opens a list, a heading, a rule or an underlined heading when a line begins with it. */
const LINE_START = /^(?:[+-](?=\s|$)|#(?=#{0,5}(?:\s|$))|[=-](?=[\s=-]*$)|(\d{1,9})(?=[.)](?:\s|$)))/;

/**
 * Text as a run of GitHub-flavoured Markdown that means nothing but itself, also in a table cell or at the start of a
 * line: no markup, HTML, comment, link, mention, reference, emoji code or formula.
 */
export function escapeMarkdown(text: string): string {
  return cleanText(text)
    .replace(/[&<>]/g, (character) => HTML_ENTITIES[character] ?? '')
    .replace(/[\\`*[\]~|$^]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(LINE_START, (start, digits?: string) => (digits ? `${digits}\\` : `\\${start}`))
    .replace(/!(?=\\\[)/g, '\\!')
    .replace(/@/g, `@${BREAK}`)
    .replace(/(?<!&)#(?=\d)/g, `#${BREAK}`)
    .replace(/\b(GH)-(?=\d)/gi, `$1${BREAK}-`)
    .replace(/:(?=\/\/)/g, `:${BREAK}`)
    .replace(/\b(www)\./gi, `$1${BREAK}.`)
    .replace(/:(?=[\w+-]+:)/g, `:${BREAK}`);
}
