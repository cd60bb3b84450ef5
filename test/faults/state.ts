import type { World } from './world.ts';

/** What people see of a pull request's verdict. */
export interface Seen {
  readonly comments: readonly string[];
  readonly checks: readonly SeenCheck[];
}

export interface SeenCheck {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  /** Title and summary. */
  readonly text: string;
  /** Each one once: a request that is delivered twice appends them twice, and nothing takes them back. */
  readonly annotations: readonly string[];
}

/** Reads the comments and the checks as they are, without what differs from run to run. */
export function see({ repository, head, github }: World): Seen {
  const mask = (text: string) =>
    text
      .replaceAll(github.serverUrl, 'SERVER')
      .replaceAll(/<!-- modelgate:state .*? -->/g, 'STATE')
      .replaceAll(/\/actions\/runs\/\d+/g, '/actions/runs/RUN')
      // When documents were written, how long it took, and the digests that both go into.
      .replaceAll(/^\| (Evaluation|Verdict|Together) \|.*$/gm, 'DOCUMENT');
  const checks = repository.inspect.checkRuns(head.sha).map(({ name, status, conclusion, output }) => {
    const annotations = [...new Set(output.annotations.map((one) => JSON.stringify(one)))].sort();
    return { name, status, conclusion, text: mask(`${output.title}\n${output.summary}`), annotations };
  });
  const comments = repository.inspect.comments(head.number).map(({ body }) => mask(body));
  return { comments: comments.sort(), checks: checks.sort((a, b) => a.name.localeCompare(b.name)) };
}

/** What may be there beside what should be. */
export interface Allowed {
  /** A check twice, where both say the same. */
  readonly twins: boolean;
  /** Annotations of an earlier attempt, which nothing takes back. */
  readonly leftovers: boolean;
}

/** How a state differs from the one that should be, in a line; undefined where it does not. */
export function findDifference(seen: Seen, clean: Seen, { twins, leftovers }: Allowed): string | undefined {
  const list = ({ comments, checks }: Seen) => {
    const shown = checks.map(({ annotations, ...check }) => JSON.stringify([check, leftovers ? [] : annotations]));
    return [...comments, ...(twins ? new Set(shown) : shown)];
  };
  const [now, wanted] = [list(seen), list(clean)];
  if (now.length !== wanted.length)
    return `${now.length} comments and checks are there, and should be ${wanted.length}`;
  const at = wanted.findIndex((one, index) => one !== now[index]);
  if (at >= 0) return `this is seen: ${cut(now[at], wanted[at])}, and this should be: ${cut(wanted[at], now[at])}`;
  const all = new Set(seen.checks.flatMap(({ annotations }) => annotations));
  const missing = clean.checks.flatMap(({ annotations }) => annotations).find((one) => !all.has(one));
  return missing === undefined ? undefined : `this annotation is missing: ${missing}`;
}

/** A text from shortly before the place where it begins to differ. */
function cut(text = '', other = ''): string {
  const at = [...text].findIndex((letter, index) => letter !== other[index]);
  return JSON.stringify(text.slice(Math.max(0, at - 40), at + 80));
}
