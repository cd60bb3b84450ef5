import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CheckAnnotation } from '../../src/github/check-output.ts';
import { type CompletedCheck, completeCheck, nameExternalId, openCheck } from '../../src/github/checks.ts';
import type { Client } from '../../src/github/client.ts';
import type { GitHub, Repository } from '../support/github/start.ts';
import { runFaultRing, startBusyGitHub } from './fault-ring.ts';
import { connect, openPullRequest } from './hub.ts';

/** Thousands of requests: seconds, or a minute where others use the machine too. */
vi.setConfig({ testTimeout: 180_000 });

let github: GitHub;
let repository: Repository;
let client: Client;
let headSha: string;
beforeEach(async () => {
  github = await startBusyGitHub();
  const opened = await openPullRequest(github);
  repository = opened.repository;
  headSha = opened.pull.headSha;
  client = connect(github, repository, { checks: 'write' });
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
});

/** Each run of a ring has a check of its own. */
let count = 0;
function prepare(): void {
  count += 1;
}
const read = () => repository.inspect.checkRuns(headSha).filter(({ name }) => name === `modelgate ${count}`);

function want(change: Partial<CompletedCheck>): CompletedCheck {
  return {
    repository,
    name: `modelgate ${count}`,
    headSha,
    externalId: nameExternalId(7),
    app: 'github-actions',
    order: { runId: 7, attempt: 1 },
    output: { title: 'Pass', summary: 'All rules pass.' },
    conclusion: 'success',
    ...change,
  };
}

const annotations = Array.from({ length: 60 }, (_, index): CheckAnnotation => {
  return {
    path: 'modelgate.yml',
    startLine: index + 1,
    endLine: index + 1,
    level: 'failure',
    message: `Rule ${index}`,
  };
});

test('whatever befalls whichever request, the check ends completed, with each annotation once', async () => {
  const runs = await runFaultRing({
    github,
    prepare,
    async act() {
      await openCheck(client, want({ output: { title: 'Judging', summary: 'Wait.' } }));
      await completeCheck(client, want({ conclusion: 'failure', annotations }));
    },
    check(twice) {
      const checks = read();
      expect(checks.length).toBeGreaterThan(0);
      // A request that is delivered twice makes two, and a check cannot be deleted: none may read otherwise.
      for (const { status, conclusion, output } of checks) {
        expect([status, conclusion, output.title]).toEqual(['completed', 'failure', 'Pass']);
        expect(new Set(output.annotations.map(({ message }) => message)).size).toBe(60);
      }
      // Nothing takes back what the network sent twice.
      if (!twice) expect(checks.at(-1)?.output.annotations).toHaveLength(60);
    },
  });
  expect(runs).toBeGreaterThan(90);
});

test('whatever befalls whichever request, a check that nobody opened ends completed', async () => {
  await runFaultRing({
    github,
    prepare,
    act: () => completeCheck(client, want({ conclusion: 'neutral' })),
    check() {
      const checks = read();
      expect(checks.length).toBeGreaterThan(0);
      for (const check of checks) expect(check).toMatchObject({ status: 'completed', conclusion: 'neutral' });
    },
  });
});
