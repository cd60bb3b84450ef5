import { UserMistake } from '../../errors.ts';
import type { Ledger } from '../../registry/ledger/ledger.ts';
import { listReleaseEvents } from '../../registry/ledger/queries.ts';
import type { ActingRun } from '../../registry/promotion/asked.ts';
import { type PromotionRequest, parseAsked } from '../../registry/promotion/request.ts';
import { findNewestVersion } from '../../registry/versions/order.ts';

/** What the job that plans hands to the one that promotes: a promotion, or the issue in which somebody answered. */
export type Wish = PromotionRequest | { readonly issue: number };

/** Writes a wish as an output. */
export function renderWish(wish: Wish): string {
  return JSON.stringify(wish);
}

/** Reads a wish from the input `request`. Throws UserMistake of anything else. */
export function parseWish(text: string): Wish {
  const { issue } = parseIssue(text);
  if (typeof issue === 'number' && Number.isSafeInteger(issue)) return { issue };
  const request = parseAsked(text);
  if (request !== undefined) return request;
  throw new UserMistake({ found: 'the input `request` is not what phase plan says', fix: FIX });
}

const FIX = 'Hand on the output `request` of phase plan.';

function parseIssue(text: string): { readonly issue?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** The promotion that a job of this run has planned. Throws UserMistake of that of another run. */
export function requireRequest(wish: Wish, { id, attempt }: ActingRun): PromotionRequest {
  if ('run' in wish && wish.run.id === id && wish.run.attempt <= attempt) return wish;
  throw new UserMistake({ found: 'the input `request` is not of this run', fix: FIX });
}

/** The version that is meant: the one that is named, with or without its v, else the newest that is no pre-release. */
export function chooseVersion(ledger: Ledger, model: string, named: string): string {
  if (named !== '') return named.startsWith('v') ? named : `v${named}`;
  const newest = findNewestVersion(listReleaseEvents(ledger, model).map(({ version }) => version));
  if (newest !== undefined) return newest;
  throw new UserMistake({ found: `nothing of ${model} was published yet`, fix: 'Release it first.' });
}
