import { findReleaseEvent, readStages } from '../../registry/ledger/queries.ts';
import type { AskedPromotion } from '../../registry/promotion/asked.ts';
import { type Promoted, type PromoteOptions, promote } from '../../registry/promotion/promote.ts';
import { openRequest } from '../../registry/promotion/request-issue.ts';
import type { Shell } from '../shell.ts';
import { answer, findAnswered } from './answering.ts';
import { findProject } from './branch-config.ts';
import { readPromoteInputs } from './inputs.ts';
import { type OpenedRegistry, openRegistry, requireDefaultBranch } from './opening.ts';
import { readPeople } from './people.ts';
import { createScene, refuse, reportFinished } from './stage-scene.ts';
import { chooseVersion, parseWish, renderWish } from './wish.ts';

type Inputs = ReturnType<typeof readPromoteInputs>;

/** Plans a promotion and asks for the approvals that are missing, or does what was planned. */
export async function runPromote(shell: Shell): Promise<void> {
  const inputs = readPromoteInputs(shell.getInput);
  const registry = await openRegistry(inputs.token, shell);
  requireDefaultBranch(shell, registry.context, ['workflow_dispatch', 'issue_comment']);
  if (inputs.phase === 'plan') await plan(shell, registry, inputs);
  else await act(shell, registry, inputs);
}

async function plan(shell: Shell, registry: OpenedRegistry, inputs: Inputs): Promise<void> {
  if (registry.context.event === 'issue_comment') {
    const issue = await findAnswered(registry);
    if (issue === undefined) shell.print('The comment answers no request of ours.\n');
    shell.setOutputs({
      proceed: String(issue !== undefined),
      environment: '',
      request: issue === undefined ? '' : renderWish({ issue }),
    });
    return;
  }
  const { config } = await findProject(shell, inputs.configs, inputs.model);
  const version = chooseVersion(await registry.ledger.read(), config.model, inputs.version);
  const wish = { model: config.model, version, stage: inputs.stage, reason: inputs.reason };
  const options = await gather(shell, registry, inputs, { ...wish, requestedBy: registry.actor });
  const result = await promote({ ...options, dryRun: true });
  const waits = result.state === 'refused' ? result.waits : undefined;
  if (result.state === 'refused' && waits === undefined) throw refuse(result.refusals);
  if (waits === 'issue') await ask(shell, options);
  const environment = options.stages.find(({ name }) => name === wish.stage)?.environment ?? '';
  shell.setOutputs({
    proceed: String(waits !== 'issue'),
    environment: waits === 'environment' ? environment : '',
    request: renderWish(wish),
  });
}

async function act(shell: Shell, registry: OpenedRegistry, inputs: Inputs): Promise<void> {
  const wish = parseWish(inputs.request);
  if ('issue' in wish) {
    const result = await answer(shell, registry, inputs, wish.issue);
    if (result) report(shell, result);
    return;
  }
  const options = await gather(shell, registry, inputs, { ...wish, requestedBy: registry.actor });
  const result = await promote(options);
  // The reviewers of the environment were not enough: others are asked as well.
  if (result.state === 'refused' && result.waits === 'issue') await ask(shell, options);
  else report(shell, result);
}

async function gather(
  shell: Shell,
  registry: OpenedRegistry,
  { configs, teamToken }: Inputs,
  asked: AskedPromotion,
): Promise<PromoteOptions> {
  const project = await findProject(shell, configs, asked.model);
  const people = await readPeople(shell, registry, project, teamToken);
  return { ...(await createScene(shell, registry, project)), asked, people };
}

/** Opens the issue in which somebody can agree; the same wish of the same person has one. */
async function ask(shell: Shell, { asked, author, client, ledger, repository, run, stages }: PromoteOptions) {
  const read = await ledger.read();
  const stage = stages.find(({ name }) => name === asked.stage);
  const release = findReleaseEvent(read, asked.model, asked.version);
  if (!stage || !release) throw new Error('an approval is asked for what is not there');
  const live = readStages(read, asked.model).get(asked.stage)?.version ?? null;
  const issue = await openRequest(client, repository, { request: { ...asked, run }, stage, release, live, author });
  shell.print(`An approval is missing. Somebody else comments /approve here: ${issue.url}\n`);
  await shell.postSummary(
    `## An approval is missing\n\nSomebody else comments \`/approve\` in [the issue](${issue.url}).\n`,
  );
  shell.setOutputs({ issue: issue.url });
}

/** Says what came of it, in the log and as outputs. */
function report(shell: Shell, result: Promoted): void {
  if (result.state === 'refused') throw refuse(result.refusals);
  if (result.state === 'allowed') throw new Error('nothing was done, and nobody asked for that');
  const { version, tag, counter } = result.event;
  reportFinished(shell, result.finished);
  if (result.state === 'live') shell.print(`${version} is in ${result.event.stage} already.\n`);
  if (result.state === 'replaced') shell.print(`${version} was put there, and another version has come since.\n`);
  shell.setOutputs({ version, tag, counter: String(counter) });
}
