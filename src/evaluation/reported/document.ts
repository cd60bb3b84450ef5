import { parseDocument } from 'yaml';
import type { Unmeasured } from '../sources.ts';

/** A larger file is no list of numbers. */
export const MAX_REPORTED_BYTES = 16 * 1024 ** 2;
/** YAML of more than this is refused: its parser needs far longer than that of JSON. */
const MAX_YAML_BYTES = 2 * 1024 ** 2;
const MAX_DEPTH = 200;

/** Values by their names, lists by their places; nothing of it is run, and no alias is followed. */
export type Tree = Readonly<Record<string, unknown>> | readonly unknown[];

/** The values of a JSON or YAML file. What Python writes beside JSON, `NaN` and `Infinity`, is read as well. */
export function parseTree(text: string, format: 'json' | 'yaml'): { readonly tree: Tree } | Unmeasured {
  if (isDeep(text)) return { reason: `it nests deeper than ${MAX_DEPTH} levels` };
  const found = format === 'json' ? parseJson(text) : parseYaml(text);
  if ('reason' in found) return found;
  if (typeof found.value !== 'object' || found.value === null) return { reason: 'it holds no names and numbers' };
  return { tree: found.value as Tree };
}

/** Whether more brackets are open at once than any file of numbers has, which a parser that recurses would not survive. */
function isDeep(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > MAX_DEPTH) return true;
  }
  // Blocks of YAML nest by indentation: one level needs one space more at least.
  return new RegExp(`^ {${MAX_DEPTH},}\\S`, 'm').test(text) || new RegExp(`^\\s*(- ){${MAX_DEPTH},}`, 'm').test(text);
}

type Parsed = { readonly value: unknown } | Unmeasured;

function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) };
  } catch {
    const lenient = parseYaml(text);
    const isText = 'reason' in lenient || typeof lenient.value !== 'object' || lenient.value === null;
    return isText ? { reason: 'it is not JSON' } : lenient;
  }
}

function parseYaml(text: string): Parsed {
  if (text.length > MAX_YAML_BYTES) return { reason: `it has more than ${MAX_YAML_BYTES} characters of YAML` };
  const document = parseDocument(text, { uniqueKeys: true, logLevel: 'error' });
  const [error] = document.errors;
  if (error) return { reason: `it is not YAML: ${error.message.split('\n')[0]?.replace(/:$/, '') ?? ''}` };
  try {
    return { value: document.toJS({ maxAliasCount: 0 }) };
  } catch {
    return { reason: 'it uses aliases of YAML, which are not followed' };
  }
}

/**
 * The value at a key of names joined by dots. A name may hold dots itself, as in `f1.macro`: the longest name that is there
 * wins. Undefined where there is none.
 */
export function findValue(tree: unknown, key: string): unknown {
  const names = key.split('.');
  for (let length = names.length; length > 0; length -= 1) {
    const own = readOwn(tree, names.slice(0, length).join('.'));
    if (own === undefined) continue;
    const found = length === names.length ? own : findValue(own, names.slice(length).join('.'));
    if (found !== undefined) return found;
  }
  return undefined;
}

function readOwn(tree: unknown, name: string): unknown {
  if (typeof tree !== 'object' || tree === null || !Object.hasOwn(tree, name)) return undefined;
  return (tree as Record<string, unknown>)[name];
}

/** The keys of a file's numbers, for a suggestion; at most `most` of them. */
export function listNumberKeys(tree: unknown, most: number, before = ''): string[] {
  if (typeof tree !== 'object' || tree === null) return [];
  const keys: string[] = [];
  for (const [name, value] of Object.entries(tree)) {
    if (keys.length >= most) break;
    if (typeof value === 'number') keys.push(`${before}${name}`);
    else keys.push(...listNumberKeys(value, most - keys.length, `${before}${name}.`));
  }
  return keys;
}
