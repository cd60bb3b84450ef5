import { UserMistake } from '../../errors.ts';
import { type Client, createClient } from '../../github/client.ts';
import { readOriginName, readRepositoryByName } from '../../github/remote.ts';
import { parseRepositoryName, type Repository, type RepositoryName } from '../../github/repository.ts';
import { readOwnLogin } from '../../github/viewer.ts';
import { openLedger } from '../../registry/ledger/branch-ledger.ts';
import type { LedgerStore } from '../../registry/ledger/ledger.ts';
import type { Terminal } from '../command.ts';

/** A repository of GitHub's as the registry of models, and what it is asked with. */
export interface OpenedRegistry {
  readonly client: Client;
  readonly repository: Repository;
  readonly ledger: LedgerStore;
  /** Undefined where nobody gave one: a public repository can be read without. */
  readonly token: string | undefined;
}

/** Which repository a command means. */
export interface RegistryFlags {
  /** `owner/name`, as the flag `--repository` has it. */
  readonly repository?: string | undefined;
  /** A folder of the clone whose `origin` is asked; the working folder without. */
  readonly folder?: string | undefined;
}

type Surroundings = Pick<Terminal, 'environment' | 'signal'>;

/**
 * Opens the registry: the repository of the flag, else GITHUB_REPOSITORY, else what `origin` names; at GITHUB_API_URL,
 * with GITHUB_TOKEN or GH_TOKEN where there is one. Costs one request. Throws UserMistake when nothing names a repository.
 */
export async function openRegistry(terminal: Surroundings, flags: RegistryFlags): Promise<OpenedRegistry> {
  const { environment, signal } = terminal;
  const name = await findRepositoryName(environment, flags);
  const token = readToken(environment);
  const apiUrl = environment['GITHUB_API_URL'] || 'https://api.github.com';
  const client = createClient({ token, apiUrl, signal });
  const repository = await readRepositoryByName(client, name);
  return { client, repository, ledger: openLedger(client, repository, { now: () => new Date() }), token };
}

/** Who acts: in a workflow whoever started it, else whoever the token belongs to. Throws UserMistake without a token. */
export async function readActor({ environment }: Pick<Terminal, 'environment'>, client: Client): Promise<string> {
  const actor = environment['GITHUB_ACTIONS'] === 'true' ? environment['GITHUB_ACTOR'] : undefined;
  if (actor) return actor;
  if (readToken(environment) === undefined) {
    throw new UserMistake({ found: 'nothing says who acts: there is no token', fix: 'Set GITHUB_TOKEN to yours.' });
  }
  return await readOwnLogin(client);
}

/** Who else started the run of this job, again; nobody outside of a workflow. */
export function readOthers(environment: NodeJS.ProcessEnv): string[] {
  const again = environment['GITHUB_ACTIONS'] === 'true' ? environment['GITHUB_TRIGGERING_ACTOR'] : undefined;
  return again && again !== environment['GITHUB_ACTOR'] ? [again] : [];
}

function readToken(environment: NodeJS.ProcessEnv): string | undefined {
  return environment['GITHUB_TOKEN'] || environment['GH_TOKEN'] || undefined;
}

async function findRepositoryName(environment: NodeJS.ProcessEnv, flags: RegistryFlags): Promise<RepositoryName> {
  const given = [
    ['--repository', flags.repository],
    ['GITHUB_REPOSITORY', environment['GITHUB_REPOSITORY'] || undefined],
  ] as const;
  for (const [source, text] of given) {
    if (text === undefined) continue;
    const name = parseRepositoryName(text);
    if (name) return name;
    throw new UserMistake({ found: `${source} is \`${text}\``, fix: 'Write owner/name, as in octo-org/churn.' });
  }
  const origin = await readOriginName(flags.folder ?? '.');
  if (origin) return origin;
  const fix = 'Add --repository owner/name, or run it in a clone whose remote `origin` is on GitHub.';
  throw new UserMistake({ found: 'nothing says which repository this is', fix });
}
