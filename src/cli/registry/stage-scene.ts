import { dirname } from 'node:path';
import { findConfigFile } from '../../config/project.ts';
import { listStages } from '../../config/stages.ts';
import { UserMistake } from '../../errors.ts';
import { readOwnLogin } from '../../github/viewer.ts';
import type { ActingRun } from '../../registry/promotion/asked.ts';
import type { Scene } from '../../registry/promotion/scene.ts';
import { checkVersion } from '../../registry/verify/version.ts';
import type { Terminal } from '../command.ts';
import { type MergedProject, readMergedProject } from './merged-project.ts';
import { openRegistry, readActor } from './opening.ts';
import { openStorage } from './storage.ts';

export interface SceneFlags {
  readonly config: string;
  readonly repository?: string;
  readonly dryRun?: boolean;
}

/** What a command decides and acts with. */
export type StageScene = Scene & Pick<MergedProject, 'people'>;

/** Throws UserMistake where nobody gave a token: a promotion writes, and must say who did. */
export function requireToken(environment: NodeJS.ProcessEnv): void {
  if (environment['GITHUB_TOKEN'] || environment['GH_TOKEN']) return;
  const fix = 'Set GITHUB_TOKEN to one that may write contents, deployments and issues of the repository.';
  throw new UserMistake({ found: 'there is no token', fix });
}

/**
 * What promotions and rollbacks of a command act with: the stages of the default branch's modelgate.yml, GitHub with the
 * user's token, and a check of the version by the digests that GitHub tells. Throws UserMistake where the file is another
 * model's.
 */
export async function openStageScene(terminal: Terminal, model: string, flags: SceneFlags): Promise<StageScene> {
  const folder = dirname(await findConfigFile(flags.config));
  const registry = await openRegistry(terminal, { repository: flags.repository, folder });
  const { client, repository, ledger } = registry;
  const { config, people } = await readMergedProject(terminal, registry, model, flags.config);
  return {
    ...{ client, repository, ledger, people },
    stages: listStages(config),
    actor: await readActor(terminal, client),
    author: await readOwnLogin(client),
    run: readRun(terminal.environment, repository.fullName),
    now: () => new Date(),
    async verify(event) {
      const store = await openStorage(terminal, flags.config, event);
      return await checkVersion(client, repository, event, { depth: 'listed', store, signal: terminal.signal });
    },
    dryRun: flags.dryRun === true,
  };
}

/** Null outside of a workflow, whatever a variable claims. */
function readRun(environment: NodeJS.ProcessEnv, repository: string): ActingRun | null {
  const id = Number(environment['GITHUB_RUN_ID'] || Number.NaN);
  if (environment['GITHUB_ACTIONS'] !== 'true' || !Number.isSafeInteger(id)) return null;
  const server = environment['GITHUB_SERVER_URL'] || 'https://github.com';
  const attempt = Number(environment['GITHUB_RUN_ATTEMPT'] || 1);
  return { id, attempt, url: `${server}/${repository}/actions/runs/${id}` };
}
