import type { JudgedBy } from '../../evidence/schema/verdict.ts';
import { formatCommit, formatDigest } from '../numbers.ts';

/** Whose rules judged, in words. */
export interface Judging {
  /** True where the head's own files judged because the base has none. */
  readonly bootstrap: boolean;
  readonly sentence: string;
}

/** Says whose files judged; undefined where the working copy judged itself. `base` is the name of the base branch. */
export function describeJudging(judgedBy: JudgedBy | undefined, base = 'the base'): Judging | undefined {
  if (judgedBy === undefined) return undefined;
  const { side, commit, config, bootstrap } = judgedBy;
  const from = `${formatCommit(commit)} (modelgate.yml ${formatDigest(config)})`;
  if (bootstrap) {
    return {
      bootstrap,
      sentence:
        `Bootstrap: ${base} has no modelgate.yml yet, so this change was judged by its own rules, ` +
        `at ${from}. They prove nothing until an owner approves them: that approval is required.`,
    };
  }
  const own = `Judged by its own rules, at ${from}: there is no base to judge it by.`;
  return {
    bootstrap,
    sentence: side === 'base' ? `Judged by the rules of ${base} at ${from}, not by its own.` : own,
  };
}
