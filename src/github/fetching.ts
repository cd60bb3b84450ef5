import { messageOf, UserMistake } from '../errors.ts';
import type { Client } from './client.ts';
import { git, readFault } from './git.ts';
import { checkSha, OBJECTS } from './objects.ts';

/** Ten minutes: a large history over a slow line. */
const PATIENCE_MS = 10 * 60_000;
const TRIES = 3;
/** What git says of a token that may not, and of an address or a commit that is not there. */
const DENIED = /not our ref|not found|Authentication failed|could not read (Username|Password)|returned error: 40[134]/;

export interface FetchCommit {
  /** `https://github.com/owner/name`. */
  readonly remote: string;
  readonly commit: string;
  readonly token?: string;
  /** Also fetches what a shallow checkout lacks of the history, which a merge base needs. */
  readonly history?: boolean;
  readonly signal?: AbortSignal;
  /** Waits before git is asked again after a fault; without it, nothing is asked again. */
  readonly pause?: Client['pause'];
}

/**
 * Fetches a commit by its id into a checkout, and nothing else: no tag, no submodule, no reference, no file in the working
 * tree. GitHub also gives the head of a fork's pull request by the address of the base repository.
 * Throws a UserMistake when git cannot.
 */
export async function fetchCommit(folder: string, wanted: FetchCommit): Promise<void> {
  const commit = checkSha(wanted.commit);
  const remote = checkRemote(wanted.remote);
  const shallow = (await git(folder, ['rev-parse', '--is-shallow-repository'])) === 'true';
  const depth = shallow && wanted.history ? ['--unshallow'] : [];
  const plain = ['--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--no-auto-maintenance', '--quiet'];
  const doing = `the commit ${commit} could not be fetched from ${remote}`;
  await askRemote(folder, ['fetch', ...plain, ...depth, '--', remote, commit], wanted, doing);
}

/** The names of all tags of a repository, asked of the repository itself. Throws a UserMistake when git cannot. */
export async function listRemoteTags(
  folder: string,
  place: Omit<FetchCommit, 'commit' | 'history'>,
): Promise<string[]> {
  const remote = checkRemote(place.remote);
  const doing = `the tags of ${remote} could not be read`;
  const listed = await askRemote(folder, ['ls-remote', '--tags', '--refs', '--', remote], place, doing);
  return listed.split('\n').map((line) => line.replace(/^.*\trefs\/tags\//, ''));
}

/** Runs a command of git's that only reads from a remote; again, a few times, where it fails: many faults pass. */
async function askRemote(
  folder: string,
  args: readonly string[],
  place: Omit<FetchCommit, 'commit' | 'history'>,
  doing: string,
): Promise<string> {
  const { signal, pause } = place;
  const options = { patience: PATIENCE_MS, environment: { ...OBJECTS, ...authorize(place) }, signal };
  for (let attempt = 1; ; attempt++) {
    try {
      return await git(folder, args, options);
    } catch (error) {
      signal?.throwIfAborted();
      // What took all the patience that there is, is not begun anew.
      const { killed } = error as { killed?: boolean };
      if (killed || pause === undefined || attempt === TRIES) {
        const fix = DENIED.test(messageOf(error)) ? GRANT : RERUN;
        throw new UserMistake({ found: `${doing}: ${readFault(error)}`, fix });
      }
      await pause(attempt ** 2);
    }
  }
}

const GRANT = 'Check that it is still there, and give the job the permission:\n    permissions:\n      contents: read';
const RERUN = 'Re-run the job; https://www.githubstatus.com says whether GitHub has trouble.';

/**
 * Configuration by environment: arguments can be read by every process of the machine. An empty header first takes away
 * the one that a checkout left in its configuration, as GitHub refuses two.
 */
function authorize({ remote, token }: Pick<FetchCommit, 'remote' | 'token'>): Record<string, string> {
  if (token === undefined) return {};
  const credential = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: '3',
    GIT_CONFIG_KEY_0: `http.${remote}.extraheader`,
    GIT_CONFIG_VALUE_0: '',
    GIT_CONFIG_KEY_1: `http.${remote}.extraheader`,
    GIT_CONFIG_VALUE_1: `AUTHORIZATION: basic ${credential}`,
    GIT_CONFIG_KEY_2: 'credential.helper',
    GIT_CONFIG_VALUE_2: '',
  };
}

function checkRemote(remote: string): string {
  if (/^(https?|file):\/\/[^\s]+$/.test(remote)) return remote;
  throw new Error('A remote is an address of http, https or file');
}
