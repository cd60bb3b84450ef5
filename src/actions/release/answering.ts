import { readOwnLogin } from '../../github/viewer.ts';
import type { Promoted } from '../../registry/promotion/promote.ts';
import { answerRequest } from '../../registry/promotion/request-answer.ts';
import { readRequest } from '../../registry/promotion/request-issue.ts';
import type { Shell } from '../shell.ts';
import { findProject } from './branch-config.ts';
import type { readPromoteInputs } from './inputs.ts';
import type { OpenedRegistry } from './opening.ts';
import { readPeople } from './people.ts';
import { createScene } from './stage-scene.ts';

/** The number of the issue that was commented on, where it is a request of ours; undefined of any other. */
export async function findAnswered({ client, repository, context }: OpenedRegistry): Promise<number | undefined> {
  const number = readIssueNumber(context.payload);
  if (number === undefined) return undefined;
  const read = await readRequest(client, repository, { number, author: await readOwnLogin(client) });
  return read.state === 'open' || read.state === 'edited' ? number : undefined;
}

/** Does what the comments of a request come to; undefined where nothing is promoted. */
export async function answer(
  shell: Shell,
  registry: OpenedRegistry,
  inputs: ReturnType<typeof readPromoteInputs>,
  number: number,
): Promise<Promoted | undefined> {
  const { client, repository } = registry;
  const read = await readRequest(client, repository, { number, author: await readOwnLogin(client) });
  const model = read.state === 'open' ? read.request.model : '';
  const [first = ''] = inputs.configs;
  const project = await findProject(shell, model === '' ? [first] : inputs.configs, model);
  const people = await readPeople(shell, registry, project, inputs.teamToken);
  const answered = await answerRequest({
    ...(await createScene(shell, registry, project, inputs.login)),
    people,
    number,
    workflowPath: registry.context.workflowPath,
    defaultBranch: registry.context.defaultBranch,
  });
  if (answered.state === 'promotion') return answered.result;
  const words = {
    rejected: () => ('by' in answered ? `${answered.by} rejected it.` : ''),
    waiting: () => ('reason' in answered ? `It waits: ${answered.reason}.` : ''),
    forged: () => ('reason' in answered ? `The issue is no request: ${answered.reason}.` : ''),
    edited: () => 'The request was edited after it was opened, so it counts no more.',
    ended: () => 'The request was decided before.',
  };
  shell.print(`${words[answered.state]()}\n`);
  return undefined;
}

/** Of an event for a comment on an issue; a pull request is none. */
function readIssueNumber(payload: unknown): number | undefined {
  const { issue } = (payload ?? {}) as { issue?: { number?: unknown; pull_request?: unknown } };
  const number = issue?.number;
  return typeof number === 'number' && Number.isSafeInteger(number) && !issue?.pull_request ? number : undefined;
}
