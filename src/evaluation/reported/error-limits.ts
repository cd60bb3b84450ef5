import { USUAL_TAIL } from '../../config/usual-level.ts';
import type { Limits } from '../../statistics/limits.ts';
import { findNormalLimit } from '../../statistics/normal.ts';

/** A number with its standard error, as a file claims both. */
export interface ClaimedError {
  /** As the file calls the metric, without its filter: `acc_norm`. */
  readonly name: string;
  readonly value: number;
  /** Rows; undefined where the file does not say. */
  readonly n: number | undefined;
  readonly error: unknown;
}

/** What lm-evaluation-harness calls a mean of rows that are right or wrong, and of nothing between. */
const RIGHT_OR_WRONG = /^(acc|acc_norm|exact_match)$/;
/**
 * So many times the binomial error is the least that is believed. Of rows that are right or wrong the error is the binomial
 * one, and a group of tasks that differ has a smaller one: half of it would need tasks of almost only right or wrong rows.
 * Of other means in 0 to 1 it can be far smaller; at a tenth the rows would spread by at most a tenth of what such a mean allows.
 */
const LEAST_SHARE = { rightOrWrong: 0.5, other: 0.1 };
/** No benchmark has more; a file that does not tell its rows has at most so many. */
const MOST_ROWS = 1e9;

/** Normal limits at 95 % from a standard error; none where the file’s own rows deny that error. */
export function computeErrorLimits(
  claim: ClaimedError,
): { readonly limits: Limits; readonly method: string } | { readonly noLimits: string } {
  const { value, error } = claim;
  if (typeof error !== 'number') return { noLimits: 'the file has no standard error of it' };
  const fault = error > 0 && Number.isFinite(error) ? findErrorFault({ ...claim, error }) : '';
  if (fault !== undefined) return { noLimits: `its standard error in the file is ${error}${fault}` };
  const half = findNormalLimit(USUAL_TAIL) * error;
  return { limits: { low: value - half, high: value + half }, method: 'normal, from the reported standard error' };
}

function findErrorFault({ name, value, n, error }: ClaimedError & { readonly error: number }): string | undefined {
  if (n !== undefined && n < 2) return `, and it rests on ${n === 1 ? '1 row' : 'no rows'}: that tells no error`;
  if (value - error === value) return ', too small to tell from 0';
  const isRightOrWrong = RIGHT_OR_WRONG.test(name);
  if (isRightOrWrong && (value === 0 || value === 1)) return ', and where all rows are alike that tells nothing';
  if (!(value > 0 && value < 1)) return undefined;
  const rows = n ?? MOST_ROWS;
  const least = LEAST_SHARE[isRightOrWrong ? 'rightOrWrong' : 'other'] * Math.sqrt((value * (1 - value)) / rows);
  if (error >= least) return undefined;
  return `, far too small for ${n === undefined ? 'any number of rows' : `${n} rows`}: at least ${least.toPrecision(2)} is believed`;
}
