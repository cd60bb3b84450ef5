import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/index';
import { describe, expect, test } from 'vitest';
import { ACTIONS, CALLERS, findOwn, listSteps, PINS, read, readWorkflow, WORKFLOWS } from './files.ts';

const FILES = [...WORKFLOWS, ...CALLERS];

describe.each(FILES)('the workflow %s', (path) => {
  test('is parsed by GitHub’s own parser without an error', () => {
    const { context } = parseWorkflow({ name: basename(path), content: read(path) }, new NoOperationTraceWriter());
    expect(context.errors.getErrors().map(({ message }) => message)).toEqual([]);
  });

  test('grants nothing at the top, and each job names its permissions', () => {
    const workflow = readWorkflow(path);
    expect(workflow.permissions).toEqual({});
    for (const [id, job] of Object.entries(workflow.jobs)) expect(job.permissions, id).toBeTypeOf('object');
  });

  test('says beside every permission why it is needed', () => {
    const lines = [...read(path).matchAll(/^ {6}[a-z-]+: (?:read|write)(?<rest>.*)$/gm)];
    for (const { 0: line, groups } of lines) expect(groups?.['rest'], line).toMatch(/^ # \w+/);
    const grants = Object.values(readWorkflow(path).jobs).flatMap(({ permissions }) => Object.keys(permissions ?? {}));
    expect(lines.length).toBe(grants.length);
  });

  test('bounds the time of every job', () => {
    for (const [id, job] of Object.entries(readWorkflow(path).jobs)) {
      if (job.uses) continue;
      // A reusable workflow may leave the number to its caller.
      const limit = job['timeout-minutes'];
      if (typeof limit === 'string') expect(limit, id).toMatch(/^\$\{\{ inputs\.[a-z-]*timeout-minutes \}\}$/);
      else expect(limit, id).toBeGreaterThan(0);
    }
  });
});

test('every action.yml is parsed by GitHub’s own parser without an error', () => {
  for (const path of ACTIONS) {
    const { context } = parseAction({ name: path, content: read(path) }, new NoOperationTraceWriter());
    expect(context.errors.getErrors().map(({ message }) => `${path}: ${message}`)).toEqual([]);
  }
});

describe('steps', () => {
  test('use actions of others only at a commit that was looked at, and say its version', () => {
    for (const path of FILES) {
      for (const { uses } of listSteps(path)) {
        if (uses === undefined || findOwn(uses) !== undefined) continue;
        const [, owner, name, commit] = /^([^/@]+)\/([^/@]+)(?:\/[^@]+)?@([0-9a-f]{40})$/.exec(uses) ?? [];
        const version = PINS[`${owner}/${name}@${commit}`];
        expect(version, `${path}: ${uses}`).toBeDefined();
        expect(read(path), path).toContain(`uses: ${uses} # ${version}\n`);
      }
    }
  });

  test('leave no token behind in the checkout', () => {
    for (const path of FILES) {
      for (const step of listSteps(path)) {
        if (step.uses?.startsWith('actions/checkout@')) expect(step.with?.['persist-credentials'], path).toBe(false);
      }
    }
  });

  test('bring no expression into a script, where its text would be run', () => {
    for (const path of FILES) {
      for (const { run = '' } of listSteps(path)) expect(run, path).not.toContain('${{');
    }
  });
});

describe('the check that a ruleset requires', () => {
  const { jobs } = readWorkflow('.github/workflows/ci.yml');
  const script = jobs['all-green']?.steps?.at(-1)?.run ?? '';
  const decide = (results: Record<string, string>) => {
    const needs = Object.fromEntries(Object.entries(results).map(([id, result]) => [id, { result, outputs: {} }]));
    return runScript(script, { NEEDS: JSON.stringify(needs) });
  };

  test('waits for every job', () => {
    const others = Object.keys(jobs).filter((id) => id !== 'all-green');
    expect([...(jobs['all-green']?.needs ?? [])].toSorted()).toEqual(others.toSorted());
  });

  test('is green only when every job succeeded', () => {
    expect(decide({ test: 'success', lint: 'success' })).toBe(0);
    for (const result of ['failure', 'cancelled', 'skipped']) {
      expect(decide({ test: 'success', lint: result }), result).not.toBe(0);
    }
  });
});

describe('a release', () => {
  const steps = readWorkflow('.github/workflows/release.yml').jobs['verify']?.steps ?? [];
  const script = (name: string) => steps.find((step) => step.name === name)?.run ?? 'exit 99';

  test.each(['v0.1.0', 'v1.4.0', 'v10.20.30'])('may be called %s', (version) => {
    expect(runScript(script('The version has the form vX.Y.Z'), { VERSION: version })).toBe(0);
  });

  test.each(['1.4.0', 'v1.4', 'v01.4.0', 'v1.4.0-rc.1', 'v1.4.0\nv', 'v1.4.0;id', '$(id)', '--help', '', ' v1.4.0'])(
    'may not be called %j',
    (version) => {
      expect(runScript(script('The version has the form vX.Y.Z'), { VERSION: version })).toBe(1);
    },
  );

  test('is made from the default branch only', () => {
    const decide = (ref: string) =>
      runScript(script('The run is of the default branch'), { GITHUB_REF: ref, DEFAULT_REF: 'refs/heads/main' });
    expect(decide('refs/heads/main')).toBe(0);
    for (const ref of ['refs/heads/main2', 'refs/tags/main', '']) expect(decide(ref), ref).toBe(1);
  });
});

/** Runs a step's script as the runner does for `shell: bash`, and returns its exit status. */
function runScript(script: string, environment: Record<string, string>): number | null {
  const { status } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: 'ignore',
  });
  return status;
}
