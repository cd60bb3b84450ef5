import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../../config/project.ts';
import { CODE_OWNERS } from '../../governance/code-owners.ts';
import type { PromoteOptions } from '../../registry/promotion/promote.ts';
import { connect, type Opened } from '../pull-request/opening.ts';
import type { Shell } from '../shell.ts';
import { nameFolder } from './branch-config.ts';

/** What is needed to say who may approve: CODEOWNERS of the checkout, and a client that may read teams. */
export async function readPeople(
  shell: Shell,
  { context }: Pick<Opened, 'context'>,
  project: Project,
  teamToken: string,
): Promise<NonNullable<PromoteOptions['people']>> {
  const read = CODE_OWNERS.map((path) => readFile(join(shell.folder, path), 'utf8').catch(() => undefined));
  const codeOwners = (await Promise.all(read)).find((text) => text !== undefined);
  const teamClient = teamToken === '' ? undefined : connect(shell, context, teamToken);
  return { folder: nameFolder(project), codeOwners, teamClient };
}
