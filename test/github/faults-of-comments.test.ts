import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { upsertComment, type WantedComment } from '../../src/github/comments.ts';
import { keepComments } from '../support/github/records/comments.ts';
import type { GitHub, Repository } from '../support/github/start.ts';
import { runFaultRing, startBusyGitHub } from './fault-ring.ts';
import { connect, openPullRequest } from './hub.ts';

const AUTHOR = 'github-actions[bot]';

/** Thousands of requests: seconds, or a minute where others use the machine too. */
vi.setConfig({ testTimeout: 180_000 });

let github: GitHub;
let repository: Repository;
let number: number;
/** Each run of a ring has a comment of its own. */
let count = 0;
const mark = () => `<!-- modelgate:comment ${count} -->`;
beforeEach(async () => {
  github = await startBusyGitHub();
  const opened = await openPullRequest(github);
  repository = opened.repository;
  number = opened.pull.number;
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
});

function want(runId: number): WantedComment {
  return { repository, number, marker: mark(), author: AUTHOR, body: `Run ${runId}`, order: { runId, attempt: 1 } };
}

function check(): void {
  const ours = repository.inspect.comments(number).filter(({ body }) => body.startsWith(mark()));
  expect(ours.map(({ body }) => body.split('\n')[2])).toEqual(['Run 7']);
}

test.each([
  ['there is no comment yet', []],
  ['there is one of an older run', ['Old']],
  ['there are three', ['One', 'Two', 'Three']],
])('whatever befalls whichever request, one comment is left that says the newest, when %s', async (_, bodies) => {
  const client = connect(github, repository, { 'pull-requests': 'write' });
  const runs = await runFaultRing({
    github,
    prepare() {
      count += 1;
      repository.state.part(keepComments).splice(0);
      repository.addComment(number, { login: 'ada', body: 'A talk' });
      for (const body of bodies) repository.addComment(number, { login: AUTHOR, body: `${mark()}\n${body}` });
    },
    act: () => upsertComment(client, want(7)),
    check,
  });
  expect(runs).toBeGreaterThan(30);
});
