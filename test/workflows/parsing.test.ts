import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/index';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');

/** The commits of third-party actions that were looked at, read from the tags of their repositories. */
const PINS: Readonly<Record<string, string>> = {
  'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1': 'v7.0.1',
  'actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f': 'v7.0.0',
  'actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c': 'v8.0.1',
  'actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97': 'v7.0.0',
  'actions/setup-node@820762786026740c76f36085b0efc47a31fe5020': 'v7.0.0',
  'actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae': 'v5.0.5',
  'actions/attest@1e69f48acb82d1966a394da916b4c1698aa569d6': 'v4.2.2',
  'actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128': 'v5.0.0',
  'actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9': 'v5.0.0',
  'astral-sh/setup-uv@20cfd1bf945f4377ade1205e4dbc17946fc9a30d': 'v10.0.1',
  'conda-incubator/setup-miniconda@8ee1f361103df19b6f8c8655fd3967a8ecb162d5': 'v4.0.1',
  'github/codeql-action@8aad20d150bbac5944a9f9d289da16a4b0d87c1e': 'v4.36.2',
  'ossf/scorecard-action@2d1146689b8cda280b9bc96326124645441f03bc': 'v2.4.4',
};

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly uses?: string;
  readonly steps?: readonly Step[];
  readonly needs?: readonly string[];
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: number | string;
}

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const list = (pattern: string) => globSync(pattern, { cwd: ROOT, dot: true }).toSorted();
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const readWorkflow = (path: string) => parse(read(path)) as Workflow;

const WORKFLOWS = readdirSync(join(ROOT, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const ACTIONS = [...list('action.yml'), ...list('actions/*/action.yml')];

function listSteps(path: string): Step[] {
  const document = parse(read(path)) as Partial<Workflow> & { runs?: { steps?: Step[] } };
  const jobs = Object.values(document.jobs ?? {});
  return [...jobs.flatMap((job) => [...(job.steps ?? []), ...(job.uses ? [{ uses: job.uses }] : [])])].concat(
    document.runs?.steps ?? [],
  );
}

describe.each(WORKFLOWS)('the workflow %s', (path) => {
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
    const granted = read(path).matchAll(/^ {6}[a-z-]+: (?:read|write)(?<rest>.*)$/gm);
    for (const { 0: line, groups } of granted) expect(groups?.['rest'], line).toMatch(/^ # \w+/);
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
  const files = [...WORKFLOWS, ...ACTIONS];

  test('use actions of others only at a commit that was looked at, and say its version', () => {
    for (const path of files) {
      for (const { uses } of listSteps(path)) {
        if (uses === undefined || uses.startsWith('$/')) continue;
        const [, owner, name, commit] = /^([^/@]+)\/([^/@]+)(?:\/[^@]+)?@([0-9a-f]{40})$/.exec(uses) ?? [];
        const version = PINS[`${owner}/${name}@${commit}`];
        expect(version, `${path}: ${uses}`).toBeDefined();
        expect(read(path), path).toContain(`uses: ${uses} # ${version}\n`);
      }
    }
  });

  test('leave no token behind in the checkout', () => {
    for (const path of files) {
      for (const step of listSteps(path)) {
        if (step.uses?.startsWith('actions/checkout@')) expect(step.with?.['persist-credentials'], path).toBe(false);
      }
    }
  });

  test('bring no expression into a script, where its text would be run', () => {
    for (const path of files) {
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
    expect(jobs['all-green']?.needs?.toSorted()).toEqual(others.toSorted());
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
