import { RequestError } from 'octokit';
import { expect, test } from 'vitest';
import { messageOf, UserMistake } from '../../src/errors.ts';
import { listCoAuthors } from '../../src/github/co-authors.ts';
import { describeApiFault, type Purpose } from '../../src/github/faults.ts';
import { compareOrder, parseState, renderState, STATE_LENGTH } from '../../src/github/hidden-state.ts';
import { readLimit } from '../../src/github/persistence.ts';

const request = { method: 'POST' as const, url: 'https://api.github.com/x', headers: {} };
const PURPOSE: Purpose = { doing: 'complete the check', needs: 'checks: write' };

function refuse(status: number, headers: Record<string, string> = {}, message = 'Refused'): RequestError {
  return new RequestError(message, status, { request, response: { status, url: request.url, headers, data: {} } });
}

test.each([
  [401, 'the token is not valid'],
  [403, 'permissions:\n      checks: write'],
  [404, 'permissions:\n      checks: write'],
  [410, 'no longer there'],
  [422, 'the request was refused'],
  [429, 'limit is used up for 60 more seconds'],
  [500, 'githubstatus.com'],
  [503, 'githubstatus.com'],
])('HTTP %i says what to do', (status, words) => {
  const described = describeApiFault(refuse(status), PURPOSE);
  expect(described).toBeInstanceOf(UserMistake);
  expect(messageOf(described)).toContain('GitHub did not let Modelgate complete the check');
  expect(messageOf(described)).toContain(words);
});

test('a lost connection is told from a server that failed', () => {
  const lost = new RequestError('other side closed', 500, { request });
  expect(messageOf(describeApiFault(lost, PURPOSE))).toContain('no answer came ("other side closed")');
});

test('a fork’s token cannot write, and no permission line would help', () => {
  const words = messageOf(describeApiFault(refuse(403), { ...PURPOSE, fork: true }));
  expect(words).toContain('comes from a fork, so its token cannot write');
  expect(words).toContain('workflow_run');
});

test('what is no refusal of GitHub’s stays what it is', () => {
  const bug = new TypeError('undefined is not a function');
  expect(describeApiFault(bug, PURPOSE)).toBe(bug);
});

test('a message of GitHub’s is one line and bounded', () => {
  const words = messageOf(describeApiFault(refuse(422, {}, `a${'b'.repeat(5000)}\nsecond`), PURPOSE));
  expect(words).not.toContain('second');
  expect(words.length).toBeLessThan(500);
});

test('a used-up limit is counted by the server’s clock', () => {
  const headers = {
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Date.parse('2030-01-01T00:01:00Z') / 1000),
    date: 'Tue, 01 Jan 2030 00:00:00 GMT',
  };
  expect(readLimit(refuse(403, headers))).toBe(61);
  expect(readLimit(refuse(403))).toBeUndefined();
  expect(readLimit(refuse(403, {}, 'You have exceeded a secondary rate limit'), 1)).toBe(120);
});

test('the hidden line comes back as it was, and nonsense is older than everything', () => {
  const state = { runId: 2 ** 50, attempt: 50, digest: 'a'.repeat(64) };
  expect(parseState(renderState(state))).toEqual(state);
  expect(renderState(state).length).toBeLessThan(STATE_LENGTH);
  for (const line of [
    undefined,
    '',
    '<!-- modelgate:state {oops -->',
    '<!-- modelgate:state {"run":-1,"attempt":"9"} -->',
  ]) {
    expect(parseState(line)).toEqual({ runId: 0, attempt: 0, digest: '' });
  }
  expect(compareOrder({ runId: 7, attempt: 2 }, { runId: 7, attempt: 3 })).toBeLessThan(0);
  expect(compareOrder({ runId: 8, attempt: 1 }, { runId: 7, attempt: 3 })).toBeGreaterThan(0);
});

test('everybody who wrote is listed: by login where it is known, else by name and address', () => {
  const message = [
    'Train longer',
    '',
    'Co-authored-by: Grace <12345+grace@users.noreply.github.com>',
    'co-authored-by: Alan Turing <alan@example.com>',
    'Co-authored-by: nobody at all',
  ].join('\n');
  const web = { name: 'GitHub', email: 'noreply@github.com' };
  const ada = { name: 'Ada', email: 'ada@example.com' };
  const commits = [{ message, logins: ['ada', 'web-flow'], written: [ada, web] }];
  expect(listCoAuthors(commits).sort()).toEqual([
    'Ada',
    'Alan Turing',
    'ada',
    'ada@example.com',
    'alan@example.com',
    'grace',
  ]);
});
