import { readActor, readOthers } from '../../cli/registry/opening.ts';
import { UserMistake } from '../../errors.ts';
import type { RunContext } from '../../github/context.ts';
import { readRepositoryByName } from '../../github/remote.ts';
import { parseRepositoryName, type Repository } from '../../github/repository.ts';
import { openLedger } from '../../registry/ledger/branch-ledger.ts';
import type { LedgerStore } from '../../registry/ledger/ledger.ts';
import type { ActingRun } from '../../registry/promotion/asked.ts';
import { type Opened, openGitHub } from '../pull-request/opening.ts';
import type { Shell } from '../shell.ts';

/** A registry in the hands of a job. */
export interface OpenedRegistry extends Opened {
  readonly repository: Repository;
  readonly ledger: LedgerStore;
  /** Who started the run. */
  readonly actor: string;
  /** Who started this attempt of it, where that is somebody else. */
  readonly triggeredBy: readonly string[];
  readonly run: ActingRun;
  readonly now: () => Date;
}

/** Opens the registry of this repository, or of the one that is named: `owner/name`. */
export async function openRegistry(token: string, shell: Shell, named?: string): Promise<OpenedRegistry> {
  const opened = await openGitHub(token, shell);
  const { context, client } = opened;
  const now = () => new Date();
  const repository = await findRepository(opened, named);
  const ledger = openLedger(client, repository, { now });
  const actor = await readActor(shell, client);
  const { runId: id, attempt } = context;
  const run = { id, attempt, url: `${context.serverUrl}/${context.repository.fullName}/actions/runs/${id}` };
  const triggeredBy = readOthers(shell.environment);
  return { ...opened, repository, ledger, actor, triggeredBy, run, now };
}

async function findRepository({ client, context }: Opened, named: string | undefined): Promise<Repository> {
  if (named === undefined || named.toLowerCase() === context.repository.fullName.toLowerCase())
    return context.repository;
  const name = parseRepositoryName(named);
  if (name) return await readRepositoryByName(client, name);
  throw new UserMistake({ found: `the input \`repository\` is \`${named}\``, fix: 'Write owner/name.' });
}

/** The branch that the run is of; undefined of a tag or a pull request. */
export function readBranch({ environment }: Pick<Shell, 'environment'>): string | undefined {
  return /^refs\/heads\/(.+)$/.exec(environment['GITHUB_REF'] ?? '')?.[1];
}

/**
 * Throws UserMistake where the run is not of the default branch. A run of another branch uses the workflow file and the
 * configuration that the branch has, which anybody who may push could have written.
 */
export function requireDefaultBranch(
  shell: Shell,
  { defaultBranch, event }: RunContext,
  allowed: readonly string[],
): void {
  const branch = readBranch(shell);
  if (branch !== defaultBranch) {
    throw new UserMistake({
      found: `this run is of ${branch === undefined ? shell.environment['GITHUB_REF'] : `the branch ${branch}`}`,
      fix: `Start it on ${defaultBranch}: stages change by what was merged only.`,
    });
  }
  if (allowed.includes(event)) return;
  throw new UserMistake({ found: `this run was started by ${event}`, fix: `Start it by ${allowed.join(' or ')}.` });
}
