import { expect, test } from 'vitest';
import { createOctokit, readRefusal } from './octokit.ts';
import { startGitHub } from './start.ts';

const at = { owner: 'octo', repo: 'penguins' };
const PERMISSIONS = { deployments: 'write', statuses: 'write', contents: 'write', actions: 'write' } as const;
const WORKFLOW = `on:
  workflow_dispatch:
    inputs:
      stage: { type: choice, options: [staging, production], required: true }
      dry: { type: boolean }
      note: { default: none }
jobs: {}
`;

async function open() {
  const github = await startGitHub();
  const files = { '.github/workflows/promote.yml': WORKFLOW, '.github/workflows/push.yml': 'on: push\njobs: {}\n' };
  const repository = await github.createRepository({ ...at, name: at.repo, files });
  repository.addCollaborator('ada', 'admin');
  const { repos, actions } = createOctokit(github, repository, PERMISSIONS).rest;
  const admin = createOctokit(github, repository, {}, { kind: 'user', login: 'ada' }).rest.repos;
  const dispose = () => github[Symbol.asyncDispose]();
  return { github, repository, repos, actions, admin, [Symbol.asyncDispose]: dispose };
}

test('a deployment waits for the commit’s statuses unless it names none', async () => {
  await using room = await open();
  const { repos, repository } = room;
  const sha = (await repository.resolve('main')) ?? '';
  await repos.createCommitStatus({ ...at, sha, state: 'failure', context: 'gate' });
  const deploy = { ...at, ref: 'main', environment: 'staging' };
  expect(await readRefusal(repos.createDeployment(deploy))).toBe('409 Conflict: Commit status checks failed for main.');
  const made = (await repos.createDeployment({ ...deploy, required_contexts: [], payload: { model: 'churn' } })).data;
  expect(made).toMatchObject({ sha, ref: 'main', environment: 'staging', payload: { model: 'churn' } });
  expect((await repos.getEnvironment({ ...at, environment_name: 'staging' })).data.protection_rules).toEqual([]);
  expect(await readRefusal(repos.createDeployment({ ...deploy, ref: 'gone' }))).toBe('422 No ref found for: gone');
});

test('a success ends the deployments before it in its environment', async () => {
  await using room = await open();
  const { repos } = room;
  const deploy = async () => {
    const answer = await repos.createDeployment({ ...at, ref: 'main', environment: 'staging', required_contexts: [] });
    return (answer.data as { id: number }).id;
  };
  const ids = [await deploy(), await deploy()];
  const states = (deployment_id: number) =>
    repos.listDeploymentStatuses({ ...at, deployment_id }).then(({ data }) => data.map(({ state }) => state));
  const set = (deployment_id: number, state: 'success' | 'in_progress') =>
    repos.createDeploymentStatus({ ...at, deployment_id, state, log_url: 'https://log.invalid/' });
  for (const id of ids) {
    await set(id, 'in_progress');
    await set(id, 'success');
  }
  expect(await states(ids[0] ?? 0)).toEqual(['inactive', 'success', 'in_progress']);
  expect(await states(ids[1] ?? 0)).toEqual(['success', 'in_progress']);
  expect(await readRefusal(repos.deleteDeployment({ ...at, deployment_id: ids[1] ?? 0 }))).toContain('active');
  await repos.deleteDeployment({ ...at, deployment_id: ids[0] ?? 0 });
  await repos.deleteDeployment({ ...at, deployment_id: ids[1] ?? 0 });
  expect((await repos.listDeployments({ ...at, environment: 'staging' })).data).toEqual([]);
});

test('an environment is protected by an administrator and read by a workflow', async () => {
  await using room = await open();
  const { repos, admin } = room;
  const name = { ...at, environment_name: 'production/eu' };
  const policy = { protected_branches: false, custom_branch_policies: true };
  const made = (await admin.createOrUpdateEnvironment({ ...name, wait_timer: 5, deployment_branch_policy: policy }))
    .data;
  expect(made.protection_rules?.map(({ type }) => type)).toEqual(['wait_timer', 'branch_policy']);
  await admin.createDeploymentBranchPolicy({ ...name, name: 'release/*' });
  expect((await repos.listDeploymentBranchPolicies(name)).data.branch_policies.map((one) => one.name)).toEqual([
    'release/*',
  ]);
  expect((await repos.getAllEnvironments(at)).data.total_count).toBe(1);
  expect(await readRefusal(repos.createOrUpdateEnvironment(name))).toBe('403 Resource not accessible by integration');
  expect(
    await readRefusal(
      admin.createOrUpdateEnvironment({
        ...name,
        deployment_branch_policy: { protected_branches: true, custom_branch_policies: true },
      }),
    ),
  ).toContain('same value');
  await admin.deleteAnEnvironment(name);
  expect(await readRefusal(repos.getEnvironment(name))).toBe('404 Not Found');
});

test('a workflow is dispatched with its defaults, and tells its run when asked', async () => {
  await using room = await open();
  const { actions, github, repository } = room;
  const dispatch = { ...at, workflow_id: 'promote.yml', ref: 'main' };
  const answer = await actions.createWorkflowDispatch({ ...dispatch, inputs: { stage: 'staging' } });
  expect(answer.status).toBe(204);
  expect(github.announced.at(-1)?.payload).toMatchObject({
    workflow: '.github/workflows/promote.yml',
    ref: 'refs/heads/main',
    inputs: { stage: 'staging', dry: 'false', note: 'none' },
  });
  const details = { ...dispatch, inputs: { stage: 'production' }, return_run_details: true };
  const { status, data } = await actions.createWorkflowDispatch(details);
  expect(status).toBe(200);
  const run_id = (data as { workflow_run_id: number }).workflow_run_id;
  expect((await actions.getWorkflowRun({ ...at, run_id })).data).toMatchObject({
    event: 'workflow_dispatch',
    status: 'queued',
    head_sha: await repository.resolve('main'),
  });
});

test('a dispatch that does not fit the workflow is refused', async () => {
  await using room = await open();
  const { actions, github, repository } = room;
  const send = (inputs: Record<string, unknown>, more: { workflow_id?: string; ref?: string } = {}) =>
    readRefusal(actions.createWorkflowDispatch({ ...at, workflow_id: 'promote.yml', ref: 'main', inputs, ...more }));
  expect(await send({})).toBe("422 Required input 'stage' not provided");
  expect(await send({ stage: 'staging', x: '1' })).toBe('422 Unexpected inputs provided: ["x"]');
  expect(await send({ stage: 'moon' })).toMatch(/^422 Provided value 'moon'/);
  expect(await send({}, { ref: 'gone' })).toBe('422 No ref found for: gone');
  expect(await send({}, { workflow_id: 'push.yml' })).toBe("422 Workflow does not have 'workflow_dispatch' trigger");
  expect(await send({}, { workflow_id: 'gone.yml' })).toBe('404 Not Found');
  const many = Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`i${index}`, '']));
  expect(await send(many)).toMatch(/^422 Invalid request/);
  expect(repository.inspect.runs()).toEqual([]);
  expect(github.announced).toEqual([]);
});

test('a repository dispatch carries ten keys and 64 kB at most', async () => {
  await using room = await open();
  const { repos, github } = room;
  const send = (client_payload: Record<string, unknown>, event_type = 'promoted') =>
    repos.createDispatchEvent({ ...at, event_type, client_payload });
  expect((await send({ model: 'churn' })).status).toBe(204);
  expect(github.announced.at(-1)).toMatchObject({
    event: 'repository_dispatch',
    payload: { action: 'promoted', branch: 'main', client_payload: { model: 'churn' } },
  });
  expect(await readRefusal(send({ a: 'x'.repeat(65_536) }))).toBe('422 client_payload is too large.');
  expect(await readRefusal(send({}, 'x'.repeat(101)))).toMatch(/^422 Invalid request/);
  const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, 1]));
  expect(await readRefusal(send(eleven))).toMatch(/^422 Invalid request/);
});
