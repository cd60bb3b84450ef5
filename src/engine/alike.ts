import { type Problem, UserMistake } from '../errors.ts';
import type { TableFile } from './table.ts';

/** So many files that differ are named; the rest is counted. */
const SHOWN = 5;

/** One of the files of a table, and what must be the same in all of them. */
export interface Likeness {
  readonly file: TableFile;
  /** The columns, each as messages show it. */
  readonly columns: readonly string[];
}

/** Throws UserMistake with the files whose columns are not those of the first one. */
export function requireAlike([first, ...others]: readonly Likeness[]): void {
  if (!first) return;
  const problems = others.flatMap(({ file, columns }): Problem[] => {
    const found = findDifference(first, columns);
    return found === undefined
      ? []
      : [{ file: file.name, found, fix: 'All files of a data set have the same columns.' }];
  });
  if (problems.length === 0) return;
  const rest = problems.length - SHOWN;
  const [one] = others;
  const more = rest > 0 && one ? [{ file: first.file.name, found: `${rest} more files have other columns` }] : [];
  throw new UserMistake([...problems.slice(0, SHOWN), ...more]);
}

function findDifference(first: Likeness, columns: readonly string[]): string | undefined {
  const index = Math.max(first.columns.length, columns.length) - 1;
  const at = Array.from({ length: index + 1 }, (_, place) => place).find(
    (place) => first.columns[place] !== columns[place],
  );
  if (at === undefined) return undefined;
  const show = (name: string | undefined) => (name === undefined ? 'not there' : JSON.stringify(name.slice(0, 80)));
  return `column ${at + 1} is ${show(columns[at])}, and in ${first.file.name} it is ${show(first.columns[at])}`;
}
