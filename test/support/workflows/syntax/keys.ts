import type { MappingToken, TemplateToken } from '@actions/workflow-parser/templates/tokens/index';
import { WorkflowError } from '../problems.ts';

/**
 * A mapping of a workflow whose reader must ask for every key: GitHub acts on all of them, so a key that this runner
 * does not know would make a test pass that says nothing.
 */
export interface Keys {
  find(key: string): TemplateToken | undefined;
  text(key: string): string | undefined;
  boolean(key: string): boolean | undefined;
  fail(message: string): never;
}

/** Hands the keys of a mapping to a reader, then throws a `WorkflowError` for each that it left unread. */
export function readKeys<Read>(token: TemplateToken, file: string, read: (keys: Keys) => Read): Read {
  const mapping = token.assertMapping('mapping');
  const names = [...mapping].map(({ key }) => key.assertString('key').value);
  const asked = new Set<string>();
  const find = (key: string) => {
    asked.add(key);
    return mapping.find(key);
  };
  const result = read({
    find,
    text: (key) => find(key)?.assertString(key).value,
    boolean: (key) => find(key)?.assertBoolean(key).value,
    fail: (message) => fail(mapping, file, message),
  });
  const unread = names.filter((name) => !asked.has(name));
  if (unread.length > 0) {
    throw new WorkflowError(unread.map((name) => locate(findKey(mapping, name), file, `"${name}" is not supported`)));
  }
  return result;
}

/** The pairs of a mapping whose keys are free, such as the jobs; empty for nothing. */
export function readPairs(token: TemplateToken | undefined): [string, TemplateToken][] {
  if (token === undefined || token.templateTokenType === NULL) return [];
  return [...token.assertMapping('mapping')].map(({ key, value }) => [key.assertString('key').value, value]);
}

/** One string or a list of strings; undefined when absent. */
export function readTexts(token: TemplateToken | undefined): string[] | undefined {
  if (token === undefined) return undefined;
  if (token.isScalar) return [token.assertString('text').value];
  return [...token.assertSequence('list')].map((item) => item.assertString('text').value);
}

/** Throws a `WorkflowError` that names the place of a node. */
export function fail(token: TemplateToken, file: string, message: string): never {
  throw new WorkflowError([locate(token, file, message)]);
}

// `TokenType.Null`; the enum itself is no export of the package's index of tokens.
const NULL = 7;

function locate(token: TemplateToken, file: string, message: string): string {
  return `${file} (Line: ${token.line ?? '?'}, Col: ${token.col ?? '?'}): ${message}`;
}

function findKey(mapping: MappingToken, name: string): TemplateToken {
  return [...mapping].find(({ key }) => key.assertString('key').value === name)?.key ?? mapping;
}
