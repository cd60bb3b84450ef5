import { describeFileFault, UserMistake } from './errors.ts';
import { ISSUES_URL, VERSION } from './identity.ts';
import { stripControls } from './log.ts';

/** What the command line and the actions end with. 130 is what a shell expects after Ctrl-C. */
export const EXIT = { pass: 0, notPass: 1, mistake: 2, bug: 3, interrupted: 130 } as const;

/** Turns anything thrown into words and an exit code: a mistake of the user's, an interruption, or a bug of ours. */
export function describeFailure(error: unknown): { text: string; code: number } {
  if (error instanceof UserMistake) return { text: stripControls(error.message), code: EXIT.mistake };
  const fault = describeFileFault(error);
  const { path } = error as NodeJS.ErrnoException;
  if (fault !== undefined && path) {
    return { text: `${stripControls(path)} cannot be used: ${fault}`, code: EXIT.mistake };
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return {
      text: 'Interrupted. Evidence that was finished is kept; nothing is half-written.',
      code: EXIT.interrupted,
    };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const text = [
    'This is a bug in modelgate, not a mistake of yours. Please report it with the lines below:',
    ISSUES_URL,
    `modelgate ${VERSION}, Node ${process.version}, ${process.platform}-${process.arch}`,
    detail,
  ].join('\n');
  return { text, code: EXIT.bug };
}
