import { readOwnLogin } from '../../github/viewer.ts';
import { listAskers } from '../../registry/promotion/asked.ts';
import { findPlaced } from '../../registry/promotion/place.ts';
import { type Promoted, type PromoteOptions, promote } from '../../registry/promotion/promote.ts';
import type { PromotionRequest } from '../../registry/promotion/request.ts';
import type { Shell } from '../shell.ts';
import { answer, findAnswered } from './answering.ts';
import { ask, writeRecord } from './asking.ts';
import { findProject } from './branch-config.ts';
import { readPromoteInputs } from './inputs.ts';
import { type OpenedRegistry, openRegistry, requireDefaultBranch } from './opening.ts';
import { readPeople } from './people.ts';
import { createScene, refuse, reportFinished } from './stage-scene.ts';
import { chooseVersion, parseWish, renderWish, requireRequest } from './wish.ts';

type Inputs = ReturnType<typeof readPromoteInputs>;

/** Plans a promotion and asks for the approvals that are missing, or does what was planned. */
export async function runPromote(shell: Shell): Promise<void> {
  const inputs = readPromoteInputs(shell.getInput);
  const registry = await openRegistry(inputs.token, shell);
  requireDefaultBranch(shell, registry.context, ['workflow_dispatch', 'issue_comment']);
  if (inputs.phase === 'plan') await plan(shell, registry, inputs);
  else if (inputs.phase === 'ask') await askFor(shell, registry, inputs);
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
  const { actor: requestedBy, triggeredBy, run } = registry;
  const { model } = config;
  const { stage, reason } = inputs;
  const ledger = await registry.ledger.read();
  // Another attempt of a run wants what the first one put there, whatever is the newest by now.
  const version = findPlaced(ledger, run, model, stage)?.version ?? chooseVersion(ledger, model, inputs.version);
  const others = triggeredBy.length > 0 && { triggeredBy: [...triggeredBy] };
  const request: PromotionRequest = { model, version, stage, reason, requestedBy, ...others, run };
  const options = await gather(shell, registry, inputs, request);
  const result = await promote({ ...options, dryRun: true });
  const waits = result.state === 'refused' ? result.waits : undefined;
  if (result.state === 'refused' && waits === undefined) throw refuse(result.refusals);
  const environment = options.stages.find(({ name }) => name === stage)?.environment ?? '';
  shell.setOutputs({
    proceed: String(waits !== 'issue'),
    environment: waits === 'environment' ? environment : '',
    request: renderWish(request),
    ask: String(waits === 'issue'),
    record: waits === undefined ? '' : await writeRecord(shell, options, request),
  });
}

/** Asks in an issue, after the workflow has kept the request. */
async function askFor(shell: Shell, registry: OpenedRegistry, inputs: Inputs): Promise<void> {
  const { client, repository, run } = registry;
  const request = requireRequest(parseWish(inputs.request), run);
  await ask(shell, { client, repository, author: await readOwnLogin(client) }, request);
}

async function act(shell: Shell, registry: OpenedRegistry, inputs: Inputs): Promise<void> {
  const wish = parseWish(inputs.request);
  if ('issue' in wish) {
    const result = await answer(shell, registry, inputs, wish.issue);
    if (result) report(shell, result);
    return;
  }
  const request = requireRequest(wish, registry.run);
  const options = await gather(shell, registry, inputs, request);
  const result = await promote(options);
  // The reviewers of the environment were not enough: others are asked as well.
  if (result.state === 'refused' && result.waits === 'issue') await ask(shell, options, request);
  else report(shell, result);
}

async function gather(
  shell: Shell,
  registry: OpenedRegistry,
  { configs, teamToken, login }: Inputs,
  { run: askedIn, ...request }: PromotionRequest,
): Promise<PromoteOptions> {
  const { actor, triggeredBy } = registry;
  const [, ...others] = listAskers({
    ...request,
    triggeredBy: [...(request.triggeredBy ?? []), actor, ...triggeredBy],
  });
  const asked = { ...request, triggeredBy: others };
  const project = await findProject(shell, configs, asked.model);
  const people = await readPeople(shell, registry, project, teamToken);
  return { ...(await createScene(shell, registry, project, login)), asked, askedIn, people };
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
