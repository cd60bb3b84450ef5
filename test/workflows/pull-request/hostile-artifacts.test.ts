import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunResult } from '../../support/workflows/run/result.ts';
import { type Candidate, type Entry, listEntries, readEntries, restate, zip } from './forged-candidate.ts';
import { CANDIDATE, ForkScene } from './fork-scene.ts';
import { HOSTILE_CASES, HOSTILE_TEXT } from './hostile-cases.ts';

let scene: ForkScene;
let honest: Candidate;
/** What was concluded of an honest run, and of which commit. */
let concluded: { readonly sha: string; readonly entries: readonly Entry[] };
/** Another pull request of the stranger's, which nothing may touch. */
let bystander: { number: number; sha: string };
let count = 0;

beforeAll(async () => {
  scene = await ForkScene.open();
  const { pull, run, candidate } = await scene.trainHonestly();
  honest = candidate;
  const { id } = await scene.report(run.id);
  concluded = { sha: pull.sha, entries: await readEntries(scene.readArtifact(id, 'modelgate-reported')) };
  bystander = await scene.openPullRequest('bystander', { 'notes.txt': 'bystander' });
});
afterAll(() => scene[Symbol.asyncDispose]());

/** Reports a run of an approved commit that claims success and left these artifacts behind. */
async function report(
  forge: (honest: Candidate, run: { sha: string }) => Promise<Record<string, Buffer>>,
  tamper: (content: Buffer) => void = () => {},
) {
  const pull = await scene.openPullRequest(`change-${++count}`, { 'notes.txt': `${count}` });
  scene.approve(pull);
  const run = scene.forgeRun(pull);
  const artifacts = await forge(restate(honest, pull.sha), pull);
  for (const [name, content] of Object.entries(artifacts)) run.addArtifact(name, content);
  // The store keeps these very buffers, and has taken their digests.
  for (const content of Object.values(artifacts)) tamper(content);
  const reported = await scene.report(run.id);
  const comment = scene.readComment(pull.number);
  return { pull, reported, comment, check: scene.findCheck(pull.sha) };
}

/** What is posted holds no markup, mention, reference or link but our own. */
function expectInert(posted: string, runUrl: string): void {
  // The colours of a chart of ours are no references.
  const text = posted.replaceAll(`[The run](${runUrl})`, '').replaceAll(/^%%\{init:.*$/gm, '');
  expect(text).not.toMatch(/<(?!\/?(details|summary|sub|sup|b|br|h\d|table|code)\b|!-- modelgate:)/i);
  expect(text).not.toMatch(/@(?!&#8203;)/);
  expect(text).not.toMatch(/(?<!&)#\d|GH-\d/);
  expect(text).not.toMatch(/(?<!\\)\]\(|https?:\/\/|www\./);
  expect([...text].filter((one) => '\u001b\u202e'.includes(one))).toEqual([]);
  expect(text.length).toBeLessThanOrEqual(65_536);
}

function listPwned({ annotations }: RunResult): unknown[] {
  return annotations.filter(({ message }) => message === 'pwned');
}

test('an honest candidate that somebody put there by hand passes: the harness itself is in nobody’s way', async () => {
  const { check, comment } = await report(async (candidate) => ({ [CANDIDATE]: await zip(listEntries(candidate)) }));
  expect(check).toMatchObject({ status: 'completed', conclusion: 'success' });
  expect(comment).toContain('penguins: pass');
});

describe('a refusal or text that does nothing is all that is posted, and nothing is green, where the artifact holds', () => {
  test.for(HOSTILE_CASES)('$what', async ({ forge, reason }) => {
    const { comment, check, reported } = await report(async (candidate) => ({ [CANDIDATE]: await forge(candidate) }));
    const [marker, state, ...rest] = comment.split('\n');
    expect(marker).toBe('<!-- modelgate:comment model=penguins -->');
    expect(state).toMatch(/^<!-- modelgate:state \{"run":\d+,"attempt":1,"digest":"[0-9a-f]{64}"\} -->$/);
    expect(rest.join('\n')).toMatch(reason);
    expect(rest.join('\n')).not.toContain('<!--');
    const url = check?.detailsUrl ?? '';
    for (const text of [comment, check?.output.title, check?.output.summary]) expectInert(text ?? '', url);
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' });
    for (const { summary } of Object.values(reported.jobs)) expectInert(summary, url);
    expect(listPwned(reported)).toEqual([]);
    expect(scene.repository.inspect.comments(bystander.number)).toEqual([]);
    expect(scene.repository.inspect.checkRuns(bystander.sha)).toEqual([]);
  });
});

test('an artifact with another digest than GitHub tells is not read', async () => {
  const { check, comment } = await report(
    async (candidate) => ({ [CANDIDATE]: await zip(listEntries(candidate)) }),
    (content) => content.writeUInt8(content.readUInt8(60) ^ 1, 60),
  );
  expect(check).toMatchObject({ conclusion: 'failure' });
  expect(comment).toContain('has not the digest that it should have');
});

test('text that does nothing is no reason to refuse a model that passes', async () => {
  const { check, comment } = await report(async ({ training, ...rest }) => {
    const command = { run: HOSTILE_TEXT, exitCode: 0, signal: null, timedOut: false, variables: [HOSTILE_TEXT] };
    const candidate = { ...rest, training: { ...training, command, reason: HOSTILE_TEXT } };
    return { [CANDIDATE]: await zip(listEntries(restate(candidate, training.subject.commit ?? ''))) };
  });
  expect(check).toMatchObject({ conclusion: 'success' });
  expectInert(comment, check?.detailsUrl ?? '');
});

test('what the untrusted run concluded of itself is never read', async () => {
  const before = scene.scene.github.requests.length;
  const { pull, check, comment } = await report(async (_, { sha }) => {
    const forged = await zip(
      concluded.entries.map(([name, content]) => [name, String(content).replaceAll(concluded.sha, sha)]),
    );
    return { 'modelgate-judged': forged, 'modelgate-reported': Buffer.from(forged) };
  });
  expect(check).toMatchObject({ conclusion: 'failure' });
  expect(comment).toContain('This pull request comes from a fork');
  const run = scene.repository.inspect.runs().findLast(({ headSha }) => headSha === pull.sha);
  const ids = scene.repository.inspect.artifacts(run?.id ?? 0).map(({ id }) => id);
  expect(ids).toHaveLength(2);
  const asked = scene.scene.github.requests.slice(before).map(({ path }) => path);
  expect(asked.filter((path) => ids.some((id) => path.includes(`/artifacts/${id}`)))).toEqual([]);
});
