import { expect, test } from 'vitest';
import { catchFault, connect } from './client.ts';
import { startGitHub } from './start.ts';

const place = { owner: 'octo', repo: 'penguins' };
const annotation = { path: 'a.txt', start_line: 1, end_line: 1, annotation_level: 'notice' as const, message: 'm' };

async function startWithCommit() {
  const github = await startGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins', files: { 'a.txt': 'one\n' } });
  const sha = (await repository.resolve('main')) ?? '';
  const client = connect(github, github.createToken({ repository, permissions: { checks: 'write' } }));
  return { github, repository, sha, client };
}

test('a check run is opened, completed and found by name and app; annotations add up', async () => {
  const { github, sha, client } = await startWithCommit();
  await using _ = github;
  const opened = await client.rest.checks.create({ ...place, name: 'gate', head_sha: sha, status: 'in_progress' });
  expect(opened.data).toMatchObject({ status: 'in_progress', conclusion: null, app: { id: 15368 } });
  const id = { ...place, check_run_id: opened.data.id };
  const output = { title: 't', summary: 's', annotations: Array.from({ length: 50 }, () => annotation) };
  await client.rest.checks.update({ ...id, output });
  await client.rest.checks.update({ ...id, conclusion: 'failure', output: { ...output, annotations: [annotation] } });
  const { data } = await client.rest.checks.listForRef({ ...place, ref: 'main', check_name: 'gate', app_id: 15368 });
  expect(data.check_runs).toMatchObject([
    { status: 'completed', conclusion: 'failure', output: { annotations_count: 51 } },
  ]);
  expect((await client.paginate(client.rest.checks.listAnnotations, id)).length).toBe(51);
  expect((await client.rest.checks.listForRef({ ...place, ref: sha, check_name: 'other' })).data.total_count).toBe(0);
});

test('a list has the newest run of a name, unless all are asked for', async () => {
  const { github, sha, client } = await startWithCommit();
  await using _ = github;
  for (const external_id of ['1', '2'])
    await client.rest.checks.create({ ...place, name: 'gate', head_sha: sha, external_id });
  const list = async (filter: 'latest' | 'all') =>
    (await client.rest.checks.listForRef({ ...place, ref: sha, filter })).data.check_runs.map((one) => one.external_id);
  expect([await list('latest'), await list('all')]).toEqual([['2'], ['2', '1']]);
});

test('51 annotations, a summary of 65,536 characters and an unknown conclusion are refused', async () => {
  const { github, sha, client } = await startWithCommit();
  await using _ = github;
  const create = (output: object, more: object = {}) =>
    catchFault(client.rest.checks.create({ ...place, name: 'gate', head_sha: sha, output, ...more } as never));
  const annotations = Array.from({ length: 51 }, () => annotation);
  const faults = [
    await create({ title: 't', summary: 's', annotations }),
    await create({ title: 't', summary: 'x'.repeat(65_536) }),
    await create({ title: 't', summary: 's' }, { conclusion: 'passed' }),
    await create({ title: 't', summary: 's' }, { status: 'completed' }),
  ];
  expect(faults.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
});

test('only apps make check runs, and only the app that made one changes it', async () => {
  const { github, repository, sha, client } = await startWithCommit();
  await using _ = github;
  const { data } = await client.rest.checks.create({ ...place, name: 'gate', head_sha: sha });
  const app = connect(
    github,
    github.createToken({ repository, kind: 'app', login: 'other', permissions: { checks: 'write' } }),
  );
  const changed = catchFault(app.rest.checks.update({ ...place, check_run_id: data.id, conclusion: 'success' }));
  expect((await changed).message).toContain('check run can only be modified by the GitHub App that created it');
  const user = connect(github, github.createToken({ repository, kind: 'user', login: 'octo' }));
  const made = catchFault(user.rest.checks.create({ ...place, name: 'gate', head_sha: sha }));
  expect((await made).message).toContain('You must authenticate via a GitHub App.');
});
