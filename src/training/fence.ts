import { randomBytes } from 'node:crypto';

const NEWLINE = 0x0a;

/** Where the output of one command goes. */
export interface Fence {
  /** Passes bytes of the command on; after `close` they are dropped. */
  write(chunk: Uint8Array): void;
  /** Ends the output. Calling it again does nothing. */
  close(): void;
}

/**
 * Opens the way for the output of a command. On a runner it stands between `::stop-commands::` and a closing line with a
 * token that the command cannot know, so that no line of it is taken for a workflow command.
 * Everything goes through one sink: two streams could overtake each other and end the fence early.
 */
export function openFence(sink: (chunk: Uint8Array) => void, runner: boolean): Fence {
  const token = randomBytes(32).toString('hex');
  let open = true;
  let last = NEWLINE;
  if (runner) sink(Buffer.from(`::stop-commands::${token}\n`));
  return {
    write(chunk) {
      if (!open || chunk.length === 0) return;
      last = chunk[chunk.length - 1] ?? NEWLINE;
      sink(chunk);
    },
    close() {
      if (!open) return;
      open = false;
      const end = last === NEWLINE ? '' : '\n';
      if (runner) sink(Buffer.from(`${end}::${token}::\n`));
      else if (end) sink(Buffer.from(end));
    },
  };
}
