import { normaliseLogin } from '../../config/logins.ts';
import type { Problem } from '../../errors.ts';

/** Who asks: their yes never counts as an approval. */
export interface Askers {
  /** The login of who asked. */
  readonly requestedBy: string;
  /** Who else started the run that asked, again. */
  readonly triggeredBy?: readonly string[] | undefined;
}

/** A promotion that somebody wants. */
export interface AskedPromotion extends Askers {
  readonly model: string;
  /** `v1.4.0` */
  readonly version: string;
  readonly stage: string;
  /** May be empty. */
  readonly reason: string;
}

/** All who ask, each once, whoever asked first. */
export function listAskers({ requestedBy, triggeredBy = [] }: Askers): [string, ...string[]] {
  const others = new Map(triggeredBy.map((login) => [normaliseLogin(login), login]));
  others.delete(normaliseLogin(requestedBy));
  return [requestedBy, ...others.values()];
}

/** Whether a login is an app's. A run that an app has started tells nobody which person stands behind it. */
export function isBot(login: string): boolean {
  return login.toLowerCase().endsWith('[bot]');
}

/** What a refusal is about. */
export type Ground =
  | 'approval'
  | 'changed'
  | 'controls'
  | 'prerelease'
  | 'reason'
  | 'release'
  | 'soak'
  | 'stage'
  | 'transition'
  | 'verification'
  | 'version';

/** One reason why not, with what to do about it. */
export interface Refusal extends Required<Pick<Problem, 'found' | 'fix'>> {
  readonly ground: Ground;
}

/** Who runs this: a job of a workflow. */
export interface ActingRun {
  readonly id: number;
  readonly attempt: number;
  readonly url: string;
}
