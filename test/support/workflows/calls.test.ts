import { expect, test } from 'vitest';
import { createLibrary, listResults, runExample } from './example.ts';
import type { RunOptions } from './run-options.ts';

/** Runs a caller of `lib/flows`, a library of workflows by their file's name. */
async function runCaller(
  caller: string,
  workflows: Readonly<Record<string, string>>,
  options: Partial<RunOptions> = {},
) {
  const files = Object.entries(workflows).map(([name, text]) => [`.github/workflows/${name}.yml`, text]);
  using library = createLibrary(Object.fromEntries(files));
  return await runExample(`on: push\n${caller}`, { library: { 'lib/flows': library.folder }, ...options });
}

const CALL = 'lib/flows/.github/workflows';
const ECHO = `
on:
  workflow_call:
    inputs:
      text: {type: string, default: none}
      flag: {type: boolean}
      count: {type: number, default: 2}
      must: {type: string, required: true}
    secrets: {KEY: {required: true}, OTHER: {}}
    outputs:
      said: {value: "\${{ jobs.echo.outputs.said }}/\${{ jobs.echo.result }}"}
jobs:
  echo:
    runs-on: x
    outputs: {said: "\${{ steps.s.outputs.said }}"}
    steps:
      - {id: s, env: {I: "\${{ toJSON(inputs) }}"}, run: 'echo "said=$(echo "$I" | tr -d " \\n")" >> "$GITHUB_OUTPUT"'}
      - run: echo "key=\${{ secrets.KEY != '' }} other=\${{ secrets.OTHER != '' }} third=\${{ secrets.THIRD != '' }}"
      - run: echo "top=$TOP event=\${{ github.event_name }} from=\${{ job.workflow_repository }} own=\${{ github.repository }}"
`;

// https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows
test('a called workflow has typed inputs, gives outputs, and sees nothing else of its caller', async () => {
  const result = await runCaller(
    `
env: {TOP: t}
jobs:
  call:
    uses: ${CALL}/echo.yml@v1
    with: {must: m, flag: "\${{ github.ref == 'refs/heads/main' }}"}
    secrets: {KEY: "\${{ secrets.A }}"}
  after: {needs: call, runs-on: x, steps: [{env: {S: "\${{ needs.call.outputs.said }}"}, run: 'echo "$S"'}]}
`,
    { echo: ECHO },
    { secrets: { A: 'secret-a', OTHER: 'secret-o', THIRD: 'secret-t' } },
  );
  expect(listResults(result), result.log).toEqual({ 'call / echo': 'success', after: 'success' });
  const said = '{"text":"none","flag":true,"count":2,"must":"m"}/success';
  expect(result.jobs['after']?.steps[0]?.log).toBe(said);
  expect(result.calls).toEqual({ call: { result: 'success', outputs: { said } } });
  const [, secrets, rest] = result.jobs['call / echo']?.steps ?? [];
  expect(secrets?.log).toBe('key=true other=false third=false');
  expect(rest?.log).toBe('top= event=push from=lib/flows own=octo/example');
});

test('the token that a caller passes on is the token of the job that gets it', async () => {
  const called = `on: {workflow_call: {secrets: {T: {required: true}}}}
jobs: {j: {runs-on: x, steps: [{run: 'echo \${{ secrets.T == github.token }} \${{ secrets.GITHUB_TOKEN == github.token }}'}]}}`;
  const caller = `jobs: {a: {uses: ${CALL}/called.yml@v1, secrets: {T: "\${{ secrets.GITHUB_TOKEN }}"}}}`;
  expect((await runCaller(caller, { called })).jobs['a / j']?.steps[0]?.log).toBe('true true');
});

test('inherited secrets go to the workflow that is called, and no further', async () => {
  const inner = `on: {workflow_call: {}}\njobs: {in: {runs-on: x, steps: [{run: 'echo "\${{ secrets.A }}" | wc -c'}]}}`;
  const result = await runCaller(
    `jobs: {a: {uses: ${CALL}/outer.yml@v1, secrets: inherit}}`,
    {
      outer: `on: workflow_call\njobs: {b: {uses: $/.github/workflows/inner.yml}, c: {uses: ./.github/workflows/inner.yml, secrets: inherit}}`,
      inner,
    },
    { secrets: { A: '1234' } },
  );
  expect(result.jobs['a / b / in']?.steps[0]?.log).toBe('1');
  expect(result.jobs['a / c / in']?.steps[0]?.log).toBe('5');
  expect(result.jobs['a / c / in']?.id).toBe('a/c/in');
});

test.each([
  ['with: {must: m, typo: x}\n    secrets: {KEY: k}', "no input 'typo'"],
  ['secrets: {KEY: k}', "input 'must' is required"],
  ['with: {must: m}\n    secrets: {KEY: k, NONE: k}', "no secret 'none'"],
  ['with: {must: m}', "secret 'key' is required"],
])('refuses a call with %j', async (lines, message) => {
  await expect(runCaller(`jobs:\n  a:\n    uses: ${CALL}/echo.yml@v1\n    ${lines}`, { echo: ECHO })).rejects.toThrow(
    message,
  );
});

test.each([
  [`${CALL}/sub/echo.yml@v1`, 'they lie directly in .github/workflows'],
  [`${CALL}/none.yml@v1`, 'workflow was not found'],
  ['$/.github/workflows/echo.yml@v1', 'names no workflow'],
  ['other/flows/.github/workflows/echo.yml@v1', 'repository not found'],
  [`${CALL}/loop.yml@v1`, 'calls itself'],
  [`${CALL}/alone.yml@v1`, 'has no workflow_call trigger'],
])('refuses to call %s', async (uses, message) => {
  const loop = `on: workflow_call\njobs: {a: {uses: $/.github/workflows/loop.yml}}`;
  const alone = "on: push\njobs: {a: {runs-on: x, steps: [{run: 'exit 0'}]}}";
  await expect(runCaller(`jobs: {a: {uses: ${uses}}}`, { loop, alone })).rejects.toThrow(message);
});

test('a text for an input that is true or false fails the call', async () => {
  const call = `{uses: ${CALL}/echo.yml@v1, with: {must: m, flag: "\${{ github.ref }}"}, secrets: {KEY: k}}`;
  const result = await runCaller(`jobs: {a: ${call}}`, { echo: ECHO });
  expect(result.jobs['a']).toMatchObject({
    result: 'failure',
    log: expect.stringContaining("Unexpected value 'refs/heads/main'"),
  });
});

const ASKS = (permissions: string, job = '') =>
  `on: workflow_call\n${permissions}\njobs: {j: {${job} runs-on: x, steps: [{run: 'exit 0'}]}}`;

// https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations: permissions go only down.
test('a token may do what the job asks, the workflow says or the caller grants', async () => {
  const result = await runCaller(
    `
permissions: {contents: write, checks: write, actions: read}
jobs:
  own: {runs-on: x, permissions: {contents: read}, steps: [{run: 'exit 0'}]}
  workflow: {runs-on: x, steps: [{run: 'exit 0'}]}
  granted: {uses: ${CALL}/none.yml@v1, permissions: {checks: write}}
  said: {uses: ${CALL}/top.yml@v1}
  asked: {uses: ${CALL}/job.yml@v1}
  nothing: {runs-on: x, permissions: {}, steps: [{run: 'exit 0'}]}
`,
    {
      none: ASKS(''),
      top: ASKS('permissions: {contents: read}'),
      job: ASKS('permissions: {}', 'permissions: {checks: read},'),
    },
  );
  const permissions = Object.fromEntries(Object.values(result.jobs).map((job) => [job.name, job.permissions]));
  expect(permissions).toEqual({
    own: { contents: 'read' },
    workflow: { contents: 'write', checks: 'write', actions: 'read' },
    'granted / j': { checks: 'write' },
    'said / j': { contents: 'read' },
    'asked / j': { checks: 'read' },
    nothing: {},
  });
});

test('a called workflow that asks for more than its caller has stops the run before it starts', async () => {
  const result = await runCaller(
    `permissions: {contents: read}\njobs: {first: {runs-on: x, steps: [{run: 'exit 0'}]}, a: {uses: ${CALL}/job.yml@v1}, b: {uses: ${CALL}/top.yml@v1}}`,
    { job: ASKS('', 'permissions: {checks: write},'), top: ASKS('permissions: {contents: write}') },
  );
  expect(result.conclusion).toBe('startup_failure');
  expect(result.jobs).toEqual({});
  expect(result.problems).toEqual([
    `Error calling workflow '${CALL}/job.yml@v1'. The nested job 'j' is requesting 'checks: write', but is only allowed 'checks: none'.`,
    `Error calling workflow '${CALL}/top.yml@v1'. The workflow is requesting 'contents: write', but is only allowed 'contents: read'.`,
  ]);
});

test('a pull request from a fork has no secret and writes nothing', async () => {
  const content = `permissions: {contents: write, id-token: write}\njobs: {a: {runs-on: x, steps: [{run: 'echo "[\${{ secrets.A }}]"'}]}}`;
  const pull = (id: number) => ({
    event: {
      name: 'pull_request',
      payload: { action: 'opened', pull_request: { head: { repo: { id } } } },
      sha: '1'.repeat(40),
      ref: 'refs/pull/1/merge',
    },
    secrets: { A: 'abc' },
  });
  const run = (id: number) => runExample(`on: pull_request\n${content}`, pull(id));
  const [fork, own] = [(await run(2)).jobs['a'], (await run(1)).jobs['a']];
  expect(fork).toMatchObject({ permissions: { contents: 'read', 'id-token': 'none' }, steps: [{ log: '[]' }] });
  expect(own).toMatchObject({ permissions: { contents: 'write', 'id-token': 'write' }, steps: [{ log: '[***]' }] });
});

test('a call with a matrix runs once a leg and is named by it', async () => {
  const inner = `on: {workflow_call: {inputs: {m: {type: string}}, outputs: {o: {value: "\${{ inputs.m }}"}}}}\njobs: {in: {runs-on: x, steps: [{run: 'exit 0'}]}}`;
  const result = await runCaller(
    `jobs: {a: {uses: ${CALL}/inner.yml@v1, strategy: {matrix: {m: [x, y]}}, with: {m: "\${{ matrix.m }}"}}}`,
    { inner },
  );
  expect(Object.keys(result.jobs).sort()).toEqual(['a (x) / in', 'a (y) / in']);
  expect(result.calls['a (y)']).toEqual({ result: 'success', outputs: { o: 'y' } });
});
