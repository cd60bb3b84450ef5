import semver from 'semver';
import { UserMistake } from '../../errors.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import type { TrainingEvidence } from '../../evidence/schema/training.ts';
import type { Package } from '../package/package.ts';
import { type Bump, type Change, describeChange } from './change.ts';
import { parseVersionTag } from './grammar.ts';
import { findNewestVersion, isPrerelease } from './order.ts';
import { countPrerelease, labelPrerelease } from './prerelease.ts';

/**
 * A model that may be released has passed its gates, and somebody may use it: SemVer calls that 1.0.0, and ranges such as
 * `^1.2` reach over minor versions only from there on.
 */
const FIRST = 'v1.0.0';

export interface VersionQuestion {
  readonly model: string;
  /** The release events of the ledger; those of other models are passed over. */
  readonly releases: readonly ReleaseEvent[];
  /** The manifest of `findPreviousRelease(releases)`. */
  readonly previousManifest?: Manifest | undefined;
  /** How that release was trained, as far as it can still be read: it tells code and parameters apart. */
  readonly previousTraining?: TrainingEvidence | undefined;
  /** All tags of the repository, and those that a deleted release burnt. */
  readonly tags: readonly string[];
  readonly package: Package;
  /** How this model was trained. */
  readonly training?: TrainingEvidence | undefined;
  /** Decides in place of what changed. */
  readonly bump?: Bump | undefined;
  /** A branch's name or a word: makes this a pre-release. */
  readonly prerelease?: string | undefined;
}

export type VersionAnswer =
  | {
      readonly version: string;
      readonly bump: Bump | 'first';
      /** A sentence. */
      readonly reason: string;
    }
  /** The version that holds the same already. */
  | { readonly identical: string };

/** The newest release of a model that is no pre-release: what the next one is compared with. */
export function findPreviousRelease(releases: readonly ReleaseEvent[], model: string): ReleaseEvent | undefined {
  const own = releases.filter((release) => release.model === model);
  const newest = findNewestVersion(own.map(({ version }) => version));
  return own.find(({ version }) => version === newest);
}

/**
 * Chooses the version of a package. Major: callers of the model break. Minor: another model, or made of other data, code or
 * parameters. Patch: the same model in another package. Numbers that a tag or an event has taken are skipped.
 * A pre-release is no obstacle to the release of the same content. Throws UserMistake when the previous manifest is
 * needed and not given.
 */
export function chooseVersion(question: VersionQuestion): VersionAnswer {
  const { model, package: made, prerelease } = question;
  const releases = question.releases.filter((release) => release.model === model);
  const same = releases.find(
    (release) => release.contentDigest === made.contentDigest && release.prerelease === (prerelease !== undefined),
  );
  if (same) return { identical: same.version };
  const taken = new Set([
    ...releases.map(({ version }) => version),
    ...question.tags.flatMap((tag) => {
      const parsed = parseVersionTag(tag);
      return parsed?.model === model ? [parsed.version] : [];
    }),
  ]);
  const { base, bump, reason } = decideStep(question, findPreviousRelease(releases, model), taken);
  let version = base === undefined ? FIRST : raise(base, bump === 'first' ? 'minor' : bump);
  const skipped: string[] = [];
  while (taken.has(version)) {
    skipped.push(version);
    version = raise(version, bump === 'first' ? 'minor' : bump);
  }
  const told = skipped.length > 0 ? `${reason} Skipped, because a tag has it already: ${skipped.join(', ')}.` : reason;
  if (prerelease === undefined) return { version, bump, reason: told };
  return { version: countPrerelease(version, labelPrerelease(prerelease), taken), bump, reason: told };
}

interface Step {
  readonly base: string | undefined;
  readonly bump: Bump | 'first';
  readonly reason: string;
}

function decideStep(question: VersionQuestion, previous: ReleaseEvent | undefined, taken: ReadonlySet<string>): Step {
  const { previousManifest, bump } = question;
  if (!previous) {
    // Versions that another tool registered: ours follow them.
    const base = findNewestVersion([...taken].filter((version) => !isPrerelease(version)));
    const after = base === undefined ? '' : `, after the tag ${base} that was there`;
    return { base, bump: 'first', reason: `This is the first release of ${question.model}${after}.` };
  }
  const base = previous.version;
  if (!previousManifest) {
    if (bump !== undefined) return { base, bump, reason: `A ${bump} version was asked for.` };
    throw new UserMistake({
      found: `the manifest of ${previous.tag} cannot be read, so nobody can say what changed since`,
      fix: 'Say which number to raise: `bump` major, minor or patch.',
    });
  }
  const change = describeChange({ ...question, previous, previousManifest });
  if (bump === undefined || bump === change.bump) return { base, ...change };
  return {
    base,
    bump,
    reason: `A ${bump} version was asked for; by what changed it were ${change.bump}: ${decapitalise(change)}`,
  };
}

function decapitalise({ reason }: Change): string {
  return reason.charAt(0).toLowerCase() + reason.slice(1);
}

function raise(version: string, bump: Bump): string {
  return `v${semver.inc(version, bump)}`;
}
