import { UserMistake } from '../errors.ts';
import { git, readFault } from './git.ts';
import { checkSha, OBJECTS } from './objects.ts';

/** Ten minutes: a large history over a slow line. */
const PATIENCE_MS = 10 * 60_000;

export interface FetchCommit {
  /** `https://github.com/owner/name`. */
  readonly remote: string;
  readonly commit: string;
  readonly token?: string;
  /** Also fetches what a shallow checkout lacks of the history, which a merge base needs. */
  readonly history?: boolean;
  readonly signal?: AbortSignal;
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
  try {
    await git(folder, ['fetch', ...plain, ...depth, '--', remote, commit], {
      patience: PATIENCE_MS,
      environment: { ...OBJECTS, ...authorize(wanted) },
      signal: wanted.signal,
    });
  } catch (error) {
    wanted.signal?.throwIfAborted();
    const found = `the commit ${commit} could not be fetched from ${wanted.remote}: ${readFault(error)}`;
    const fix =
      'Check that it is still there, and give the job the permission:\n    permissions:\n      contents: read';
    throw new UserMistake({ found, fix });
  }
}

/** The names of all tags of a repository, asked of the repository itself. Throws a UserMistake when git cannot. */
export async function listRemoteTags(
  folder: string,
  place: Omit<FetchCommit, 'commit' | 'history'>,
): Promise<string[]> {
  try {
    const listed = await git(folder, ['ls-remote', '--tags', '--refs', '--', checkRemote(place.remote)], {
      patience: PATIENCE_MS,
      environment: authorize(place),
      signal: place.signal,
    });
    return listed.split('\n').map((line) => line.replace(/^.*\trefs\/tags\//, ''));
  } catch (error) {
    place.signal?.throwIfAborted();
    const found = `the tags of ${place.remote} could not be read: ${readFault(error)}`;
    throw new UserMistake({ found, fix: 'Give the job the permission:\n    permissions:\n      contents: read' });
  }
}

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
