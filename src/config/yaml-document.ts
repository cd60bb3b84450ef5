import type { TSchema } from 'typebox';
import { isMap, isSeq, LineCounter, type Node, parseDocument, type Scalar, type YAMLError } from 'yaml';
import { type Problem, UserMistake } from '../errors.ts';
import type { Locate, Spot } from './place.ts';
import { findSchemaProblems } from './schema-problems.ts';

/** A file of the user's larger than this is refused: 1 MiB. */
const MAX_CHARACTERS = 1024 * 1024;
/** Aliases may stand for at most this many nodes: enough for people, too few for a bomb. */
const MAX_ALIASES = 100;

export interface YamlSource<T> {
  readonly value: T;
  readonly locate: Locate;
}

export interface YamlOptions<T> {
  /** The name of the file in messages. */
  readonly file: string;
  readonly schema: TSchema;
  /** How many folders the file lies below the repository's root; see `findPathFault`. */
  readonly depth?: number;
  /** What no schema can say. Asked also when all that the schema found are keys that it does not know. */
  readonly findProblems?: (value: T, locate: Locate) => Problem[];
}

/** Parses YAML 1.2 and checks it against a schema. Throws UserMistake with every problem, each at its line and column. */
export function parseYaml<T>(text: string, options: YamlOptions<T>): YamlSource<T> {
  const { file } = options;
  if (text.length > MAX_CHARACTERS) {
    throw new UserMistake({ file, found: `${text.length} characters`, fix: `At most ${MAX_CHARACTERS} are read.` });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', prettyErrors: false, stringKeys: true });
  const spot = (offset: number): Spot => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) throw new UserMistake(faults.map((fault) => describeYamlFault(fault, spot(fault.pos[0]))));
  if (document.contents === null) {
    throw new UserMistake({ file, line: 1, column: 1, found: 'the file is empty' });
  }
  const locate: Locate = (path, part = 'value') => spot(findOffset(document.contents, path, part));
  const value = readValue(() => document.toJS({ maxAliasCount: MAX_ALIASES }), file);
  const schema = findSchemaProblems(options.schema, value, locate, options.depth ?? 0);
  const shaped = schema.every(({ unknownKey }) => unknownKey);
  const problems: Problem[] = [
    ...schema.map(({ problem }) => problem),
    ...(shaped ? (options.findProblems?.(value as T, locate) ?? []) : []),
  ];
  if (problems.length > 0) throw new UserMistake(problems);
  return { value: value as T, locate };
}

function readValue(read: () => unknown, file: string): unknown {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const fix = `Write the values out: aliases may stand for at most ${MAX_ALIASES} nodes.`;
    throw new UserMistake({ file, found: 'aliases (*name) multiply this file beyond reason', fix }, { cause: error });
  }
}

const YAML_FIXES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'Each key may stand once; remove or rename one.',
  TAB_AS_INDENT: 'YAML is indented with spaces.',
  MULTIPLE_DOCS: 'Keep one document in the file: remove the lines `---`.',
};

function describeYamlFault(fault: YAMLError, spot: Spot): Problem {
  const fix = YAML_FIXES[fault.code];
  return { ...spot, found: `this is not valid YAML: ${fault.message}`, ...(fix ? { fix } : {}) };
}

function findOffset(root: Node | null, path: readonly (string | number)[], part: 'key' | 'value'): number {
  let node: Node | null = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [index, step] of path.entries()) {
    const found = findChild(node, step);
    if (found === undefined) break;
    const wantsKey = index === path.length - 1 && part === 'key';
    const shown = found.key && (wantsKey || !found.value?.range) ? found.key : found.value;
    offset = shown?.range?.[0] ?? offset;
    node = found.value;
  }
  return offset;
}

function findChild(node: Node | null, step: string | number): { key?: Node; value: Node | null } | undefined {
  if (isMap<Scalar, Node | null>(node)) {
    const pair = node.items.find(({ key }) => String(key.value) === String(step));
    return pair && { key: pair.key, value: pair.value };
  }
  if (!isSeq<Node>(node) || typeof step !== 'number') return undefined;
  const value = node.items[step];
  return value && { value };
}
