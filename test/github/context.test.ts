import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRunContext } from '../../src/github/context.ts';

const PAYLOAD = { action: 'opened', number: 5, repository: { default_branch: 'main' } };

let folder: string;
let environment: Record<string, string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-context-'));
  environment = {
    GITHUB_REPOSITORY: 'Octo/penguins',
    GITHUB_REPOSITORY_ID: '4711',
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: join(folder, 'event.json'),
    GITHUB_RUN_ID: '17',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_SHA: 'a'.repeat(40),
    GITHUB_WORKFLOW_REF: 'octo/penguins/.github/workflows/model.yml@refs/heads/a@b',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_API_URL: 'https://api.github.com',
  };
  await writeFile(join(folder, 'event.json'), JSON.stringify(PAYLOAD));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('a job’s environment tells where and why it runs', async () => {
  expect(await readRunContext(environment)).toEqual({
    repository: { owner: 'Octo', name: 'penguins', fullName: 'Octo/penguins', id: 4711 },
    event: 'pull_request',
    action: 'opened',
    runId: 17,
    attempt: 2,
    sha: 'a'.repeat(40),
    workflowPath: '.github/workflows/model.yml',
    serverUrl: 'https://github.com',
    apiUrl: 'https://api.github.com',
    defaultBranch: 'main',
    payload: PAYLOAD,
  });
});

test('whatever is missing is named', async () => {
  for (const name of Object.keys(environment)) {
    await expect(readRunContext({ ...environment, [name]: undefined })).rejects.toThrow(name);
  }
});

test.each([
  ['GITHUB_REPOSITORY', 'penguins'],
  ['GITHUB_REPOSITORY', 'octo/../penguins'],
  ['GITHUB_RUN_ID', 'NaN'],
  ['GITHUB_RUN_ATTEMPT', '-1'],
  ['GITHUB_WORKFLOW_REF', 'other/penguins/.github/workflows/model.yml@refs/heads/main'],
  ['GITHUB_WORKFLOW_REF', 'octo/penguins/.github/workflows/../model.yml@refs/heads/main'],
])('%s must not be %s', async (name, value) => {
  await expect(readRunContext({ ...environment, [name]: value })).rejects.toThrow(name);
});

test('an event without a default branch is a mistake', async () => {
  await writeFile(join(folder, 'event.json'), '{"repository":{}}');
  await expect(readRunContext(environment)).rejects.toThrow('default branch');
});

test('an event file that is no JSON is a mistake, not a bug', async () => {
  await writeFile(join(folder, 'event.json'), '{"action":');
  await expect(readRunContext(environment)).rejects.toThrow('cannot be read as JSON');
});
