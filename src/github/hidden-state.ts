import { createHash } from 'node:crypto';

/** Which run something was written by. A run keeps its id when it is run again; the attempt then grows. */
export interface Order {
  readonly runId: number;
  readonly attempt: number;
}

/** What we remember in a hidden line of something that we wrote. */
export interface HiddenState extends Order {
  /** SHA-256 of what readers are to be told of anew, in hexadecimal. */
  readonly digest: string;
}

/** The length of the longest hidden line, with its line break. */
export const STATE_LENGTH = 200;

const LINE = /^<!-- modelgate:state (\{.*\}) -->$/;

/** Renders the hidden line. Everything in it is ours: numbers and hexadecimal digits. */
export function renderState(state: HiddenState): string {
  const { runId, attempt, digest } = state;
  return `<!-- modelgate:state ${JSON.stringify({ run: runId, attempt, digest })} -->`;
}

/** Reads a hidden line of our own. What is not one, or cannot be read, counts as older than everything. */
export function parseState(line: string | undefined): HiddenState {
  const nothing = { runId: 0, attempt: 0, digest: '' };
  const [, json] = LINE.exec(line?.trimEnd() ?? '') ?? [];
  if (json === undefined) return nothing;
  try {
    const { run, attempt, digest } = JSON.parse(json) as Record<string, unknown>;
    return { runId: readCount(run), attempt: readCount(attempt), digest: typeof digest === 'string' ? digest : '' };
  } catch {
    return nothing;
  }
}

/** Negative when `a` is the older one, 0 when both are the same run and attempt. Run ids of a repository grow. */
export function compareOrder(a: Order, b: Order): number {
  return a.runId - b.runId || a.attempt - b.attempt;
}

/** The digest of a text, as the hidden line keeps it. */
export function computeTextDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function readCount(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}
