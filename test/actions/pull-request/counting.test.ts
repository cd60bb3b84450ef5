import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { runReport } from '../../../src/actions/pull-request/report.ts';
import type { Shell } from '../../../src/actions/shell.ts';
import type { EvidenceSet } from '../../../src/evidence/document.ts';
import { SILENT } from '../../../src/progress.ts';
import { parseLedger } from '../../../src/registry/ledger/chain.ts';
import { pack } from '../../faults/project.ts';
import { NO_DELAYS } from '../../github/hub.ts';
import { createJudged } from '../../pipeline/budget/evidence.ts';
import { writeJudged } from '../../pipeline/budget/judged-folder.ts';
import { readBranchByGit } from '../../registry/ledger/branch.ts';
import { type GitHub, type Repository, startGitHub } from '../../support/github/start.ts';

let github: GitHub;
let repository: Repository;
let folder: string;
let names = 0;
beforeAll(async () => {
  github = await startGitHub();
});
afterAll(() => github[Symbol.asyncDispose]());
beforeEach(async () => {
  names += 1;
  repository = await github.createRepository({ owner: 'octo', name: `zoo${names}`, files: { 'README.md': 'Hello' } });
  folder = await mkdtemp(join(tmpdir(), 'modelgate-counting-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const WORKFLOW = '.github/workflows/model.yml';

/** A run for a push, whose job that judges left these models; undefined where it left nothing. */
async function judge(models: Readonly<Record<string, EvidenceSet>> | undefined) {
  const sha = (await repository.resolve('main')) ?? '';
  const made = { workflowPath: WORKFLOW, event: 'push', headSha: sha, headBranch: 'main' } as const;
  const run = repository.createRun({ ...made, status: 'in_progress' });
  const event = await github.createEvent.push(repository, { ref: 'refs/heads/main', before: sha, after: sha });
  await writeFile(join(folder, 'event.json'), JSON.stringify(event));
  if (models === undefined) return { run, sha, id: '', digest: '' };
  const judged = join(folder, 'judged');
  await writeJudged(judged, models, sha);
  const artifact = run.addArtifact('modelgate-judged', await pack(await readFolder(judged)));
  return { run, sha, id: String(artifact.id), digest: artifact.digest };
}

/** The phase, in a job that may do no more than its workflow grants. */
async function count(
  { run, sha, id, digest }: Awaited<ReturnType<typeof judge>>,
  contents: 'read' | 'write' = 'write',
) {
  const token = github.createToken({ repository, permissions: { actions: 'read', contents } });
  const inputs: Record<string, string> = {
    ...{ phase: 'count', comment: 'always', token },
    ...{ 'artifact-id': id, 'artifact-digest': digest },
  };
  const seen = { log: '', summary: '', errors: [] as string[], failed: false };
  const shell: Shell = {
    signal: new AbortController().signal,
    progress: SILENT,
    delays: NO_DELAYS,
    folder,
    environment: {
      RUNNER_TEMP: folder,
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTOR: 'ada',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_EVENT_PATH: join(folder, 'event.json'),
      GITHUB_REPOSITORY: repository.fullName,
      GITHUB_REPOSITORY_ID: String(repository.id),
      GITHUB_RUN_ID: String(run.id),
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_SHA: sha,
      GITHUB_WORKFLOW_REF: `${repository.fullName}/${WORKFLOW}@refs/heads/main`,
      GITHUB_SERVER_URL: github.serverUrl,
      GITHUB_API_URL: github.apiUrl,
    },
    getInput: (name) => inputs[name] ?? '',
    setOutputs() {},
    hide() {},
    print(text) {
      seen.log += text;
    },
    postAnnotations: (given) => void seen.errors.push(...given.map(({ message }) => message)),
    async postSummary(text) {
      seen.summary += text;
    },
    block() {
      seen.failed = true;
    },
  };
  await runReport(shell);
  return seen;
}

const listCounted = async () =>
  parseLedger(await readBranchByGit(repository)).events.map(({ kind, model }) => `${kind} ${model}`);
const hasLedger = async () => (await repository.resolve('modelgate')) !== undefined;

test('the verdict of a push is counted, and told to be; repeating it counts nothing', async () => {
  const judged = await judge({ penguins: createJudged('one') });
  for (let again = 0; again < 2; again++) {
    const { log, summary, failed } = await count(judged);
    expect(failed).toBe(false);
    expect(log).toBe('penguins: the verdict is counted against the budget test-2026.\n');
    expect(summary).toContain('the verdict is counted against the budget test-2026.');
    expect(await listCounted()).toEqual(['verdict penguins']);
  }
});

test('without a budget, without a question and without a verdict nothing is written, and that is said', async () => {
  const free = createJudged('free', {}, { verdict: { budget: null } });
  const { log, failed } = await count(await judge({ free, unasked: createJudged('unasked', { counted: false }) }));
  expect(log).toBe(
    'free: nothing is counted, as there is no budget.\n' +
      'unasked: nothing is counted, as nothing was asked of the test set.\n',
  );
  expect(failed).toBe(false);
  expect(await count(await judge(undefined))).toMatchObject({
    log: 'This run left no verdict, so nothing is counted.\n',
    failed: false,
  });
  expect(await hasLedger()).toBe(false);
});

test('what cannot be counted ends the job as failed, and keeps no other model from being counted', async () => {
  const shown = createJudged('shown', { state: 'unknown', counted: false, spent: null, text: 'nobody knows.' });
  const { verdict: _, ...broken } = createJudged('broken');
  const judged = await judge({ shown, broken, penguins: createJudged() });
  const { failed, errors, log } = await count(judged);
  expect(failed).toBe(true);
  expect(errors).toEqual([
    expect.stringMatching(/^shown: .*It could not be counted: nobody knows\. Mend that/),
    expect.stringMatching(/^broken: .*the verdict is not there/),
  ]);
  expect(log).toContain('penguins: the verdict is counted');
  expect(await listCounted()).toEqual(['verdict penguins']);
});

test('a verdict beyond a budget that others spent meanwhile is refused', async () => {
  const last = (name: string) =>
    createJudged(name, { verdicts: 1, whenSpent: 'cannot-measure', state: 'nearly-spent' });
  expect((await count(await judge({ penguins: last('one') }))).failed).toBe(false);
  const { failed, errors } = await count(await judge({ penguins: last('two') }));
  expect([failed, errors.join()]).toEqual([true, expect.stringContaining('it is verdict 2 of 1')]);
});

test('a job that may not write says what it needs, and another artifact than the judge’s is not read', async () => {
  const judged = await judge({ penguins: createJudged('one') });
  expect(await count(judged, 'read')).toMatchObject({
    failed: true,
    errors: [expect.stringContaining('contents: write')],
  });
  await expect(count({ ...judged, digest: `sha256:${'0'.repeat(64)}` })).rejects.toThrow('could not be counted');
  const other = await judge({ penguins: createJudged('two') });
  await expect(count({ ...other, run: judged.run })).rejects.toThrow('could not be counted');
  expect(await hasLedger()).toBe(false);
});

async function readFolder(top: string): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for (const name of await readdir(top, { recursive: true })) {
    const path = join(top, name);
    if ((await stat(path)).isFile()) files[name] = await readFile(path);
  }
  return files;
}
