import type { TSchema } from 'typebox';
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import { type Problem, UserMistake } from '../errors.ts';
import type { Locate, Spot } from './place.ts';
import { findSchemaProblems, type SchemaProblem } from './schema-problems.ts';
import { describeYamlFaults, findFirstAlias, findLooseAlias } from './yaml-faults.ts';

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
  /** How a file begins that is still empty, as advice. */
  readonly beginning?: string;
  /**
   * What no schema can say. `broken` names the keys at the top whose values the schema does not allow, or that may be
   * missing because of a misspelt one: nothing may be read there.
   */
  readonly findProblems?: (value: T, locate: Locate, broken: ReadonlySet<string>) => Problem[];
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
  if (faults.length > 0) throw new UserMistake(describeYamlFaults(faults, text, spot));
  if (document.contents === null) {
    const fix = options.beginning ?? 'Write what belongs into it, or remove the file and what names it.';
    throw new UserMistake({ file, line: 1, column: 1, found: 'the file is empty', fix });
  }
  const locate: Locate = (path, part = 'value') => spot(findOffset(document.contents, path, part));
  const value = readValue(document, spot);
  const readWritten = (path: readonly (string | number)[]) => readSource(document.contents, path);
  const shape = findSchemaProblems(options.schema, value, { locate, depth: options.depth ?? 0, readWritten });
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  const readable = isMapping || shape.length === 0;
  const problems: Problem[] = [
    ...shape.map(({ problem }) => problem),
    ...(readable ? (options.findProblems?.(value as T, locate, listBroken(options.schema, value, shape)) ?? []) : []),
  ];
  if (problems.length > 0) throw new UserMistake(problems);
  return { value: value as T, locate };
}

function listBroken(schema: TSchema, value: unknown, shape: readonly SchemaProblem[]): Set<string> {
  const broken = shape.flatMap(({ path, unknownKey }) => (path.length > 0 && !unknownKey ? [String(path[0])] : []));
  if (!shape.some(({ path, unknownKey }) => unknownKey && path.length === 0)) return new Set(broken);
  const known = Object.keys((schema as { properties?: object }).properties ?? {});
  return new Set([...broken, ...known.filter((key) => !Object.hasOwn(value as object, key))]);
}

function readValue(document: Document, spot: (offset: number) => Spot): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const loose = findLooseAlias(document);
    if (loose) {
      const found = `the alias \`*${loose.source}\` has no anchor \`&${loose.source}\` before it`;
      const fix = 'Write text that begins with * in quotes.';
      throw new UserMistake({ ...spot(loose.range?.[0] ?? 0), found, fix }, { cause: error });
    }
    const fix = `Write the values out: aliases may stand for at most ${MAX_ALIASES} nodes.`;
    const found = 'aliases (*name) multiply this file beyond reason';
    throw new UserMistake({ ...spot(findFirstAlias(document)), found, fix }, { cause: error });
  }
}

function readSource(root: Node | null, path: readonly (string | number)[]): string | undefined {
  let node: Node | null = root;
  for (const step of path) node = findChild(node, step)?.value ?? null;
  return isScalar(node) ? node.source : undefined;
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
