import type { Problem } from '../errors.ts';
import { JSON_COLUMN, ROW_COLUMN } from './table.ts';

/** More columns than this are refused: SQL over them would take minutes to plan. */
export const MAX_COLUMNS = 10_000;

/**
 * What is wrong with the names of a file's columns. SQL does not tell upper from lower case (of ASCII letters), so two
 * names that differ in nothing else are the same name here.
 */
export function findNameProblems(names: readonly string[], place: { file: string; line?: number }): Problem[] {
  if (names.length > MAX_COLUMNS) {
    return [{ ...place, found: `${names.length} columns; at most ${MAX_COLUMNS} are read` }];
  }
  const seen = new Map<string, string>();
  return names.flatMap((name, index) => {
    const folded = name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    const earlier = seen.get(folded);
    seen.set(folded, name);
    const problem = describe(name, earlier, index + 1);
    return problem ? [{ ...place, ...problem }] : [];
  });
}

function describe(name: string, earlier: string | undefined, position: number): Problem | undefined {
  if (name === '') return { found: `column ${position} has no name`, fix: 'Give every column a name of its own.' };
  if (earlier === name) {
    return { found: `the column ${show(name)} is there twice`, fix: 'Give every column a name of its own.' };
  }
  if (earlier !== undefined) {
    return {
      found: `the columns ${show(earlier)} and ${show(name)} differ in upper and lower case only`,
      fix: 'SQL takes them for one; rename one of them.',
    };
  }
  if (name.includes('\0')) return { found: `the name of column ${position} has a NUL character in it` };
  if ([ROW_COLUMN, JSON_COLUMN].includes(name.toLowerCase())) {
    return { found: `${show(name)} is a name that modelgate uses for itself`, fix: 'Rename this column.' };
  }
  return undefined;
}

function show(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
