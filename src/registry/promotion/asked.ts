import type { Problem } from '../../errors.ts';

/** A promotion that somebody wants. */
export interface AskedPromotion {
  readonly model: string;
  /** `v1.4.0` */
  readonly version: string;
  readonly stage: string;
  /** May be empty. */
  readonly reason: string;
  /** The login of who asks; never counts as an approval. */
  readonly requestedBy: string;
}

/** What a refusal is about. */
export type Ground =
  | 'approval'
  | 'changed'
  | 'controls'
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
