import { expect, test } from 'vitest';
import { listResults, runExample } from './example.ts';
import { computeLegs } from './jobs/matrix.ts';

// The example of https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrixinclude
test('entries of include join the legs that they do not change, or stand alone', () => {
  const legs = computeLegs({
    fruit: ['apple', 'pear'],
    animal: ['cat', 'dog'],
    include: [
      { color: 'green' },
      { color: 'pink', animal: 'cat' },
      { fruit: 'apple', shape: 'circle' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ],
  });
  expect(legs).toEqual([
    { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
    { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
    { fruit: 'pear', animal: 'cat', color: 'pink' },
    { fruit: 'pear', animal: 'dog', color: 'green' },
    { fruit: 'banana' },
    { fruit: 'banana', animal: 'cat' },
  ]);
});

// The example of …#jobsjob_idstrategymatrixexclude
test('exclude takes away legs that match a part, before include adds', () => {
  const matrix = { os: ['macos', 'windows'], version: [12, 14, 16], environment: ['staging', 'production'] };
  const exclude = [
    { os: 'macos', version: 12, environment: 'production' },
    { os: 'windows', version: 16 },
  ];
  expect(computeLegs({ ...matrix, exclude })).toHaveLength(9);
  expect(computeLegs({ ...matrix, exclude, include: [{ os: 'windows', version: 16 }] })).toHaveLength(10);
});

test('legs come from an output as JSON and are named by their values', async () => {
  const result = await runExample(`
on: push
jobs:
  plan:
    runs-on: x
    outputs: {models: "\${{ steps.p.outputs.m }}"}
    steps:
      - {id: p, run: 'echo "m=[{\\"model\\":\\"a\\",\\"gpu\\":true},{\\"model\\":\\"b\\"}]" >> "$GITHUB_OUTPUT"'}
  train:
    needs: plan
    runs-on: \${{ matrix.gpu && 'gpu' || 'cpu' }}
    strategy: {matrix: {include: "\${{ fromJSON(needs.plan.outputs.models) }}"}}
    outputs: {last: "\${{ steps.o.outputs.v }}"}
    steps:
      - {id: o, run: 'echo "v=\${{ matrix.model == ''a'' && ''from a'' || '''' }}" >> "$GITHUB_OUTPUT"'}
      - run: echo \${{ strategy.job-index }} of \${{ strategy.job-total }}
  named:
    needs: train
    name: show \${{ matrix.n }}
    runs-on: x
    strategy: {matrix: {n: [1]}}
    steps: [{run: 'echo \${{ needs.train.outputs.last }}'}]
  fixed: {name: Fixed, runs-on: x, strategy: {matrix: {n: [1]}}, steps: [{run: 'exit 0'}]}
`);
  expect(listResults(result)).toEqual({
    plan: 'success',
    'train (a, true)': 'success',
    'train (b)': 'success',
    'show 1': 'success',
    'Fixed (1)': 'success',
  });
  expect(result.jobs['train (a, true)']).toMatchObject({ runsOn: 'gpu', matrix: { model: 'a', gpu: true } });
  expect(result.jobs['train (b)']?.runsOn).toBe('cpu');
  expect(result.jobs['train (b)']?.steps[1]?.log).toBe('1 of 2');
  // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs: empty ones do not count.
  expect(result.jobs['show 1']?.steps[0]?.log).toBe('from a');
});

// One leg waits for a file that it would never see; the other fails at once.
const LEGS = (strategy: string) => `
on: push
jobs:
  a:
    runs-on: x
    strategy: {${strategy} matrix: {m: [slow, bad]}}
    steps:
      - run: '[ \${{ matrix.m }} = slow ] || exit 1'
      - {name: wait, run: 'for i in 1 2 3 4 5 6 7 8; do sleep 0.1; done'}
  b: {needs: a, runs-on: x, steps: [{run: 'exit 0'}]}
`;

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategyfail-fast
test('a failed leg cancels the others, unless fail-fast is off', async () => {
  const timeouts = { interrupt: 20, terminate: 20 };
  const fast = await runExample(LEGS(''), { timeouts });
  expect(listResults(fast)).toEqual({ 'a (slow)': 'cancelled', 'a (bad)': 'failure', b: 'skipped' });
  expect(fast.conclusion).toBe('failure');
  const slow = await runExample(LEGS('fail-fast: false,'), { timeouts });
  expect(listResults(slow)).toMatchObject({ 'a (slow)': 'success', 'a (bad)': 'failure' });
});

test('no more legs run at a time than max-parallel says', async () => {
  const open = new Set<string>();
  let most = 0;
  await runExample(
    `on: push\njobs: {a: {runs-on: x, strategy: {max-parallel: 2, matrix: {m: [1, 2, 3, 4]}}, steps: [{run: 'exit 0'}]}}`,
    {
      onProgress({ job, status }) {
        if (status === 'started') open.add(job);
        if (status === 'completed') open.delete(job);
        most = Math.max(most, open.size);
      },
    },
  );
  expect(most).toBe(2);
});
