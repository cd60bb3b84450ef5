import { expect, test } from 'vitest';
import { createLibrary, runExample } from './example.ts';

/** Says what a stage of an action sees, and keeps a value for the next one. */
const SHOW = `
const { appendFileSync } = require('node:fs');
const stage = process.argv[1].match(/(\\w+)\\.js$/)[1];
const { INPUT_NAME: name, 'INPUT_TWO-WORDS': two, STATE_kept: kept, ACTIONS_RUNTIME_TOKEN: runtime } = process.env;
console.log(JSON.stringify({ stage, name, two, kept, runtime: Boolean(runtime) }));
appendFileSync(process.env.GITHUB_STATE, 'kept=' + stage + '\\n');
appendFileSync(process.env.GITHUB_OUTPUT, 'said=' + name + '\\n');
if (name === 'bad' && stage === 'main') process.exit(1);
`;
const NODE = `
name: Show
description: d
inputs: {name: {default: "\${{ github.event_name }}"}, two-words: {description: d, required: true}}
outputs: {said: {description: d}}
runs: {using: node24, main: main.js, pre: pre.js, post: post.js}
`;
const COMPOSITE = `
name: Outer
description: d
inputs: {text: {default: given}}
outputs: {all: {value: "\${{ steps.n.outputs.said }} \${{ steps.r.outputs.v }}"}}
runs:
  using: composite
  steps:
    - {id: n, uses: $/show, with: {name: "\${{ inputs.text }}"}}
    - id: r
      shell: bash
      run: |
        echo "v=$(basename "$GITHUB_ACTION_PATH") $INPUT_TEXT$OUTER-\${{ inputs.text }}" >> "$GITHUB_OUTPUT"
        [ \${{ inputs.text }} != bad ]
    - {if: success(), shell: bash, run: 'echo fine'}
    - {if: failure(), shell: bash, run: 'echo broken \${{ github.action_status }}'}
`;
const FILES = {
  'show/action.yml': NODE,
  ...Object.fromEntries(['pre', 'main', 'post'].map((stage) => [`show/${stage}.js`, SHOW])),
  'outer/action.yml': COMPOSITE,
  'old/action.yml': 'name: o\ndescription: d\nruns: {using: node20, main: x.js}',
  'strange/action.yml': 'name: o\ndescription: d\ninputs: {a: {type: string}}\nruns: {using: node24, main: x.js}',
};

/** Runs steps as the one job, with `lib/actions` beside it. */
async function runSteps(steps: string, files: Readonly<Record<string, string>> = FILES) {
  using library = createLibrary(files);
  const indented = steps.trim().split('\n').join('\n      ');
  const content = `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      ${indented}\n`;
  const result = await runExample(content, { library: { 'lib/actions': library.folder } });
  const job = result.jobs['a'];
  if (!job) throw new Error(result.log);
  return job;
}

const said = (log: string | undefined) => JSON.parse(log?.split('\n').find((line) => line.startsWith('{')) ?? '{}');

// https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#runs-for-javascript-actions
test('an action has its inputs, its own state, and its post stages last and in reverse', async () => {
  const job = await runSteps(`
- {id: one, name: One, uses: lib/actions/show@v1, with: {Two-Words: 2 w}}
- {id: two, name: Two, uses: lib/actions/show@v1, with: {name: bad}, continue-on-error: true}
- {run: 'echo "\${{ steps.one.outputs.said }}[$ACTIONS_RUNTIME_TOKEN$INPUT_NAME]"'}
`);
  expect(job.steps.map(({ name }) => name)).toEqual([
    ...['Pre One', 'Pre Two', 'One', 'Two'],
    ...['Run echo "push[$ACTIONS_RUNTIME_TOKEN$INPUT_NAME]"', 'Post Two', 'Post One'],
  ]);
  const seen = job.steps.map(({ log }) => said(log));
  expect(seen[0]).toEqual({ stage: 'pre', name: 'push', two: '2 w', runtime: false });
  expect(seen[2]).toEqual({ stage: 'main', name: 'push', two: '2 w', kept: 'pre', runtime: false });
  expect(seen[6]).toEqual({ stage: 'post', name: 'push', two: '2 w', kept: 'main', runtime: false });
  expect(job.steps[3]).toMatchObject({ outcome: 'failure', conclusion: 'success' });
  expect(job.steps[4]?.log).toBe('push[]');
  expect(job.result).toBe('success');
});

test('the post stage of a step that was skipped does not run, but for one that began before the steps', async () => {
  const files = { ...FILES, 'show/action.yml': NODE.replace('pre: pre.js, ', '') };
  const job = await runSteps(`- {if: false, uses: lib/actions/show@v1}\n- {run: 'exit 0'}`, files);
  expect(job.steps.map(({ name }) => name)).toEqual(['Run lib/actions/show@v1', 'Run exit 0']);
  const began = await runSteps(`- {if: false, name: S, uses: lib/actions/show@v1}`);
  expect(began.steps.map(({ name }) => name)).toEqual(['Pre S', 'S', 'Post S']);
});

test('post-if decides on the result of the job', async () => {
  const files = { ...FILES, 'show/action.yml': NODE.replace('post: post.js', 'post: post.js, post-if: success()') };
  const job = await runSteps(`- {name: S, uses: lib/actions/show@v1}\n- {run: 'exit 1'}`, files);
  expect(job.steps.at(-1)).toMatchObject({ name: 'Post S', outcome: 'skipped' });
});

// https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#runs-for-composite-actions
test('a composite action has its own inputs and outputs, and finds actions beside itself', async () => {
  const job = await runSteps(`
- {id: c, uses: lib/actions/outer@v1, with: {text: hello}, env: {OUTER: "+"}}
- {env: {ALL: "\${{ steps.c.outputs.all }}"}, run: 'echo "$ALL \${{ steps.n.outcome }}"'}
`);
  expect(job.result, job.log).toBe('success');
  expect(job.steps.map(({ name }) => name)).toEqual([
    'Pre Run $/show',
    'Run lib/actions/outer@v1',
    expect.stringContaining('Run echo'),
    'Post Run $/show',
  ]);
  expect(job.steps[2]?.log).toBe('hello outer +-hello ');
  expect(job.steps[1]?.steps.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'success', 'skipped']);
  expect(job.steps[1]?.log).toContain('fine');
});

test('the steps of a composite action look at its own steps, and its failure is the failure of its step', async () => {
  const job = await runSteps(`
- {run: 'exit 1'}
- {if: always(), uses: lib/actions/outer@v1}
- {if: always(), id: bad, uses: lib/actions/outer@v1, with: {text: bad}, continue-on-error: true}
`);
  expect(job.steps[3]?.steps.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'success', 'skipped']);
  expect(job.steps[4]).toMatchObject({ outcome: 'failure', conclusion: 'success' });
  expect(job.steps[4]?.log).toContain('broken failure');
});

test('an action of the workspace is read when its step runs, and has no pre stage', async () => {
  const local = `
- run: |
    mkdir -p here; printf 'name: h\\ndescription: d\\nruns: {using: composite, steps: [{shell: bash, run: "echo here"}]}' > here/action.yml
- {uses: ./here}
`;
  expect((await runSteps(local)).steps[1]?.log).toBe('here');
});

test.each([
  [
    '{uses: lib/actions/show@v1, with: {nmae: x}}',
    "Unexpected input(s) 'nmae', valid inputs are ['name', 'two-words']",
  ],
  ['{uses: lib/actions/none@v1}', "Can't find 'action.yml'"],
  ['{uses: lib/actions/old@v1}', 'runs.using: node20 is not supported'],
  ['{uses: lib/actions/strange@v1}', '"type" is not supported'],
  ['{uses: lib/actions/show}', 'names no action'],
  ['{uses: no/where@v1}', 'repository not found'],
  ['{uses: ./none}', "Can't find 'action.yml'"],
  ['{uses: actions/checkout@v7, with: {depth: 1}}', "Unexpected input(s) 'depth'"],
])('%s fails', async (step, message) => {
  const job = await runSteps(`- ${step}`);
  expect(job.result).toBe('failure');
  expect(job.log).toContain(message);
});

test('a job of a called workflow finds actions beside the workflow', async () => {
  const called = `on: workflow_call\njobs: {j: {runs-on: x, steps: [{uses: $/outer}, {run: 'echo \${{ job.workflow_sha }}'}]}}`;
  using library = createLibrary({ ...FILES, '.github/workflows/called.yml': called });
  const sha = 'a'.repeat(40);
  const result = await runExample(`on: push\njobs: {a: {uses: lib/actions/.github/workflows/called.yml@${sha}}}`, {
    library: { 'lib/actions': library.folder },
  });
  expect(result.jobs['a / j']?.result, result.log).toBe('success');
  expect(result.jobs['a / j']?.log).toContain(sha);
});
