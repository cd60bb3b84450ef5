/** What a draft of ours says about itself in a hidden line of its notes, until it is published. */
export interface DraftMarker {
  /** The digest of what the version holds, times aside. */
  readonly content: string;
  readonly prerelease: boolean;
  /** The digest of the manifest but for its version: only who has the very same files writes to the draft. */
  readonly key: string;
  /** The run of a workflow that writes to it; null on a laptop. */
  readonly run: number | null;
}

const LINE = /\n*<!-- modelgate:draft (\{[^\n]*\}) -->\n*$/;

/** The notes with the hidden line at their end. Everything in the line is ours: digests, numbers and booleans. */
export function addMarker(notes: string, { content, prerelease, key, run }: DraftMarker): string {
  return `${notes.trimEnd()}\n\n<!-- modelgate:draft ${JSON.stringify({ content, prerelease, key, run })} -->\n`;
}

/** Reads the hidden line; undefined where there is none. */
export function parseMarker(body: string): DraftMarker | undefined {
  const [, json] = LINE.exec(body.replaceAll('\r\n', '\n')) ?? [];
  if (json === undefined) return undefined;
  try {
    const { content, prerelease, key, run } = JSON.parse(json) as Record<string, unknown>;
    if (typeof content !== 'string' || typeof key !== 'string') return undefined;
    return { content, prerelease: prerelease === true, key, run: typeof run === 'number' ? run : null };
  } catch {
    return undefined;
  }
}

/** The notes without the hidden line. */
export function removeMarker(body: string): string {
  return body.replaceAll('\r\n', '\n').replace(LINE, '').trimEnd();
}
