import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { performStages } from '../../../src/actions/action.ts';
import { readEvidence } from '../../../src/evidence/files.ts';
import type { Stage } from '../../../src/pipeline/stages.ts';
import { parseLedger } from '../../../src/registry/ledger/chain.ts';
import { perform } from '../../faults/step.ts';
import { startBusyGitHub } from '../../github/fault-ring.ts';
import { readBranchByGit } from '../../registry/ledger/branch.ts';
import type { GitHub, Repository } from '../../support/github/start.ts';
import { openFolder } from '../rows.ts';

const GATES = (whenSpent: string) => `  rules: [{ id: good, metric: accuracy, min: 0.5 }]
  budget: { id: test-2026, verdicts: 20, when-spent: ${whenSpent} }
`;

let github: GitHub;
let repository: Repository;
beforeAll(async () => {
  github = await startBusyGitHub();
  repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { 'README.md': 'Hello' } });
});
afterAll(() => github[Symbol.asyncDispose]());

/** Scores and decides in one job, as the actions do, with a token of these rights in the environment of the step, or with none. */
async function decide(
  permission: 'read' | 'write' | undefined,
  whenSpent = 'warn',
  reveal = 'metrics',
  stages: readonly Stage[] = ['score', 'gate'],
) {
  await using room = await openFolder(
    { n: 40, wrong: (row) => row % 10 === 0 },
    GATES(whenSpent),
    `  reveal: ${reveal}\n`,
  );
  const { folder } = room;
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '--all');
  git('-c', 'user.name=T', '-c', 'user.email=t@invalid', 'commit', '--quiet', '--message', 'Start');
  const event = join(folder, '.git', 'event.json');
  await writeFile(event, JSON.stringify({ repository: { default_branch: 'main' } }));
  const token = permission && github.createToken({ repository, permissions: { contents: permission } });
  const ended = await perform({
    work: (shell) => performStages({ stages, draws: false }, shell),
    inputs: { config: join(folder, 'modelgate.yml') },
    folder,
    environment: {
      ...process.env,
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTOR: 'ada',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: event,
      GITHUB_REPOSITORY: repository.fullName,
      GITHUB_REPOSITORY_ID: String(repository.id),
      GITHUB_RUN_ID: '7',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_SHA: '1'.repeat(40),
      GITHUB_WORKFLOW_REF: `${repository.fullName}/.github/workflows/model.yml@refs/heads/main`,
      GITHUB_SERVER_URL: github.serverUrl,
      GITHUB_API_URL: github.apiUrl,
      GITHUB_TOKEN: token ?? '',
      GH_TOKEN: '',
    },
  });
  const { verdict, evaluation } = await readEvidence(join(folder, '.modelgate'));
  return { ...ended, budget: verdict?.budget, verdict, evaluation };
}

const count = async () => parseLedger(await readBranchByGit(repository)).events.length;

test('without a token nothing is counted, and the verdict says so', async () => {
  expect(await decide(undefined)).toMatchObject({ passed: true, budget: { counted: false, state: 'unknown' } });
  const strict = await decide(undefined, 'cannot-measure');
  expect(strict.passed).toBe(false);
  expect(strict.mistake?.message).toContain('contents: write');
  expect(await count()).toBe(0);
});

test('with a token that may only read neither, and it stops where an uncounted verdict must not be shown', async () => {
  expect(await decide('read')).toMatchObject({ passed: true, budget: { counted: false, state: 'unknown' } });
  const strict = await decide('read', 'cannot-measure');
  expect(strict.passed).toBe(false);
  expect(strict.mistake?.message).toContain('contents: write');
  expect(await count()).toBe(0);
});

test('with one that may write it is counted once, however often it is repeated', async () => {
  expect(await decide('write')).toMatchObject({ passed: true, budget: { counted: true, spent: 1 } });
  expect(await decide('write')).toMatchObject({ passed: true, budget: { counted: true, spent: 1 } });
  // Other rules ask another question.
  expect(await decide('write', 'cannot-measure')).toMatchObject({ passed: true, budget: { counted: true, spent: 2 } });
  expect(await count()).toBe(2);
});

test('a verdict that must not be shown is not in the folder either, and no number that it rests on', async () => {
  for (const reveal of ['verdict', 'rows']) {
    const { mistake, evaluation, verdict } = await decide('read', 'cannot-measure', reveal);
    expect(mistake?.message).toContain('contents: write');
    expect([evaluation, verdict]).toEqual([undefined, undefined]);
  }
});

test('a step that scores alone shows no number, since nobody counts it, and leaves them for the gate', async () => {
  const { outputs, passed, evaluation } = await decide('write', 'warn', 'rows', ['score']);
  expect(passed).toBe(true);
  expect(outputs).toMatchObject({ verdict: 'pass', metrics: '{}' });
  expect(outputs).not.toHaveProperty('accuracy');
  expect(outputs).not.toHaveProperty('test-rows');
  expect(evaluation?.metrics.map(({ value }) => value)).toContain(0.9);
});
