import { expect, test } from 'vitest';
import { catchFault, connect } from './client.ts';
import { startGitHub } from './start.ts';

const place = { owner: 'octo', repo: 'penguins' };

async function startWithRun(now?: () => Date) {
  const github = await startGitHub(now ? { now } : {});
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins', files: { 'a.txt': 'one\n' } });
  const fork = await repository.fork('ada');
  const headSha = await fork.commit({ branch: 'patch', files: { 'b.txt': 'b\n' } });
  const path = '.github/workflows/model.yml';
  const head = { headSha, headBranch: 'patch', headRepository: fork };
  const run = repository.createRun({ workflowPath: path, event: 'pull_request', ...head, conclusion: 'success' });
  const other = repository.createRun({ workflowPath: '.github/workflows/b.yml', event: 'push', ...head });
  const client = connect(github, github.createToken({ repository, permissions: { actions: 'read' } }));
  return { github, repository, fork, run, other, client };
}

test('a run names its workflow, its head and the repository of its head', async () => {
  const { github, fork, run, client } = await startWithRun();
  await using _ = github;
  const { data } = await client.rest.actions.getWorkflowRun({ ...place, run_id: run.id });
  expect(data).toMatchObject({
    path: '.github/workflows/model.yml',
    event: 'pull_request',
    head_branch: 'patch',
    head_sha: run.record.headSha,
    head_repository: { id: fork.id },
    pull_requests: [],
    run_attempt: 1,
  });
});

test('runs are found by workflow, event, branch, status and commit', async () => {
  const { github, run, client } = await startWithRun();
  await using _ = github;
  const find = async (query: object) =>
    (await client.rest.actions.listWorkflowRunsForRepo({ ...place, ...query })).data.workflow_runs.map(({ id }) => id);
  expect((await find({})).length).toBe(2);
  const queries = [{ event: 'pull_request' }, { status: 'success' }, { event: 'pull_request', branch: 'patch' }];
  for (const query of queries) expect(await find(query)).toEqual([run.id]);
  expect(await find({ head_sha: '0'.repeat(40) })).toEqual([]);
  const ofWorkflow = await client.rest.actions.listWorkflowRuns({ ...place, workflow_id: 'model.yml' });
  expect(ofWorkflow.data.workflow_runs.map(({ id }) => id)).toEqual([run.id]);
});

test('the jobs of an attempt have check runs of GitHub Actions', async () => {
  const { github, repository, run, client } = await startWithRun();
  await using _ = github;
  run.addJob({ name: 'train', status: 'completed', conclusion: 'failure' });
  const second = run.rerun();
  const job = second.addJob({ name: 'train' });
  job.update({ status: 'completed', conclusion: 'success' });
  const { data } = await client.rest.actions.listJobsForWorkflowRun({ ...place, run_id: run.id });
  expect(data.jobs).toMatchObject([{ name: 'train', run_attempt: 2, conclusion: 'success' }]);
  expect(repository.inspect.checkRuns(run.record.headSha).map((check) => [check.app.id, check.conclusion])).toEqual([
    [15368, 'failure'],
    [15368, 'success'],
  ]);
});

test('an artifact is listed with its digest and downloaded by a redirect', async () => {
  const { github, run, other, client } = await startWithRun();
  await using _ = github;
  run.addArtifact('model', Buffer.from('zip'));
  other.addArtifact('model', Buffer.from('other'));
  const { data } = await client.rest.actions.listWorkflowRunArtifacts({ ...place, run_id: run.id, name: 'model' });
  // sha256 of the three bytes, by sha256sum.
  const digest = 'sha256:4a70fe9aa6436e02c2dea340fbd1e352e4ef2d8ce6ca52ad25d4b95471fc8bf2';
  expect(data.artifacts).toMatchObject([{ name: 'model', digest, size_in_bytes: 3, expired: false }]);
  const download = { ...place, artifact_id: data.artifacts[0]?.id ?? 0, archive_format: 'zip' };
  const { data: bytes } = await client.rest.actions.downloadArtifact(download);
  expect(Buffer.from(bytes as ArrayBuffer).toString()).toBe('zip');
  const anonymous = catchFault(connect(github).rest.actions.downloadArtifact(download));
  expect((await anonymous).status).toBe(401);
});

test('an expired artifact is 410', async () => {
  let time = new Date('2026-01-01T00:00:00Z');
  const { github, repository, run } = await startWithRun(() => time);
  await using _ = github;
  const { id } = run.addArtifact('model', Buffer.from('zip'));
  time = new Date('2026-05-01T00:00:00Z');
  const client = connect(github, github.createToken({ repository, permissions: { actions: 'read' } }));
  const fault = await catchFault(
    client.rest.actions.downloadArtifact({ ...place, artifact_id: id, archive_format: 'zip' }),
  );
  expect(fault.status).toBe(410);
});
