import { UserMistake } from '../../errors.ts';
import { REAL_DELAYS, waitSeconds } from '../../github/delays.ts';
import { renderHubCard } from './card.ts';
import { findOwnCommit, holdsFiles, writeCommit } from './commit.ts';
import { checkPaths, type HubPush } from './copy.ts';
import { createHubTag, type HubRepository, readHubState } from './history.ts';
import { explainHubFault, readStatus } from './refusal.ts';
import { checkHubUrl, createHubFetch } from './transport.ts';

export interface HubPushed {
  /** The version's page on the Hub. */
  readonly url: string;
  readonly commit: string;
}

/** Others that push at the same moment are given way this often. */
const TRIES = 4;
/**
 * Copies a version to a model repository of the Hugging Face Hub: one commit with the card as README.md, the files, and
 * a pointer back to the release, and a tag of the version on it. Files that the version before had, and this one has
 * not, are deleted; what else lies in the repository stays. Run again, it finds its commit and its tag and does nothing.
 * Throws UserMistake.
 */
export async function pushToHub(options: HubPush): Promise<HubPushed> {
  const hubUrl = checkHubUrl(options.hubUrl ?? 'https://huggingface.co');
  const { repository: name, token, signal, version, files, delays = REAL_DELAYS } = options;
  const ask = createHubFetch({ hubUrl, fetch: options.fetch ?? fetch, delays, signal });
  const repository: HubRepository = { name, hubUrl, token, fetch: ask };
  checkPaths(files);
  const card = renderHubCard(options.card ?? '', options);
  const step = options.progress.start(`copying ${options.model} ${version} to ${name}`);
  try {
    const commit = await findOrCommit(repository, options, card, (seconds) => waitSeconds(delays, seconds, signal));
    step.done(`${options.model} ${version} is at ${hubUrl}/${name}`);
    return { url: `${hubUrl}/${name}/tree/${encodeURIComponent(version)}`, commit };
  } catch (error) {
    step.fail();
    throw explainHubFault(error, name, hubUrl);
  }
}

async function findOrCommit(
  repository: HubRepository,
  push: HubPush,
  card: string,
  pause: (seconds: number) => Promise<void>,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const { head, tags } = await readHubState(repository);
    const tagged = tags.get(push.version);
    const found = await findOwnCommit(repository, push, tagged ?? head);
    if (tagged !== undefined) {
      if (found === tagged) return tagged;
      throw new UserMistake({
        found: `${repository.name} has a tag ${push.version} that is not ${push.model} of this release`,
        fix: 'Give each model a repository of its own on the Hub, or delete the tag there.',
      });
    }
    try {
      const commit = found ?? (await writeCommit(repository, push, card, head));
      if (found === undefined && !(await holdsFiles(repository, push, commit))) throw new UserMistake(CHANGED);
      await createHubTag(repository, push.version, commit, `${push.model} ${push.version}: ${push.releaseUrl}`);
      return commit;
    } catch (error) {
      push.signal?.throwIfAborted();
      // Somebody was faster (412), or the answer was lost: the next look tells.
      const status = readStatus(error);
      const passes = status === 412 || (status === undefined ? error instanceof TypeError : status >= 500);
      if (!passes || attempt === TRIES) throw error;
      await pause(attempt ** 2);
    }
  }
}

const CHANGED = {
  found: 'the files of the model changed while they were copied to the Hub',
  fix: 'Let nothing write to them meanwhile, and run this again.',
};
