import { expect, test } from 'vitest';
import { runExample } from './example.ts';

const job = (lines: string) =>
  `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n${lines}\n    steps:\n      - run: exit 0\n`;
const step = (lines: string) => `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${lines}\n`;

// What GitHub's own parser refuses, and what it takes but this runner does not act on.
const REFUSED: readonly [what: string, workflow: string, message: string][] = [
  ['a key that GitHub does not know', job('    runs: x'), "(Line: 5, Col: 5): Unexpected value 'runs'"],
  ['a type that GitHub does not know', job('    timeout-minutes: soon'), '(Line: 5, Col: 22)'],
  ['a context that has no place there', job('    if: env.X'), "Unrecognized named-value: 'env'"],
  [
    'a secret in the condition of a step',
    step('      - run: x\n        if: secrets.X'),
    "Unrecognized named-value: 'secrets'",
  ],
  ['an expression that is none', step(`      - run: echo \${{ github..x }}`), 'Unexpected symbol'],
  [
    'a key that nothing here reads',
    job('    services: {db: {image: x}}'),
    '(Line: 5, Col: 5): "services" is not supported',
  ],
  [
    'a kind of step that nothing here runs',
    step('      - run: x\n        background: true'),
    "Unexpected value 'background'",
  ],
  [
    'paths that would need the files of the event',
    `${job('').replace('on: push', 'on: {push: {paths: [x]}}')}`,
    '"paths" is not supported',
  ],
  ['a ref behind $/', step('      - uses: $/actions/gate@v1'), '`$/` takes no @ref'],
  ['an image as action', step('      - uses: docker://alpine'), 'containers are not supported'],
  ['a need that is no job', job('    needs: b'), "depends on unknown job 'b'"],
  ['a job that needs itself', job('    needs: a'), "Job 'a' depends on itself"],
  [
    'two steps with one id',
    step('      - {id: x, run: y}\n      - {id: x, run: y}'),
    'The identifier "x" is used twice',
  ],
];

test.each(REFUSED)('refuses %s', async (_, workflow, message) => {
  await expect(runExample(workflow)).rejects.toThrow(message);
});

test('refuses a container, unless told that the host will do', async () => {
  const workflow = job('    container: node:24');
  const refused = await runExample(workflow);
  expect(refused.jobs['a']).toMatchObject({ result: 'failure', log: 'Containers are not supported' });
  const ran = await runExample(workflow, { containersOnHost: true });
  expect(ran.jobs['a']).toMatchObject({ result: 'success', container: 'node:24' });
});

test('records where a job runs and its environment', async () => {
  const result = await runExample(
    job('    environment: production').replace(
      'ubuntu-latest',
      `\${{ fromJSON('{"group":"gpu","labels":["a100"]}') }}`,
    ),
  );
  expect(result.jobs['a']).toMatchObject({
    runsOn: { group: 'gpu', labels: ['a100'] },
    environment: 'production',
  });
});

test('anchors stand for what they name', async () => {
  // https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations
  const result = await runExample(`
on: push
jobs:
  a: &job
    runs-on: ubuntu-latest
    steps: [{run: 'exit 0'}]
  b: *job
`);
  expect(Object.keys(result.jobs)).toEqual(['a', 'b']);
});
