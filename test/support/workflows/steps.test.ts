import { expect, test } from 'vitest';
import { runExample } from './example.ts';
import type { RunOptions } from './run-options.ts';

/** Runs the steps as the one job of a workflow. */
async function runSteps(steps: string, options: Partial<RunOptions> & { job?: string } = {}) {
  const { job = '', ...rest } = options;
  const indented = steps.trim().split('\n').join('\n      ');
  const result = await runExample(
    `on: push\njobs:\n  a:\n    runs-on: x\n    ${job}\n    steps:\n      ${indented}\n`,
    rest,
  );
  const found = result.jobs['a'];
  if (!found) throw new Error(result.log);
  return found;
}

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
test('a pipe that fails fails bash only where the file names bash', async () => {
  const { result, steps } = await runSteps(`
- {run: 'false | true; echo went on'}
- {run: 'set +e; echo $-'}
- {shell: bash, continue-on-error: true, run: 'false | true; echo went on'}
- {shell: sh, run: 'echo sh'}
- {shell: 'cat {0}', run: 'echo text'}
- {shell: pwsh, continue-on-error: true, run: 'x'}
`);
  expect(steps.map(({ outcome, log }) => [outcome, log])).toEqual([
    ['success', 'went on'],
    ['success', 'hB'],
    ['failure', '##[error]Process completed with exit code 1.'],
    ['success', 'sh'],
    ['success', 'echo text'],
    ['failure', '##[error]Shell "pwsh" is not supported'],
  ]);
  expect(result).toBe('success');
});

// https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#steps-context
test('outcome is before continue-on-error, conclusion after it', async () => {
  const { result, steps } = await runSteps(`
- {id: may, run: 'exit 3', continue-on-error: true}
- {run: 'echo \${{ steps.may.outcome }} \${{ steps.may.conclusion }} \${{ job.status }}'}
- {id: must, run: 'exit 1'}
- {run: 'echo not this'}
- {if: failure(), run: 'echo \${{ steps.must.conclusion }} \${{ job.status }}'}
- {if: success() || steps.none.outcome == 'success', run: 'echo nor this'}
- {if: always(), run: 'echo last'}
- {if: cancelled(), run: 'echo nor that'}
`);
  expect(steps.map(({ outcome, log }) => [outcome, log])).toEqual([
    ['failure', '##[error]Process completed with exit code 3.'],
    ['success', 'failure success success'],
    ['failure', '##[error]Process completed with exit code 1.'],
    ['skipped', ''],
    ['success', 'failure failure'],
    ['skipped', ''],
    ['success', 'last'],
    ['skipped', ''],
  ]);
  expect(result).toBe('failure');
});

test('the nearest environment and defaults win', async () => {
  const { steps } = await runSteps(
    `
- {run: 'mkdir -p sub; echo "$A $B $C; \${{ env.C }}"', env: {C: step}, working-directory: .}
- {run: 'basename "$PWD"; echo $-'}
- {run: 'x', working-directory: none, continue-on-error: true}
`.trim(),
    { job: 'env: {A: a, B: b, C: job}\n    defaults: {run: {shell: bash, working-directory: sub}}' },
  );
  expect(steps.map(({ log }) => log)).toEqual([
    'a b step; step',
    'sub\nehB',
    "##[error]No such working directory 'none'",
  ]);
});

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#environment-files
test('files carry outputs, variables and paths to later steps, and the summary to the job', async () => {
  const job = await runSteps(`
- id: w
  run: |
    printf 'one=1=2\\nmany<<END\\na\\n\\nb=<<\\nEND\\n' >> "$GITHUB_OUTPUT"
    printf 'NAME=value\\nLONG<<X\\n1\\n2\\nX\\n' >> "$GITHUB_ENV"
    mkdir bin; printf '#!/bin/sh\\necho tool' > bin/tool; chmod +x bin/tool; echo "$PWD/bin" >> "$GITHUB_PATH"
    echo '# One' >> "$GITHUB_STEP_SUMMARY"; echo "[$NAME]"
- run: |
    tool; echo "$NAME $LONG"; echo '## Two' >> "$GITHUB_STEP_SUMMARY"
  env: {MANY: "\${{ steps.w.outputs.many }}"}
- {run: 'printf "x<<END\\nno end\\n" >> "$GITHUB_OUTPUT"', continue-on-error: true}
- {run: 'echo NODE_OPTIONS=--x >> "$GITHUB_ENV"', continue-on-error: true}
- {run: 'echo GITHUB_SHA=mine >> "$GITHUB_ENV"'}
- {run: 'echo "$GITHUB_SHA"'}
- {run: 'head -c 1100000 /dev/zero | tr "\\0" x >> "$GITHUB_STEP_SUMMARY"'}
`);
  expect(job.result, job.log).toBe('success');
  expect(job.steps[0]).toMatchObject({ outputs: { one: '1=2', many: 'a\n\nb=<<' }, log: '[]' });
  expect(job.steps[1]?.log).toBe('tool\nvalue 1\n2');
  expect(job.steps[2]?.log).toContain("Matching delimiter not found 'END'");
  expect(job.steps[3]?.log).toContain("Can't store NODE_OPTIONS");
  expect(job.steps[5]?.log).toBe('1'.repeat(40));
  expect(job.steps[6]?.log).toContain('supports content up to a size of 1024k, got 1075k');
  expect(job.summary).toBe('# One\n## Two\n');
});

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
test('commands in the log make annotations and masks, and can be stopped', async () => {
  const { annotations, steps } = await runSteps(`
- run: |
    echo '::error file=a.csv,line=3,endLine=4,title=Bad%2C row::100%25 wrong%0Anext'
    echo '::warning::careful'
    echo '::notice::note' >&2; echo '::debug::detail'
    echo '::add-mask::hunter2'; echo 'a hunter2 b'; echo '::notice::hunter2'
    echo '::stop-commands::token'; echo '::error::not one'; echo '::token::'
    for i in 1 2 3 4 5 6 7 8 9 10 11; do echo "::error::$i"; done
- {run: 'echo ::set-output name=a::b', continue-on-error: true}
`);
  const [first] = annotations;
  expect(first).toEqual({
    ...{ level: 'error', message: '100% wrong\nnext', title: 'Bad, row' },
    ...{ file: 'a.csv', line: 3, endLine: 4 },
  });
  expect(annotations.filter(({ level }) => level === 'error')).toHaveLength(10 + 1);
  expect(
    annotations
      .filter(({ level }) => level === 'notice')
      .map(({ message }) => message)
      .sort(),
  ).toEqual(['***', 'note']);
  expect(steps[0]?.log).toContain('a *** b');
  expect(steps[0]?.log).toContain('::error::not one');
  expect(steps[0]?.log).not.toContain('detail');
  expect(steps[1]).toMatchObject({
    outcome: 'failure',
    annotations: [{ message: 'The command set-output is not supported' }],
  });
});

// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepstimeout-minutes
test('a step that takes too long fails, and nothing of it goes on', async () => {
  const { result, steps } = await runSteps(
    `
- name: Slow
  timeout-minutes: 1
  run: |
    trap '' INT TERM
    echo $BASHPID > pid
    sleep 60 & echo $! >> pid
    wait
- {if: failure(), run: 'for pid in $(cat pid); do while grep -sq "^State:.[^Z]" /proc/$pid/status; do sleep 0.02; done; done; echo looked'}
`,
    { timeouts: { minute: 150, interrupt: 20, terminate: 20 } },
  );
  expect(result).toBe('failure');
  expect(steps[0]).toMatchObject({
    outcome: 'failure',
    annotations: [{ message: "The action 'Slow' has timed out after 1 minutes." }],
  });
  expect(steps[1]?.log).toBe('looked');
});
