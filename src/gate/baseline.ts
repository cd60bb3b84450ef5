import type { EvaluateConfig, Rule } from '../config/schema/modelgate.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import type { BaselineResult } from '../evidence/schema/verdict.ts';

/** A baseline's predictions, where they are at hand. */
export interface BaselinePredictions {
  /** Absolute. */
  readonly path: string;
  /** The content that they must have: what was scored, or what was released of it. */
  readonly sha256: string;
  /** As their own commit calls their columns; those of today where that is not known. */
  readonly columns?: EvaluateConfig['predictions'];
  /** The operating point that the baseline was measured at. */
  readonly threshold?: number;
}

/** What the search for a baseline came to. `text` says where it was found, or why it is not there. */
export type BaselineLookup =
  | {
      readonly name: string;
      readonly state: 'found';
      readonly text: string;
      readonly evaluation: EvaluationEvidence;
      /** Or why they are not at hand, as half a sentence. */
      readonly predictions?: BaselinePredictions | { readonly reason: string };
      /** First-parent commits from the base to the baseline's; 0 is the base itself. */
      readonly distance?: number;
    }
  | { readonly name: string; readonly state: 'none-yet' | 'unavailable'; readonly text: string };

/** The name of what a rule is `against`: a stage or a version as written, `file:PATH` or `run:PATH`. */
export function nameBaseline(against: NonNullable<Rule['against']>): string {
  if (typeof against === 'string') return against;
  return 'file' in against ? `file:${against.file}` : `run:${against.run}`;
}

/** A lookup as the verdict keeps it. */
export function describeBaseline(lookup: BaselineLookup): BaselineResult {
  const { name, state, text } = lookup;
  const evaluation = lookup.state === 'found' ? lookup.evaluation : undefined;
  return {
    name,
    state,
    text,
    commit: evaluation?.subject.commit ?? null,
    testSet: evaluation?.testSet?.sha256 ?? null,
    ...(lookup.state === 'found' && lookup.distance !== undefined ? { distance: lookup.distance } : {}),
  };
}
