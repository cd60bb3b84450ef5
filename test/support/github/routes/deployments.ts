import { type Answer, answerList, type Call, type Routes } from '../call.ts';
import { ApiFault, notFound } from '../fault.ts';
import { keepChecks } from '../records/checks.ts';
import {
  type DeploymentRecord,
  type DeploymentStatusRecord,
  ensureEnvironment,
  keepDeployments,
} from '../records/deployments.ts';
import { keepStatuses, listNewest } from '../records/statuses.ts';
import { showAccount } from '../show-account.ts';
import { writeTime } from '../world.ts';

interface DeploymentBody {
  readonly ref: string;
  readonly task?: string;
  readonly required_contexts?: readonly string[];
  readonly payload?: object | string;
  readonly environment?: string;
  readonly description?: string | null;
  readonly transient_environment?: boolean;
  readonly production_environment?: boolean;
}

/** Deployments and what became of them. */
export const deploymentRoutes: Routes = {
  'repos/create-deployment': createDeployment,
  'repos/list-deployments': (call: Call): Answer => {
    const { sha = 'none', ref = 'none', task = 'none', environment = 'none' } = call.query;
    const found = call.repository
      .part(keepDeployments)
      .filter((one) => sha === 'none' || one.sha === sha)
      .filter((one) => ref === 'none' || one.ref === ref)
      .filter((one) => task === 'none' || one.task === task)
      .filter((one) => environment === 'none' || one.environment === environment);
    return answerList(
      call,
      found.toReversed().map((one) => showDeployment(call, one)),
    );
  },
  'repos/get-deployment': (call: Call) => ({ status: 200, body: showDeployment(call, findDeployment(call)) }),
  'repos/delete-deployment': (call: Call): Answer => {
    const deployment = findDeployment(call);
    const all = call.repository.part(keepDeployments);
    const others = all.some((one) => one !== deployment && one.environment === deployment.environment);
    if (others && deployment.statuses.at(-1)?.state !== 'inactive') {
      const text = 'We cannot delete an active deployment unless it is the only deployment in a given environment.';
      throw new ApiFault(422, 'Validation Failed', { errors: [text] });
    }
    all.splice(all.indexOf(deployment), 1);
    return { status: 204 };
  },
  'repos/create-deployment-status': createStatus,
  'repos/list-deployment-statuses': (call: Call): Answer => {
    const deployment = findDeployment(call);
    return answerList(
      call,
      deployment.statuses.toReversed().map((status) => showStatus(call, deployment, status)),
    );
  },
  'repos/get-deployment-status': (call: Call): Answer => {
    const deployment = findDeployment(call);
    const status = deployment.statuses.find((one) => one.id === Number(call.params['status_id']));
    if (status === undefined) throw notFound();
    return { status: 200, body: showStatus(call, deployment, status) };
  },
};

/** Without `required_contexts`, every status and check of the commit must have succeeded. */
async function createDeployment(call: Call<DeploymentBody>): Promise<Answer> {
  const { repository } = call;
  const { ref, environment = 'production', required_contexts } = call.body;
  const sha = await repository.resolve(ref);
  if (sha === undefined) throw new ApiFault(422, `No ref found for: ${ref}`);
  const statuses = listNewest(repository.part(keepStatuses), sha);
  const checks = repository.part(keepChecks).all.filter((check) => check.headSha === sha);
  const good = new Map([
    ...statuses.map(({ context, state }) => [context, state === 'success'] as const),
    ...checks.map(({ name, conclusion }) => [name, conclusion === 'success'] as const),
  ]);
  if ((required_contexts ?? [...good.keys()]).some((context) => good.get(context) !== true)) {
    throw new ApiFault(409, `Conflict: Commit status checks failed for ${ref}.`);
  }
  const deployment: DeploymentRecord = {
    id: call.world.nextId(),
    ref,
    sha,
    task: call.body.task ?? 'deploy',
    environment: ensureEnvironment(repository, environment).name,
    description: call.body.description || null,
    payload: call.body.payload ?? {},
    transient: call.body.transient_environment ?? false,
    production: call.body.production_environment ?? environment === 'production',
    creator: call.token?.login ?? 'ghost',
    created: call.world.now(),
    statuses: [],
  };
  repository.part(keepDeployments).push(deployment);
  call.hub.announce('deployment', repository, { action: 'created', deployment: showDeployment(call, deployment) });
  return { status: 201, body: showDeployment(call, deployment) };
}

function createStatus(
  call: Call<{
    state: string;
    description?: string;
    log_url?: string;
    target_url?: string;
    environment_url?: string;
    auto_inactive?: boolean;
  }>,
): Answer {
  const deployment = findDeployment(call);
  const { state, description = '', log_url, target_url, environment_url = '', auto_inactive = true } = call.body;
  const add = (to: DeploymentRecord, word: string, more: Partial<DeploymentStatusRecord> = {}) => {
    const creator = call.token?.login ?? 'ghost';
    const none = { description: '', logUrl: '', environmentUrl: '' };
    const status = { id: call.world.nextId(), state: word, ...none, ...more, creator, created: call.world.now() };
    to.statuses.push(status);
    return status;
  };
  const more = { description, logUrl: log_url ?? target_url ?? '', environmentUrl: environment_url };
  const status = add(deployment, state, more);
  // The earlier ones in the environment that stood at success end, unless they are transient or production.
  if (state === 'success' && auto_inactive) {
    for (const other of call.repository.part(keepDeployments)) {
      const earlier = other.id < deployment.id && other.environment === deployment.environment;
      const plain = !other.transient && !other.production;
      if (earlier && plain && other.statuses.at(-1)?.state === 'success') add(other, 'inactive');
    }
  }
  return { status: 201, body: showStatus(call, deployment, status) };
}

function findDeployment(call: Call): DeploymentRecord {
  const id = Number(call.params['deployment_id']);
  const found = call.repository.part(keepDeployments).find((one) => one.id === id);
  if (found === undefined) throw notFound();
  return found;
}

function showDeployment(call: Call, deployment: DeploymentRecord): Record<string, unknown> {
  const { apiUrl } = call.repository;
  const url = `${apiUrl}/deployments/${deployment.id}`;
  const { id, sha, ref, task, payload, environment, description, transient, production } = deployment;
  return {
    ...{ id, node_id: `DE_${id}`, url, sha, ref, task, payload, environment, original_environment: environment },
    description,
    creator: showAccount(call.world, deployment.creator),
    created_at: writeTime(deployment.created),
    updated_at: writeTime(deployment.statuses.at(-1)?.created ?? deployment.created),
    statuses_url: `${url}/statuses`,
    repository_url: apiUrl,
    transient_environment: transient,
    production_environment: production,
  };
}

function showStatus(call: Call, deployment: DeploymentRecord, status: DeploymentStatusRecord): Record<string, unknown> {
  const { apiUrl } = call.repository;
  const url = `${apiUrl}/deployments/${deployment.id}`;
  const time = writeTime(status.created);
  return {
    ...{ id: status.id, node_id: `DES_${status.id}`, url: `${url}/statuses/${status.id}`, state: status.state },
    description: status.description,
    environment: deployment.environment,
    // GitHub writes an empty text where there is no address; its description wants an address or nothing.
    ...(status.logUrl !== '' && { target_url: status.logUrl, log_url: status.logUrl }),
    ...(status.environmentUrl !== '' && { environment_url: status.environmentUrl }),
    creator: showAccount(call.world, status.creator),
    deployment_url: url,
    repository_url: apiUrl,
    created_at: time,
    updated_at: time,
  };
}
