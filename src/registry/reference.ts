import { IDENTIFIER } from '../config/schema/quantities.ts';
import { UserMistake } from '../errors.ts';
import type { ReleaseEvent } from '../evidence/schema/ledger.ts';
import type { Release } from '../github/releases.ts';
import type { Ledger } from './ledger/ledger.ts';
import { listReleaseEvents, readStages } from './ledger/queries.ts';
import { isVersion, parseStageTag } from './versions/grammar.ts';
import { compareVersions, findNewestVersion, isRange } from './versions/order.ts';
import { isWithdrawn } from './versions/withdrawal.ts';

/** Which version of a model is meant. */
export type Reference = { readonly model: string; readonly text: string } & (
  | { readonly by: 'version'; readonly version: string }
  | { readonly by: 'range'; readonly range: string }
  | { readonly by: 'stage'; readonly stage: string }
  | { readonly by: 'latest' }
);

/** What a release has to tell for a version to be found by it. */
export type PublishedRelease = Pick<Release, 'tagName' | 'draft'>;

const FORMS =
  'Write a version, a range, a stage or `latest`: churn@v1.4.0, churn@^1.2, churn@production, churn@latest.';
const SHAPE = new RegExp(`^(?<model>${IDENTIFIER})@(?<what>.{1,128})$`);
const STAGE = new RegExp(`^${IDENTIFIER}$`);

/** Reads `churn@v1.4.0`, `churn@^1.2`, `churn@production` or `churn@latest`. Throws UserMistake of anything else. */
export function parseReference(text: string): Reference {
  const { model, what } = SHAPE.exec(text)?.groups ?? {};
  if (model === undefined || what === undefined) {
    throw new UserMistake({ found: `\`${text.slice(0, 200)}\` names no version of a model`, fix: FORMS });
  }
  const about = { model, text };
  if (what === 'latest') return { ...about, by: 'latest' };
  const version = what.startsWith('v') ? what : `v${what}`;
  if (isVersion(version)) return { ...about, by: 'version', version };
  // A name such as `x` is a range too; only what begins like a number or an operator is taken for one.
  if (/^v?[\d^~<>=*]/.test(what) && isRange(what)) return { ...about, by: 'range', range: what };
  if (STAGE.test(what)) return { ...about, by: 'stage', stage: what };
  throw new UserMistake({ found: `\`${text}\` names neither a version nor a range nor a stage`, fix: FORMS });
}

/**
 * The version that is meant. Of a range and of `latest`, the highest whose release is published and that was not withdrawn;
 * pre-releases only where the range names one. Of a stage, what the ledger put there last, which must not be older than the
 * newest tag of the stage: a ledger that was cut off would name a version that was replaced. `tags` are the names of all
 * tags of the model. Throws UserMistake, with what there is instead.
 */
export function resolveReference(
  reference: Reference,
  ledger: Ledger,
  releases: readonly PublishedRelease[],
  tags: ReadonlySet<string>,
): ReleaseEvent {
  const { model, text } = reference;
  const all = listReleaseEvents(ledger, model);
  const open = new Set(releases.filter(({ draft }) => !draft).map(({ tagName }) => tagName));
  const published = all.filter(({ tag }) => open.has(tag));
  const version = chooseVersion(reference, ledger, published, tags);
  const event = published.find((one) => one.version === version);
  if (event !== undefined) return event;
  const accepted = all.some((one) => one.version === version);
  const found = accepted
    ? `${model}@${version} is in the ledger, but its release is not published`
    : `there is no version \`${text}\``;
  throw new UserMistake({ found, fix: accepted ? UNFINISHED : describePublished(model, published) });
}

const UNFINISHED = 'Run the publishing again: it finishes what it began. A release that was deleted cannot come back.';

function chooseVersion(
  reference: Reference,
  ledger: Ledger,
  published: readonly ReleaseEvent[],
  tags: ReadonlySet<string>,
): string | undefined {
  const versions = published.filter(({ tag }) => !isWithdrawn(tag, tags)).map(({ version }) => version);
  if (reference.by === 'version') return reference.version;
  if (reference.by === 'latest') return findNewestVersion(versions);
  if (reference.by === 'range') return findNewestVersion(versions, reference.range);
  const stages = readStages(ledger, reference.model);
  const placing = stages.get(reference.stage);
  const newest = findNewestTag(reference.model, reference.stage, tags);
  if (newest !== undefined && newest.counter > (placing?.counter ?? 0)) {
    throw new UserMistake({
      found: `the tag ${newest.name} is newer than what the ledger knows of \`${reference.text}\` (${placing?.tag ?? 'nothing'})`,
      fix: 'Run modelgate verify --ledger: it says whether events are missing. Until then name a version in full.',
    });
  }
  if (placing !== undefined) return placing.version;
  const names = [...stages.keys()].map((name) => `${reference.model}@${name}`).join(', ');
  const fix = names === '' ? 'Nothing was promoted to any stage yet.' : `There is ${names}.`;
  throw new UserMistake({ found: `nothing was ever put into \`${reference.text}\``, fix });
}

/** The stage tag with the highest counter. */
function findNewestTag(model: string, stage: string, tags: ReadonlySet<string>) {
  let newest: { readonly name: string; readonly counter: number } | undefined;
  for (const name of tags) {
    const tag = parseStageTag(name);
    if (tag?.model !== model || tag.stage !== stage || tag.counter < (newest?.counter ?? 0)) continue;
    newest = { name, counter: tag.counter };
  }
  return newest;
}

function describePublished(model: string, published: readonly ReleaseEvent[]): string {
  const newest = published
    .map(({ version }) => version)
    .sort((a, b) => compareVersions(b, a))
    .slice(0, 5);
  if (newest.length === 0) return `No version of ${model} is published in this repository.`;
  return `The newest are ${newest.map((version) => `${model}@${version}`).join(', ')}.`;
}
