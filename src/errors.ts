/**
 * Three kinds of bad news, and only three:
 * a mistake of the user's (this file: it says where, what was found, what is allowed and what to do),
 * a negative verdict (data, never an exception), and a bug of ours (any other exception).
 */

/** One mistake. `line` and `column` count from 1. */
export interface Problem {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** What was found, as a sentence without a final full stop. */
  readonly found: string;
  /** What would have been allowed, or what to do about it. */
  readonly fix?: string;
}

/** All mistakes that one reading found, reported together. */
export class UserMistake extends Error {
  override readonly name = 'UserMistake';
  readonly problems: readonly Problem[];

  constructor(problems: Problem | readonly Problem[], options?: ErrorOptions) {
    const all = 'found' in problems ? [problems] : problems;
    super(all.map(renderProblem).join('\n'), options);
    this.problems = all;
  }
}

/** Renders `file:line:column: found`, with the fix on a line of its own. */
export function renderProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  const head = place ? `${place}: ${problem.found}` : problem.found;
  return problem.fix ? `${head}\n    ${problem.fix}` : head;
}

/** What was found, all mistakes in one line, without places and fixes. */
export function describeFound({ problems }: UserMistake): string {
  return problems.map(({ found }) => found).join('; ');
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What the operating system says about a file or folder that cannot be used, by its code. */
const FILE_FAULTS: Readonly<Record<string, string>> = {
  EACCES: 'the rights to it are missing',
  EEXIST: 'a file stands where a folder is needed',
  EISDIR: 'it is a folder, not a file',
  ELOOP: 'symbolic links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'its name is too long',
  ENOENT: 'it is not there',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EPERM: 'the operating system does not allow it',
  EROFS: 'the disk can only be read',
};

/** What is wrong with a file, as half a sentence; undefined of anything but a known fault of the file system. */
export function describeFileFault(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code !== undefined && Object.hasOwn(FILE_FAULTS, code) ? FILE_FAULTS[code] : undefined;
}
