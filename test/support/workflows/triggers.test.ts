import { expect, test } from 'vitest';
import { runExample } from './example.ts';
import { NotTriggered } from './problems.ts';
import type { RunEvent } from './run/run.ts';
import { matchesPatterns } from './run/triggers.ts';

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#patterns-to-match-branches-and-tags
test.each<[patterns: string[], matching: string[], others: string[]]>([
  [['feature/*'], ['feature/my-branch'], ['feature/a/b', 'feature']],
  [['feature/**'], ['feature/beta-a/my-branch', 'feature/a'], ['main']],
  [['main', 'releases/mona-the-octocat'], ['main', 'releases/mona-the-octocat'], ['maintain']],
  [['*'], ['main', 'v1.0'], ['a/b']],
  [['**'], ['all/the/branches'], []],
  [['*feature'], ['mona-feature', 'feature', 'ver-10-feature'], ['feature-1']],
  [['v2*'], ['v2', 'v2.0', 'v2.9'], ['v1']],
  [['v[12].[0-9]+.[0-9]+'], ['v1.10.1', 'v2.0.0'], ['v3.0.0', 'v1.10']],
  [['releases/**', '!releases/**-alpha'], ['releases/10'], ['releases/10-alpha', 'main']],
  [['model?'], ['model', 'mode'], ['models']],
  [['*@v*'], ['churn@v1.0.0'], ['churn']],
])('%j', (patterns, matching, others) => {
  expect(matching.filter((name) => !matchesPatterns(patterns, name))).toEqual([]);
  expect(others.filter((name) => matchesPatterns(patterns, name))).toEqual([]);
});

const event = (name: string, payload: RunEvent['payload'], ref = 'refs/heads/main'): RunEvent => ({
  name,
  payload,
  ref,
  sha: '1'.repeat(40),
});
const pull = (action: string, base = 'main') =>
  event('pull_request', { action, pull_request: { base: { ref: base } } });
const finished = (name: string, action = 'completed', head_branch = 'x') =>
  event('workflow_run', { action, workflow_run: { name, head_branch } });

// https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
test.each<[on: string, event: RunEvent, refusal: string | undefined]>([
  ['push', event('push', {}), undefined],
  ['[push, pull_request]', pull('synchronize'), undefined],
  ['pull_request', pull('labeled'), 'labeled is none of opened, synchronize, reopened'],
  ['{pull_request: {types: [labeled]}}', pull('opened'), 'opened is none of labeled'],
  ['{pull_request: {branches: [main]}}', pull('opened', 'dev'), 'branches: dev does not match'],
  ['{pull_request: {branches-ignore: [dev]}}', pull('opened', 'dev'), 'branches-ignore: dev matches'],
  ['{push: {branches: [main]}}', event('push', {}, 'refs/tags/v1'), 'names only branches'],
  ['{push: {tags: ["v*"]}}', event('push', {}, 'refs/tags/v1'), undefined],
  ['{push: {tags: ["v*"]}}', event('push', {}), 'names only tags'],
  ['{workflow_run: {workflows: [Model], types: [completed]}}', finished('Model'), undefined],
  ['{workflow_run: {workflows: [Model], types: [completed]}}', finished('Model', 'requested'), 'requested is none of'],
  ['{workflow_run: {workflows: [Model]}}', finished('Other'), 'Other is not among them'],
  ['{workflow_run: {workflows: [Model], branches: [main]}}', finished('Model'), 'branches: x does not match'],
  ['merge_group', event('merge_group', { action: 'destroyed' }), 'destroyed is none of checks_requested'],
  ['workflow_call', event('push', {}), 'on: does not name push'],
])('on: %s', async (on, started, refusal) => {
  const run = runExample(`on: ${on}\njobs: {a: {runs-on: x, steps: [{run: 'exit 0'}]}}`, { event: started });
  if (refusal === undefined) expect((await run).conclusion).toBe('success');
  else {
    await expect(run).rejects.toThrow(NotTriggered);
    await expect(run).rejects.toThrow(refusal);
  }
});

test('a run by hand has inputs of the declared types', async () => {
  const content = `
on:
  workflow_dispatch:
    inputs:
      force: {type: boolean, default: false}
      count: {type: number, default: 3}
      stage: {type: choice, options: [test, production], required: true}
run-name: Promote to \${{ inputs.stage }}
jobs: {a: {runs-on: x, steps: [{run: "echo '\${{ toJSON(inputs) }}'"}]}}
`;
  const result = await runExample(content, {
    event: event('workflow_dispatch', { inputs: { stage: 'test', force: 'true' } }),
  });
  expect(result.name).toBe('Promote to test');
  expect(JSON.parse(result.jobs['a']?.steps[0]?.log ?? '')).toEqual({ force: true, count: 3, stage: 'test' });
  const wrong = runExample(content, { event: event('workflow_dispatch', { inputs: { stage: 'live' } }) });
  await expect(wrong).rejects.toThrow('"live" is none of the options');
});
