import { expect, test } from 'vitest';
import { createLibrary, listResults, runExample } from './example.ts';
import { Cancellation } from './run/cancellation.ts';
import { Scheduler } from './run/scheduler.ts';

const timeouts = { interrupt: 20, terminate: 20 };

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-cancellation
test('a cancelled run stops its steps, and runs only what is for such a case', async () => {
  const content = `
on: push
jobs:
  a:
    runs-on: x
    steps:
      - {id: s, run: 'echo ready; exec sleep 60'}
      - {run: 'echo no'}
      - {if: failure(), run: 'echo no'}
      - {if: cancelled(), run: 'echo \${{ job.status }} \${{ steps.s.outcome }}'}
      - {if: always(), run: 'echo always'}
  b: {needs: a, runs-on: x, steps: [{run: 'exit 0'}]}
  c: {needs: a, if: always(), runs-on: x, steps: [{run: 'echo \${{ needs.a.result }}'}]}
  d: {needs: a, if: cancelled(), runs-on: x, steps: [{run: 'exit 0'}]}
  e: {needs: a, if: failure(), runs-on: x, steps: [{run: 'exit 0'}]}
`;
  const result = await runExample(content, { timeouts, cancelAfter: ({ line }) => line === 'ready' });
  expect(result.conclusion).toBe('cancelled');
  expect(listResults(result)).toEqual({ a: 'cancelled', b: 'skipped', c: 'success', d: 'success', e: 'skipped' });
  expect(result.jobs['a']?.steps.map(({ outcome }) => outcome)).toEqual([
    ...['cancelled', 'skipped', 'skipped', 'success', 'success'],
  ]);
  expect(result.jobs['a']?.steps[3]?.log).toBe('cancelled cancelled');
  expect(result.jobs['c']?.steps[0]?.log).toBe('cancelled');
});

test('a job or step that always runs is not interrupted', async () => {
  const content = (condition: string) => `
on: push
jobs:
  a:
    ${condition}
    runs-on: x
    steps: [{if: always(), run: 'echo ready; sleep 0.2; echo done'}, {run: 'echo next'}]
`;
  const cancelAfter = ({ line }: { line?: string }) => line === 'ready';
  const step = await runExample(content('# only the step'), { timeouts, cancelAfter });
  expect(step.jobs['a']).toMatchObject({
    result: 'cancelled',
    steps: [{ log: 'ready\ndone' }, { outcome: 'skipped' }],
  });
  const job = await runExample(content('if: always()'), { timeouts, cancelAfter });
  expect(job.jobs['a']).toMatchObject({ result: 'success', steps: [{ log: 'ready\ndone' }, { log: 'next' }] });
});

test('a step is asked to stop, asked again, and then killed with all that it started', async () => {
  const script = `
    process.on('SIGINT', () => console.log('got SIGINT'));
    process.on('SIGTERM', () => console.log('got SIGTERM'));
    console.log('ready'); setInterval(() => {}, 1000);`;
  const content = `
on: push
jobs: {a: {runs-on: x, steps: [{shell: 'node {0}', run: ${JSON.stringify(script)}}]}}
`;
  const result = await runExample(content, {
    timeouts: { interrupt: 100, terminate: 100 },
    cancelAfter: ({ line }) => line === 'ready',
  });
  expect(result.jobs['a']?.log).toContain('ready\ngot SIGINT\ngot SIGTERM\n##[error]The operation was canceled.');
});

test('a signal cancels a run as a user would', async () => {
  const abort = new AbortController();
  const result = await runExample(`on: push\njobs: {a: {runs-on: x, steps: [{name: S, run: 'exec sleep 60'}]}}`, {
    timeouts,
    signal: abort.signal,
    onProgress: ({ step, status }) => step === 'S' && status === 'started' && abort.abort(),
  });
  expect(result.conclusion).toBe('cancelled');
});

const group = (concurrency: string) =>
  `on: push\nconcurrency: ${concurrency}\njobs: {a: {runs-on: x, steps: [{name: S, run: 'echo ready; exec sleep 0.3'}]}}`;

/** Starts runs one after the other, the later ones when the first one runs its step. */
async function runTogether(content: string, count: number) {
  const scheduler = new Scheduler();
  const order: number[] = [];
  const results: ReturnType<typeof runExample>[] = [];
  for (let index = 0; index < count; index += 1) {
    await new Promise<void>((resolve) => {
      const onProgress = ({ line }: { line?: string }) => {
        if (line !== 'ready') return;
        order.push(index);
        resolve();
      };
      results.push(runExample(content, { scheduler, timeouts, onProgress }));
      if (index > 0) resolve();
    });
  }
  return { order, conclusions: (await Promise.all(results)).map(({ conclusion }) => conclusion) };
}

// https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
test('of the runs of one group one goes and one waits; a later one takes the place of the one that waits', async () => {
  const { conclusions, order } = await runTogether(group('same'), 3);
  expect(conclusions).toEqual(['success', 'cancelled', 'success']);
  expect(order).toEqual([0, 2]);
});

test('with queue: max all wait for their turn', async () => {
  const { conclusions, order } = await runTogether(group('{group: same, queue: max}'), 3);
  expect(conclusions).toEqual(['success', 'success', 'success']);
  expect(order).toEqual([0, 1, 2]);
});

test('with cancel-in-progress a later run cancels the one that goes', async () => {
  const { conclusions } = await runTogether(group('{group: SAME, cancel-in-progress: true}'), 2);
  expect(conclusions).toEqual(['cancelled', 'success']);
});

test('runs of different groups do not wait for each other', async () => {
  const scheduler = new Scheduler();
  const first = await scheduler.enter({ group: 'a', cancelInProgress: false, queue: 'single' }, new Cancellation());
  const second = await scheduler.enter({ group: 'b', cancelInProgress: false, queue: 'single' }, new Cancellation());
  expect([typeof first, typeof second]).toEqual(['function', 'function']);
});

test('jobs of one run share the groups of the repository', async () => {
  const result = await runExample(`
on: push
jobs:
  a: {runs-on: x, concurrency: gpu, strategy: {matrix: {m: [1, 2]}}, steps: [{run: 'sleep 0.1'}]}
  b: {runs-on: x, concurrency: "gpu-\${{ github.ref }}", steps: [{run: 'exit 0'}]}
`);
  expect(listResults(result)).toEqual({ 'a (1)': 'success', 'a (2)': 'success', b: 'success' });
});

// The trap of https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations
test('a called workflow in the group of its caller cancels the run', async () => {
  const called = `on: workflow_call\nconcurrency: {group: g, cancel-in-progress: true}\njobs: {j: {runs-on: x, steps: [{run: 'exit 0'}]}}`;
  using library = createLibrary({ '.github/workflows/c.yml': called });
  const result = await runExample(
    `on: push\nconcurrency: {group: g, cancel-in-progress: true}\njobs: {a: {uses: l/l/.github/workflows/c.yml@v1}}`,
    { library: { 'l/l': library.folder } },
  );
  expect(result.conclusion).toBe('cancelled');
});
