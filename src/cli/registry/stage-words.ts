import { UserMistake } from '../../errors.ts';
import { stripControls } from '../../log.ts';
import type { Refusal } from '../../registry/promotion/asked.ts';
import type { Finished } from '../../registry/promotion/finish.ts';
import type { Terminal } from '../command.ts';

/** A reason as a command takes it: one line of at most 4,096 characters, as long as the ledger keeps. */
export function readReason(text: string | undefined): string {
  const reason = (text ?? '').trim();
  if (reason.length <= 4096) return reason;
  const found = `the reason has ${reason.length} characters`;
  throw new UserMistake({ found, fix: 'Write at most 4096; a link to the rest will do.' });
}

/** Every reason why not, with what to do about it. */
export function renderRefusals(what: string, refusals: readonly Refusal[]): string {
  const lines = refusals.map(({ found, fix }) => `- ${found}\n    ${fix}`);
  return stripControls([`Refused: ${what}`, ...lines].join('\n'));
}

/** Tells what was left by others, finished or not. `own` is the tag that the command speaks of itself. */
export function tellFinished({ progress }: Terminal, { placings, left }: Finished, own: string): void {
  for (const { event, notices } of placings) {
    if (event.tag !== own) progress.warn(`${event.tag} was unfinished, and is finished now`);
    for (const notice of notices) progress.warn(notice);
  }
  for (const { tag, found } of left) progress.warn(`${tag} is not finished: ${found}`);
}
