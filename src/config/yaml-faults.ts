import { type Alias, type Document, visit, type YAMLError } from 'yaml';
import type { Problem } from '../errors.ts';
import type { Spot } from './place.ts';

type Sentence = readonly [found: string, fix: string];

/** Our sentences for the codes of the parser. */
const SENTENCES: Readonly<Partial<Record<YAMLError['code'], Sentence>>> = {
  BAD_ALIAS: [
    'an anchor (&name) or alias (*name) without a proper name',
    'Write text that begins with & or * in quotes.',
  ],
  BAD_DQ_ESCAPE: [
    'an escape after a backslash that YAML does not know',
    'Write the text in single quotes, or double the backslash.',
  ],
  BAD_INDENT: [
    'this line is not indented as its neighbours are',
    'Entries of one list or mapping begin in the same column.',
  ],
  BAD_SCALAR_START: ['a value that begins with a character of YAML’s own', 'Write the value in quotes.'],
  BLOCK_AS_IMPLICIT_KEY: [
    'a mapping or a list begins in a line that already holds a key',
    'Put it on a line of its own, indented; or write text with `: ` in it in quotes.',
  ],
  BLOCK_IN_FLOW: [
    'a list or mapping by lines inside brackets',
    'Inside [ ] and { } write lists as [a, b] and mappings as { key: value }.',
  ],
  KEY_OVER_1024_CHARS: ['a key of more than 1024 characters', 'Perhaps a quote or a bracket is not closed.'],
  MULTILINE_IMPLICIT_KEY: [
    'a key that goes over several lines',
    'Perhaps a `:` is missing after a key, or a quote is not closed.',
  ],
  MULTIPLE_DOCS: ['a second document begins here', 'Keep one document in the file: remove the lines `---`.'],
  NON_STRING_KEY: ['a key that is not text', 'Write the key in quotes.'],
  TAB_AS_INDENT: ['a tab in the indentation', 'YAML is indented with spaces.'],
  TAG_RESOLVE_FAILED: [
    'a tag (!name) that is not known here',
    'Remove it; or write text that begins with ! in quotes.',
  ],
  UNEXPECTED_TOKEN: [
    'something stands here that does not belong',
    'Perhaps a quote, a comma or a bracket is missing before it or one is too many.',
  ],
};
/** Faults that say nothing about the ones after them. */
const LONE: readonly YAMLError['code'][] = ['DUPLICATE_KEY', 'TAG_RESOLVE_FAILED', 'NON_STRING_KEY'];

/** The syntax errors of a text: the lone ones, and the first of those that follow from one another. */
export function describeYamlFaults(
  faults: readonly YAMLError[],
  text: string,
  spot: (offset: number) => Spot,
): Problem[] {
  const ordered = [...faults].sort((one, other) => one.pos[0] - other.pos[0]);
  const first = ordered.find(({ code }) => !LONE.includes(code));
  return ordered
    .filter((fault) => fault === first || LONE.includes(fault.code))
    .map((fault) => {
      const [found, fix] = wordFault(fault, text);
      return { ...spot(fault.pos[0]), found: `this is not valid YAML: ${found}`, ...(fix ? { fix } : {}) };
    });
}

function wordFault({ code, message, pos }: YAMLError, text: string): readonly [found: string, fix?: string] {
  if (code === 'DUPLICATE_KEY') {
    const key = /^(?:"([^"\n]*)"|'([^'\n]*)'|([^\s:,{}[\]]+))/.exec(text.slice(pos[0], pos[0] + 100));
    const name = key?.slice(1).find((part) => part !== undefined);
    const found = name === undefined ? 'a key stands twice' : `the key \`${name}\` stands twice`;
    return [found, 'Each key may stand once; remove or rename one.'];
  }
  // An open bracket below a key is found where the next line is not indented enough, or at the end of the file.
  if (/end with a [\]}]/.test(message)) {
    return ['a bracket that is not closed', 'Close it: each [ needs its ], each { its }, indented below its key.'];
  }
  return SENTENCES[code] ?? wordMissing(code, message) ?? [message];
}

/** The parser has one code for all that it misses; its message says which. */
function wordMissing(code: YAMLError['code'], message: string): Sentence | undefined {
  if (code !== 'MISSING_CHAR') return undefined;
  if (message.includes('closing')) {
    return ['a quote that is not closed', 'Close it; a quote inside the text is doubled or escaped.'];
  }
  if (message.includes('Missing ,')) return ['a comma is missing between two entries', 'Write a comma between them.'];
  if (message.includes('Comments'))
    return ['a `#` without a space before it', 'Put a space before a comment; or write the text in quotes.'];
  if (message.includes('map values') || message.includes('space after :')) {
    return ['a key without `: ` after it', 'Write `key: value`, with a space after the colon.'];
  }
  if (message.includes('- indicator'))
    return ['a line without `- ` in a list', 'Begin each entry of the list with `- `.'];
  return undefined;
}

/** The first alias that no anchor before it has given a meaning. */
export function findLooseAlias(document: Document): Alias | undefined {
  const anchors = new Set<string>();
  let loose: Alias | undefined;
  visit(document, {
    Alias: (_key, alias) => {
      if (anchors.has(alias.source)) return undefined;
      loose = alias;
      return visit.BREAK;
    },
    Value: (_key, node) => {
      if (node.anchor) anchors.add(node.anchor);
    },
  });
  return loose;
}

/** Where the first alias of a document begins; 0 without one. */
export function findFirstAlias(document: Document): number {
  let offset = 0;
  visit(document, {
    Alias: (_key, alias) => {
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}
