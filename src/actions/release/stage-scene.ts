import type { Project } from '../../config/project.ts';
import { listStages } from '../../config/stages.ts';
import { type Problem, UserMistake } from '../../errors.ts';
import { readOwnLogin } from '../../github/viewer.ts';
import type { Refusal } from '../../registry/promotion/asked.ts';
import type { Finished } from '../../registry/promotion/finish.ts';
import type { Scene } from '../../registry/promotion/scene.ts';
import { checkVersion } from '../../registry/verify/version.ts';
import type { Shell } from '../shell.ts';
import type { OpenedRegistry } from './opening.ts';
import { openLoggedInStorage, type RegistryLogin } from './storage.ts';

/** What promotions and rollbacks of a job act with. */
export async function createScene(
  shell: Shell,
  registry: OpenedRegistry,
  project: Project,
  login: RegistryLogin,
): Promise<Scene> {
  const { client, repository, ledger, actor, run, now } = registry;
  const { signal } = shell;
  return {
    ...{ client, repository, ledger, actor, run, now },
    stages: listStages(project.config),
    author: await readOwnLogin(client),
    async verify(event) {
      const store = await openLoggedInStorage(shell, project.file, event, { token: registry.token, login });
      return await checkVersion(client, repository, event, { depth: 'listed', store, signal });
    },
  };
}

/** Every reason why not, as one mistake of whoever asked. */
export function refuse(refusals: readonly Refusal[]): UserMistake {
  return new UserMistake(refusals.map(({ found, fix }): Problem => ({ found, fix })));
}

/** Tells what was finished of earlier runs, and what could not be. */
export function reportFinished({ progress, print }: Shell, { placings, left }: Finished): void {
  for (const { event, notices } of placings) {
    print(`${event.tag}: ${event.model} ${event.version} in ${event.stage}.\n`);
    for (const notice of notices) progress.warn(notice);
  }
  for (const { tag, found } of left) progress.warn(`${tag} is not finished: ${found}`);
}
