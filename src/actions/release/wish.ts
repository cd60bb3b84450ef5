import { UserMistake } from '../../errors.ts';
import type { Ledger } from '../../registry/ledger/ledger.ts';
import { listReleaseEvents } from '../../registry/ledger/queries.ts';
import type { AskedPromotion } from '../../registry/promotion/asked.ts';
import { findNewestVersion } from '../../registry/versions/order.ts';

/** What the job that plans hands to the one that promotes: a promotion, or the issue in which somebody answered. */
export type Wish = Omit<AskedPromotion, 'requestedBy'> | { readonly issue: number };

/** Writes a wish as an output. */
export function renderWish(wish: Wish): string {
  return JSON.stringify(wish);
}

/** Reads a wish from the input `request`. Throws UserMistake of anything else. */
export function parseWish(text: string): Wish {
  const refuse = () => {
    const fix = 'Hand on the output `request` of phase plan.';
    return new UserMistake({ found: 'the input `request` is not what phase plan says', fix });
  };
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse();
  }
  const { issue, model, version, stage, reason } = value ?? {};
  if (typeof issue === 'number' && Number.isSafeInteger(issue)) return { issue };
  if (![model, version, stage, reason].every((one) => typeof one === 'string')) throw refuse();
  return { model: String(model), version: String(version), stage: String(stage), reason: String(reason) };
}

/** The version that is meant: the one that is named, with or without its v, else the newest that is no pre-release. */
export function chooseVersion(ledger: Ledger, model: string, named: string): string {
  if (named !== '') return named.startsWith('v') ? named : `v${named}`;
  const newest = findNewestVersion(listReleaseEvents(ledger, model).map(({ version }) => version));
  if (newest !== undefined) return newest;
  throw new UserMistake({ found: `nothing of ${model} was published yet`, fix: 'Release it first.' });
}
