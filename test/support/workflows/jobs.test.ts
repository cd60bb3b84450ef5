import { expect, test } from 'vitest';
import { listResults, runExample } from './example.ts';

/** A workflow of jobs that each are one step, by their other lines. */
const workflow = (jobs: Readonly<Record<string, string>>) =>
  `on: push\njobs:\n${Object.entries(jobs)
    .map(([id, lines]) => {
      const steps = lines.includes('steps:') ? '' : '\n    steps: [{run: "exit 0"}]';
      return `  ${id}:\n    runs-on: x\n    ${lines}${steps}`;
    })
    .join('\n')}\n`;

const fails = 'steps: [{run: "exit 1"}]';

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds
test('a failed job takes with it all that need it, but for those that always run', async () => {
  const result = await runExample(
    workflow({
      a: fails,
      b: 'needs: a',
      c: 'needs: b',
      always: `needs: [a, b]\n    if: always()`,
      failure: `needs: b\n    if: failure()`,
      apart: '# needs none',
    }),
  );
  expect(listResults(result)).toEqual({
    a: 'failure',
    b: 'skipped',
    c: 'skipped',
    always: 'success',
    failure: 'success',
    apart: 'success',
  });
  expect(result.conclusion).toBe('failure');
});

// https://github.com/actions/runner/issues/2205: success() looks at all jobs before, not only at those that it needs.
test('a job behind one that always runs is skipped when a job before both was', async () => {
  const result = await runExample(
    workflow({
      skipped: 'if: false',
      always: `needs: skipped\n    if: always()`,
      behind: 'needs: always',
      looks: `needs: always\n    if: always() && needs.always.result == 'success'`,
      unless: `needs: always\n    if: \${{ !failure() && !cancelled() }}`,
    }),
  );
  expect(listResults(result)).toEqual({
    skipped: 'skipped',
    always: 'success',
    behind: 'skipped',
    looks: 'success',
    unless: 'success',
  });
  expect(result.conclusion).toBe('success');
});

// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#needs-context
test('outputs and results reach the jobs that need them directly, and no other', async () => {
  const result = await runExample(
    workflow({
      a: `outputs: {v: "\${{ steps.s.outputs.v }}", none: "\${{ steps.s.outputs.none }}"}
    steps: [{id: s, run: 'echo "v=1 & 2" >> "$GITHUB_OUTPUT"'}]`,
      b: 'needs: a',
      c: `needs: b
    env: {A: "\${{ toJSON(needs) }}"}
    steps: [{run: 'echo "$A"'}]`,
      d: `needs: a
    steps: [{env: {V: "\${{ needs.a.outputs.v }}"}, run: 'echo "$V \${{ needs.a.result }}"'}]`,
    }),
  );
  expect(result.jobs['a']?.outputs).toEqual({ v: '1 & 2' });
  expect(JSON.parse(result.jobs['c']?.steps[0]?.log ?? '')).toEqual({ b: { result: 'success', outputs: {} } });
  expect(result.jobs['d']?.steps[0]?.log).toBe('1 & 2 success');
});

test('an output that holds a secret is dropped', async () => {
  const content = workflow({
    a: `outputs: {v: "\${{ steps.s.outputs.v }}"}
    steps: [{id: s, env: {S: "\${{ secrets.KEY }}"}, run: 'echo "v=x${'$'}S" >> "$GITHUB_OUTPUT"; echo "$S"'}]`,
  });
  const result = await runExample(content, { secrets: { KEY: 'hunter2' } });
  expect(result.jobs['a']).toMatchObject({
    outputs: {},
    annotations: [{ level: 'warning', message: "Skip output 'v' since it may contain secret." }],
  });
  expect(result.jobs['a']?.steps[0]?.log).toBe('***');
});

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontinue-on-error
test('a job that may fail fails neither the run nor the jobs behind it', async () => {
  const result = await runExample(workflow({ a: `continue-on-error: true\n    ${fails}`, b: 'needs: a' }));
  expect(listResults(result)).toEqual({ a: 'failure', b: 'success' });
  expect(result.conclusion).toBe('success');
});

test('a run of which every job is skipped is skipped', async () => {
  expect((await runExample(workflow({ a: 'if: github.ref == 1' }))).conclusion).toBe('skipped');
});

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idtimeout-minutes
test('a job that takes too long is cancelled, and what always runs still does', async () => {
  const content = workflow({
    slow: `timeout-minutes: 1
    steps: [{run: 'exec sleep 60'}, {run: 'echo next'}, {if: always(), run: 'echo cleaned'}]`,
    behind: `needs: slow\n    if: always()\n    steps: [{run: 'echo \${{ needs.slow.result }}'}]`,
  });
  const result = await runExample(content, { timeouts: { minute: 200 } });
  expect(result.jobs['slow']).toMatchObject({
    result: 'cancelled',
    steps: [{ outcome: 'cancelled' }, { outcome: 'skipped' }, { outcome: 'success' }],
    annotations: [
      { message: 'The operation was canceled.' },
      { message: 'The job has exceeded the maximum execution time of 1m0s' },
    ],
  });
  expect(result.jobs['behind']?.steps[0]?.log).toBe('cancelled');
});

test('each job has a machine of its own', async () => {
  const result = await runExample(
    workflow({
      a: `steps: [{run: 'touch file ~/file "$RUNNER_TEMP/file"'}]`,
      b: `needs: a\n    steps: [{run: 'ls -A . ~ | grep file || echo none'}]`,
    }),
  );
  expect(result.jobs['b']?.steps[0]?.log).toBe('none');
});

test('a strategy that cannot be read fails its job with the reason', async () => {
  const result = await runExample(
    workflow({ a: `strategy: {matrix: {m: "\${{ fromJSON('') }}"}}`, b: `strategy: {matrix: {m: []}}` }),
  );
  expect(result.jobs['a']).toMatchObject({ result: 'failure', log: expect.stringContaining('Error parsing fromJson') });
  expect(result.jobs['b']?.log).toContain("Matrix vector 'm' does not contain any values");
});
