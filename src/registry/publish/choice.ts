import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import type { TrainingEvidence } from '../../evidence/schema/training.ts';
import { listAssets } from '../../github/assets.ts';
import { chooseVersion, findPreviousRelease } from '../versions/bump.ts';
import { formatVersionTag, parseVersionTag } from '../versions/grammar.ts';
import { readFormerTraining } from './former-training.ts';
import type { PlannedVersion, PublishOptions } from './options.ts';
import type { Settled } from './settle.ts';
import { findPublished, readNamedManifest, type Survey } from './survey.ts';

export type Choice = PlannedVersion;

/**
 * Chooses the number. An event that this package can still be the release of has it already. Events without a release
 * are no releases to compare with, but their numbers stay taken.
 */
export async function chooseNext(
  options: PublishOptions,
  survey: Survey,
  { released, resumed, withdrawn }: Settled,
): Promise<Choice | { readonly identical: string; readonly tag: string }> {
  const { package: made, bump, prerelease, training } = options;
  const { model } = made;
  const previous = findPreviousRelease(released, model);
  const former = await readFormer(options, survey, previous);
  if (resumed) {
    const { version, tag } = resumed;
    const reason = `A run before had chosen it${bump === undefined ? '' : ', so what is asked for now does not count'}.`;
    return { version, tag, bump: bump ?? 'first', reason, previous, previousInputs: former.training?.inputs };
  }
  const unreleased = survey.events.filter((event) => !released.includes(event));
  const tags = [...survey.tags, ...survey.burnt, ...unreleased.map(({ tag }) => tag)].filter(
    (tag) => parseVersionTag(tag)?.model === model,
  );
  const before = { previousManifest: former.manifest, previousTraining: former.training };
  const question = { model, releases: released, ...before, tags, package: made, training };
  const answer = chooseVersion({ ...question, bump, prerelease });
  if ('identical' in answer) return { ...answer, tag: formatVersionTag(model, answer.identical) };
  const gone = withdrawn.map(
    (event) => ` ${event.version} held the same and was withdrawn: its number is not given again.`,
  );
  const reason = `${answer.reason}${gone.join('')}`;
  const tag = formatVersionTag(model, answer.version);
  return { ...answer, reason, tag, previous, previousInputs: former.training?.inputs };
}

interface Former {
  readonly manifest?: Manifest | undefined;
  readonly training?: TrainingEvidence | undefined;
}

/** What the release before says of itself, as far as it is what the ledger names. */
async function readFormer(
  options: PublishOptions,
  survey: Survey,
  previous: ReleaseEvent | undefined,
): Promise<Former> {
  const found = previous && (await findPublished(options, survey, previous.tag));
  if (previous === undefined || found === undefined) return {};
  const release = { ...found, assets: await listAssets(options.client, options.repository, found.id) };
  const manifest = await readNamedManifest(options, release, previous.manifest);
  const asks = manifest !== undefined && options.training !== undefined;
  return { manifest, training: asks ? await readFormerTraining(options, release, manifest) : undefined };
}
