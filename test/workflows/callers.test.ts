import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { PERMISSIONS } from '../../scripts/action-pages.ts';
import { renderWorkflowPages } from '../../scripts/workflow-pages.ts';
import { REPOSITORY, VERSION } from '../../src/identity.ts';
import { ROOT } from '../support/program.ts';
import {
  ACTIONS,
  CALLERS,
  findOwn,
  type Job,
  joinPermissions,
  listExpressions,
  listJobs,
  listNames,
  listSteps,
  type Permissions,
  REUSABLE,
  read,
  readAction,
  readWorkflow,
} from './files.ts';

const askGit = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
const OURS = [...REUSABLE, ...CALLERS];
const readCall = (path: string) => readWorkflow(path).on.workflow_call ?? {};
/** What a workflow asks for: as much as its jobs together. */
const askedBy = (path: string) => joinPermissions(listJobs(path).map(([, { permissions }]) => permissions));
const listCalls = (path: string): [id: string, job: Job, called: string][] =>
  listJobs(path).flatMap(([id, job]) => (job.uses === undefined ? [] : [[id, job, findOwn(job.uses) ?? job.uses]]));

describe.each(REUSABLE)('the reusable workflow %s', (path) => {
  const { inputs = {}, secrets = {}, outputs = {} } = readCall(path);

  test('uses every input and secret that it declares, and no other', () => {
    expect(listNames(path, 'inputs')).toEqual(Object.keys(inputs).toSorted());
    expect(listNames(path, 'secrets')).toEqual(Object.keys(secrets).toSorted());
  });

  test('takes each of its outputs from an output of a job', () => {
    for (const { value } of Object.values(outputs)) {
      const [, id = '', name = ''] = /^\$\{\{ jobs\.([\w-]+)\.outputs\.([\w-]+) \}\}$/.exec(value) ?? [];
      expect(listOutputs(readWorkflow(path).jobs[id]), value).toContain(name);
    }
  });

  test('has a page that is made from it, and that the README names', async () => {
    const page = `docs/workflows/${path.split('/').at(-1)?.replace('.yml', '.md')}`;
    expect(read(page)).toBe((await renderWorkflowPages()).get(page));
    expect(read('README.md')).toContain(`](${page})`);
  });
});

/** What actions of others hand on, by their own action.yml: upload-artifact, attest, deploy-pages. */
const OTHERS_OUTPUTS = ['artifact-id', 'artifact-digest', 'bundle-path', 'page_url'];

/** What a job hands on: its own outputs, or those of the workflow that it calls. */
function listOutputs(job: Job | undefined): string[] {
  const called = findOwn(job?.uses);
  return Object.keys((called === undefined ? job?.outputs : readCall(called).outputs) ?? {});
}

describe.each(OURS)('in %s', (path) => {
  test('every call gives the inputs that are declared, of the right kind, and those that are required', () => {
    for (const [id, job, called] of listCalls(path)) {
      const { inputs = {}, secrets = {} } = readCall(called);
      for (const [name, value] of Object.entries(job.with ?? {})) {
        expect(Object.keys(inputs), `${id}: ${name}`).toContain(name);
        if (!String(value).includes('${{')) expect(typeof value, `${id}: ${name}`).toBe(inputs[name]?.type);
      }
      const required = Object.entries(inputs).filter(([, input]) => input.required);
      expect(Object.keys(job.with ?? {})).toEqual(expect.arrayContaining(required.map(([name]) => name)));
      // Never `inherit`: that would hand over every secret there is.
      expect(Object.keys(secrets), id).toEqual(expect.arrayContaining(Object.keys(job.secrets ?? {})));
    }
  });

  test('every call grants what the called workflow asks for, no more and no less', () => {
    for (const [id, { permissions }, called] of listCalls(path)) expect(permissions, id).toEqual(askedBy(called));
  });

  test('every step gives an action of ours only inputs that it declares, and those that it requires', () => {
    for (const { uses, with: given = {} } of listSteps(path)) {
      const file = findOwn(uses);
      if (!file?.endsWith('action.yml')) continue;
      const { inputs } = readAction(file);
      const required = Object.entries(inputs).filter(([, input]) => input.required);
      expect(Object.keys(inputs), uses).toEqual(expect.arrayContaining(Object.keys(given)));
      expect(Object.keys(given), uses).toEqual(expect.arrayContaining(required.map(([name]) => name)));
    }
  });

  test('every output of a step or of a job that is read is there', () => {
    const { jobs } = readWorkflow(path);
    for (const [id, job] of Object.entries(jobs)) {
      const words = JSON.stringify(job);
      for (const [, step, name = ''] of words.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
        const file = findOwn(job.steps?.find((one) => one.id === step)?.uses);
        if (file !== undefined) expect(Object.keys(readAction(file).outputs), `${id}: ${step}`).toContain(name);
        else expect(OTHERS_OUTPUTS, `${id}: ${step}`).toContain(name);
      }
      for (const [, other = '', name = ''] of words.matchAll(/\bneeds\.([\w-]+)\.outputs\.([\w-]+)/g)) {
        expect([job.needs].flat(), `${id}: ${other}`).toContain(other);
        expect(listOutputs(jobs[other]), `${id}: ${other}`).toContain(name);
      }
    }
  });

  test('a job that runs the candidate’s code may read the repository, and has no secret and no token', () => {
    for (const [id, job] of listJobs(path).filter(([, one]) => runsCandidate(one))) {
      expect(job.permissions, id).toEqual({ contents: 'read' });
      expect(JSON.stringify(job), id).not.toMatch(/secrets\.|github\.token|\btoken"/);
    }
  });
});

test('addresses of databases go to the jobs that check data alone, and to no check of a stranger’s contract', () => {
  const holders = REUSABLE.flatMap((path) =>
    listJobs(path)
      .filter(([, job]) => JSON.stringify(job).includes('secrets.connections'))
      .map(([id, job]) => `${path.split('/').at(-1)}: ${id}: ${runsCandidate(job)}`),
  );
  expect(holders.toSorted()).toEqual([
    'model-judge.yml: judge: false',
    'model-pull-request.yml: judge: false',
    'model-pull-request.yml: validate: false',
    'model-report.yml: judge: false',
  ]);
  const { steps = [] } = readWorkflow('.github/workflows/model-pull-request.yml').jobs['validate'] ?? {};
  expect(steps.map((step) => step.with?.['connections']).filter(Boolean)).toEqual([
    expect.stringMatching(/head\.repo\.id == github\.event\.repository\.id\) && secrets\.connections \|\| ''/),
  ]);
});

test('the job that runs the code of baselines gives a token to the step before alone, and runs for pushes only', () => {
  const job = readWorkflow('.github/workflows/model-pull-request.yml').jobs['baselines'];
  const steps = job?.steps ?? [];
  expect(job?.permissions).toEqual({ contents: 'read' });
  expect(JSON.stringify(job)).not.toContain('secrets.');
  const holders = steps.filter((step) => JSON.stringify(step).includes('github.token'));
  expect(holders.map(({ with: given }) => given?.['phase'])).toEqual(['find']);
  const own = steps.filter(({ uses }) => findOwn(uses) === 'actions/baselines/action.yml');
  expect(own.map(({ with: given }) => given?.['phase'])).toEqual(['find', 'predict']);
  expect(readAction('actions/baselines/action.yml').inputs['token']?.default).toBe('');
  expect(read('.github/workflows/model-pull-request.yml')).toContain("if: ${{ github.event_name == 'push' && needs");
  expect(read('.github/workflows/model-report.yml')).not.toContain('baselines-');
});

const CANDIDATE_CODE = ['action.yml', ...['candidate', 'train', 'predict'].map((name) => `actions/${name}/action.yml`)];

function runsCandidate({ steps = [] }: Job): boolean {
  return steps.some(({ uses }) => CANDIDATE_CODE.includes(findOwn(uses) ?? ''));
}

describe('the callers to copy', () => {
  test('train somewhere', () => {
    const trains = (path: string): boolean =>
      listJobs(path).some(
        ([, job]) => runsCandidate(job) || (job.uses !== undefined && trains(findOwn(job.uses) ?? '')),
      );
    const folders = [...new Set(CALLERS.map((path) => path.split('/')[1]))];
    for (const folder of folders) {
      expect(CALLERS.filter((path) => path.split('/')[1] === folder).some(trains), folder).toBe(true);
      expect(read('README.md')).toContain(`| [${folder}](workflows/${folder}) |`);
    }
  });

  const pins = CALLERS.flatMap((path) => [...read(path).matchAll(/uses: (\S+)@(\S+)(.*)/g)]).filter(([, name]) =>
    name?.startsWith(`${REPOSITORY}/`),
  );

  // A shallow clone has no history to look into.
  test.skipIf(askGit('rev-parse', '--is-shallow-repository') === 'true')(
    'name a commit that holds what they call',
    () => {
      for (const [line, name = '', commit] of pins) {
        const path = name.slice(REPOSITORY.length + 1);
        const file = path.endsWith('.yml') ? path : `${path}/action.yml`;
        expect(askGit('cat-file', '-t', `${commit}:${file}`), line).toBe('blob');
        expect(askGit('merge-base', commit ?? '', 'HEAD'), line).toBe(commit);
      }
    },
  );

  test('name this library at one commit, with the version beside it', () => {
    expect(pins.length).toBeGreaterThan(CALLERS.length);
    for (const [line, , commit, comment] of pins) {
      expect(commit, line).toMatch(/^[0-9a-f]{40}$/);
      expect(commit, line).toBe(pins[0]?.[2]);
      expect(comment, line).toBe(` # v${VERSION}`);
    }
  });

  test('read no secret and no input that nobody gives', () => {
    for (const path of CALLERS) {
      expect(listExpressions(path).join(), path).not.toMatch(/\b(secrets|vars)\./);
      const asked = Object.keys(readWorkflow(path).on.workflow_dispatch?.inputs ?? {});
      expect(listNames(path, 'inputs').toSorted(), path).toEqual(asked.toSorted());
    }
  });
});

test('the caller that releases is the one-file caller, and one job more', () => {
  const [plain, releasing] = ['one-file', 'release'].map(
    (folder) => readWorkflow(`workflows/${folder}/model.yml`).jobs,
  );
  const { release, ...others } = releasing ?? {};
  expect(findOwn(release?.uses)).toBe('.github/workflows/model-release.yml');
  const drop = ([id, { if: _, ...job }]: [string, Job]) => [id, job];
  expect(Object.entries(others).map(drop)).toEqual(Object.entries(plain ?? {}).map(drop));
});

describe('the permissions that the page of an action tells', () => {
  const jobs = OURS.flatMap((path) => listJobs(path));

  test.each(ACTIONS.filter((path) => path !== 'action.yml'))('%s: are those of the jobs that use it', (path) => {
    const using = jobs.filter(([, { steps = [] }]) => steps.some(({ uses }) => findOwn(uses) === path));
    const told = PERMISSIONS[path.split('/')[1] ?? ''];
    // A job beside checks the repository out, for which alone an action needs no permission of its own.
    const plain: Permissions = { contents: 'read' };
    const granted = joinPermissions(using.map(([, { permissions }]) => permissions));
    // Where no workflow of ours uses it, there is nothing to compare with.
    if (told !== undefined && using.length === 0) return;
    if (told === undefined) expect(using.length === 0 ? plain : granted).toEqual(plain);
    else expect(parse(told.join('\n'))).toEqual(granted);
  });
});
