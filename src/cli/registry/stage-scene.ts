import { listStages } from '../../config/stages.ts';
import { UserMistake } from '../../errors.ts';
import { readOwnLogin } from '../../github/viewer.ts';
import { openProject } from '../../pipeline/run.ts';
import type { ActingRun } from '../../registry/promotion/asked.ts';
import type { Scene } from '../../registry/promotion/scene.ts';
import { checkVersion } from '../../registry/verify/version.ts';
import type { Terminal } from '../command.ts';
import { openRegistry, readActor } from './opening.ts';
import { openStorage } from './storage.ts';

export interface SceneFlags {
  readonly config: string;
  readonly repository?: string;
  readonly dryRun?: boolean;
}

/**
 * What promotions and rollbacks of a command act with: the stages of the modelgate.yml that is here, GitHub with the
 * user's token, and a check of the version by the digests that GitHub tells. Throws UserMistake without a token, and where
 * the file is another model's.
 */
export async function openStageScene(terminal: Terminal, model: string, flags: SceneFlags): Promise<Scene> {
  const { project } = await openProject(flags.config);
  if (project.config.model !== model) {
    const found = `${project.file} is of the model ${project.config.model}, and ${model} was asked for`;
    throw new UserMistake({ found, fix: `Name the modelgate.yml of ${model} with --config.` });
  }
  const { client, repository, ledger, token } = await openRegistry(terminal, {
    repository: flags.repository,
    folder: project.folder,
  });
  if (token === undefined) {
    const fix = 'Set GITHUB_TOKEN to one that may write contents, deployments and issues of the repository.';
    throw new UserMistake({ found: 'there is no token', fix });
  }
  return {
    ...{ client, repository, ledger },
    stages: listStages(project.config),
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

/** Null outside of a workflow. */
function readRun(environment: NodeJS.ProcessEnv, repository: string): ActingRun | null {
  const id = Number(environment['GITHUB_RUN_ID'] || Number.NaN);
  if (!Number.isSafeInteger(id)) return null;
  const server = environment['GITHUB_SERVER_URL'] || 'https://github.com';
  const attempt = Number(environment['GITHUB_RUN_ATTEMPT'] || 1);
  return { id, attempt, url: `${server}/${repository}/actions/runs/${id}` };
}
