import { chooseVersion, findPreviousRelease } from '../versions/bump.ts';
import { formatVersionTag, parseVersionTag } from '../versions/grammar.ts';
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
  { released, resumed }: Settled,
): Promise<Choice | { readonly identical: string; readonly tag: string }> {
  const { package: made, bump, prerelease, training, previousTraining } = options;
  const { model } = made;
  const previous = findPreviousRelease(released, model);
  if (resumed) {
    const { version, tag } = resumed;
    return { version, tag, bump: bump ?? 'first', reason: 'A run before had chosen it.', previous };
  }
  const release = previous && (await findPublished(options, survey, previous.tag));
  const previousManifest = previous && release && (await readNamedManifest(options, release, previous.manifest));
  const unreleased = survey.events.filter((event) => !released.includes(event));
  const tags = [...survey.tags, ...unreleased.map(({ tag }) => tag)].filter(
    (tag) => parseVersionTag(tag)?.model === model,
  );
  const question = { model, releases: released, previousManifest, previousTraining, tags, package: made, training };
  const answer = chooseVersion({ ...question, bump, prerelease });
  if ('identical' in answer) return { ...answer, tag: formatVersionTag(model, answer.identical) };
  return { ...answer, tag: formatVersionTag(model, answer.version), previous };
}
