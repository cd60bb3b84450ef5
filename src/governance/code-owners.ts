import { compilePattern } from './owner-pattern.ts';

/** Where GitHub looks for CODEOWNERS, and in this order. */
export const CODE_OWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** Whom a line of CODEOWNERS names, in lower case. */
export type Owner =
  | { readonly kind: 'user'; readonly login: string }
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'address'; readonly address: string };

/** One line: the files that it speaks of and their owners; without any, the files have none. */
export interface OwnerRule {
  readonly pattern: string;
  readonly expression: RegExp;
  readonly owners: readonly Owner[];
}

/** GitHub does not load a larger file. */
const MAX_BYTES = 3 * 1024 * 1024;

/**
 * Parses a CODEOWNERS file as GitHub documents it
 * (docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners):
 * a pattern and its owners on a line, `#` begins a comment, and a line that is not valid is skipped. Returns why the file
 * is not used where GitHub would not use it either.
 */
export function parseCodeOwners(text: string): OwnerRule[] | { readonly fault: string } {
  const size = new TextEncoder().encode(text).length;
  if (size >= MAX_BYTES) return { fault: `CODEOWNERS has ${size} bytes, and GitHub reads files under ${MAX_BYTES}` };
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .flatMap((line) => parseLine(line) ?? []);
}

/**
 * The owners of a path from the root of the repository: those of the last line that matches it. Letters count with
 * case. Empty where no line matches, and where the last one names nobody.
 */
export function findOwners(rules: readonly OwnerRule[], path: string): readonly Owner[] {
  return rules.findLast(({ expression }) => expression.test(path))?.owners ?? [];
}

function parseLine(line: string): OwnerRule | undefined {
  const [pattern, ...names] = splitLine(line);
  if (pattern === undefined) return undefined;
  const expression = compilePattern(pattern);
  const owners = names.map(parseOwner);
  if (expression === undefined || owners.includes(undefined)) return undefined;
  return { pattern, expression, owners: owners.filter((owner) => owner !== undefined) };
}

/** The words of a line up to its comment. A backslash keeps a space in its word; it stays, for the pattern to read. */
function splitLine(line: string): string[] {
  const words = line.match(/(?:\\.|[^\s\\]|\\$)+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith('#'));
  return comment < 0 ? words : words.slice(0, comment);
}

function parseOwner(name: string): Owner | undefined {
  const lower = name.toLowerCase();
  if (/^@[a-z0-9][a-z0-9_-]*$/.test(lower)) return { kind: 'user', login: lower.slice(1) };
  if (/^@[a-z0-9][a-z0-9_-]*\/[a-z0-9_.-]+$/.test(lower)) return { kind: 'team', team: lower.slice(1) };
  return /^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(lower) ? { kind: 'address', address: lower } : undefined;
}
