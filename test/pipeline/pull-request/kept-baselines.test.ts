import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashFile } from '../../../src/evidence/file-hash.ts';
import type { Subject } from '../../../src/evidence/schema/envelope.ts';
import { openCommitFiles } from '../../../src/github/commit-files.ts';
import { writeBaselines } from '../../../src/pipeline/pull-request/baselines-file.ts';
import type { EarlierRuns } from '../../../src/pipeline/pull-request/earlier-runs.ts';
import type { ModelInput } from '../../../src/pipeline/pull-request/judge-input.ts';
import { keepBaselines, openKeptBaselines } from '../../../src/pipeline/pull-request/kept-baselines.ts';
import { predictWantedBaselines } from '../../../src/pipeline/pull-request/wanted-baselines.ts';
import { configure, LABELS, openSmallProject, type SmallProject } from '../small-project.ts';
import { createPullRequest, createPush } from './workshop.ts';

const TRAIN = 'train: { run: cp params.txt out/model.txt, inputs: [params.txt], outputs: { model: out/model.txt } }\n';
const RUN =
  '  run: mkdir -p out && (echo id,answer,score; echo "$(cat out/model.txt),yes,0.9") > out/predictions.csv\n';
const CONFIG = configure(['{ id: a, metric: accuracy, against: production, max-drop: 0.1 }'], 'rows', TRAIN).concat(
  'stages: [production]\n',
);
const PREDICTED = 'id,answer,score\nr01,yes,0.9\n';

let project: SmallProject;
let home: string;
let subject: Subject;
/** What the job of a push hands to its judge. */
let made: string;
beforeAll(async () => {
  project = await openSmallProject({
    'modelgate.yml': CONFIG.replace('evaluate:\n', `evaluate:\n${RUN}`),
    'data/test.csv': LABELS,
    'model.txt': 'r01',
  });
  home = await realpath(await mkdtemp(join(tmpdir(), 'kept-baselines-')));
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: project.folder, encoding: 'utf8' }).trim();
  const { sha256: config } = await hashFile(join(project.folder, 'modelgate.yml'));
  const model = await hashFile(join(project.folder, 'model.txt'));
  subject = { commit, dirty: false, config, modelFiles: [{ path: 'out/model.txt', ...model }] };
  // The code of today would predict otherwise, and the files of today are of no model.
  await project.write('modelgate.yml', CONFIG.replace('evaluate:\n', 'evaluate:\n  run: exit 7\n'));
  made = join(home, 'made');
  const models = join(home, 'models');
  await mkdir(models);
  await cp(join(project.folder, 'model.txt'), join(models, model.sha256.slice('sha256:'.length)));
  await writeBaselines(join(made, 'small'), [
    { name: 'production', subject },
    { name: 'staging', subject: { ...subject, commit: 'e'.repeat(40) }, reason: 'its release is gone' },
  ]);
  await project.open((run) => predictWantedBaselines(run, { kept: made, models }));
});
afterAll(async () => {
  await project.remove();
  await rm(home, { recursive: true });
});

const HEAD = 'a'.repeat(40);
const BASE = 'b'.repeat(40);
const list = (left: Awaited<ReturnType<EarlierRuns['fetchJudged']>>): EarlierRuns => ({
  list: async () => ({ runs: [{ id: 7, commit: BASE }], others: 0 }),
  fetchJudged: async () => left,
});
const open = (more: Partial<ModelInput>) =>
  ({ files: openCommitFiles(project.folder), file: 'modelgate.yml', ancestors: [BASE], ...more }) as ModelInput;
const OF_PULL = { subject: createPullRequest(HEAD, BASE) };
const OF_PUSH = { subject: createPush(HEAD) };
const ask = (more: Partial<ModelInput>, asked: Partial<Subject> = {}, name = 'production') =>
  project.open((run) =>
    openKeptBaselines(open(more))(run, name, {
      subject: { ...subject, ...asked },
      bring: async () => ({ reason: 'nothing is brought where a judge asks' }),
    }),
  );

describe('what the model of a baseline predicted in the job of a push', () => {
  test('comes of the code of its own commit, and serves the judge of that run', async () => {
    const found = await ask({ ...OF_PUSH, ownBaselines: { folder: made } });
    expect(found).toMatchObject({ by: 'this run', columns: { path: 'out/predictions.csv', prediction: 'answer' } });
    expect(await readFile('path' in found ? found.path : '', 'utf8')).toBe(PREDICTED);
  });

  test('is kept beside the evidence, and serves pull requests, which are told of the run', async () => {
    const runFolder = join(home, 'judged/small');
    await project.open(async (run) =>
      keepBaselines(open({ ...OF_PUSH, ownBaselines: { folder: made } }), { ...run, runFolder }),
    );
    const found = await ask({ ...OF_PULL, runs: list({ folder: join(home, 'judged') }) });
    expect(found).toMatchObject({ by: `the run 7 of ${BASE.slice(0, 12)}` });
    expect(await readFile('path' in found ? found.path : '', 'utf8')).toBe(PREDICTED);
  });

  test('is never taken from the run of a pull request, nor kept for it', async () => {
    const own = { ...OF_PULL, ownBaselines: { folder: made } };
    expect(await ask({ ...own, runs: list({ fault: 'it has expired' }) })).toEqual({
      reason: expect.stringContaining('kept cannot be had: it has expired'),
    });
    const runFolder = join(home, 'pull');
    await project.open(async (run) => keepBaselines(open(own), { ...run, runFolder }));
    await expect(readdir(runFolder)).rejects.toThrow('ENOENT');
  });
});

describe('says why there is none, and what brings it', () => {
  const refuse = async (reason: string, more: Partial<ModelInput>, asked: Partial<Subject> = {}) => {
    const found = await ask(more, asked);
    expect(found).toEqual({ reason: expect.stringContaining(reason) });
    expect(found).toEqual({ reason: expect.stringContaining('The next one to succeed brings it') });
  };
  const judged = () => ({ ...OF_PULL, runs: list({ folder: made }) });

  test.each<[what: string, reason: string, asked: () => Partial<Subject>]>([
    ['of another commit', 'kept no predictions of it', () => ({ commit: 'f'.repeat(40) })],
    ['of another modelgate.yml', 'kept no predictions of it', () => ({ config: `sha256:${'0'.repeat(64)}` })],
    ['of another model', 'kept no predictions of it', () => ({ modelFiles: [] })],
    ['whose model could not', 'it could not: its release is gone', () => ({ commit: 'e'.repeat(40) })],
  ])('of a release %s', (_, reason, asked) => refuse(reason, judged(), asked()));

  test.each<[what: string, reason: string, more: () => Partial<ModelInput>]>([
    ['without a run to ask', 'in a workflow only', () => OF_PULL],
    ['where none has succeeded', 'none has succeeded', () => ({ ...judged(), ancestors: [HEAD] })],
    ['where the push let none predict', 'this one has let no baseline predict', () => OF_PUSH],
    [
      'where its artifact is refused',
      'another digest',
      () => ({ ...OF_PUSH, ownBaselines: { fault: 'another digest' } }),
    ],
    [
      'where GitHub does not answer',
      'could not be looked up: 503',
      () => ({ ...OF_PULL, runs: { ...list({ fault: '' }), list: async () => ({ fault: '503' }) } }),
    ],
  ])('%s', (_, reason, more) => refuse(reason, more()));

  test.each<[what: string, reason: string, trick: (folder: string) => Promise<unknown>]>([
    [
      'another content',
      'not those that are listed by digest',
      (folder) => writeFile(join(folder, 'baselines/0.csv'), 'id'),
    ],
    ['no file', 'are not there', (folder) => rm(join(folder, 'baselines/0.csv'))],
    ['a link', 'neither a file nor a folder', (folder) => symlink('/etc/passwd', join(folder, 'baselines/1.csv'))],
    ['a stranger', 'does not belong there', (folder) => writeFile(join(folder, 'baselines/x.sh'), '')],
    ['a broken list', 'is not JSON', (folder) => writeFile(join(folder, 'baselines.json'), '{')],
    [
      'a path that leads out',
      'is no list of baselines',
      async (folder) => {
        const text = await readFile(join(folder, 'baselines.json'), 'utf8');
        await writeFile(join(folder, 'baselines.json'), text.replace('"0.csv"', '"../../0.csv"'));
      },
    ],
    ['a huge list', 'at most 4194304 are read', (folder) => writeFile(join(folder, 'baselines.json'), ' '.repeat(5e6))],
  ])('of an artifact with %s', async (_, reason, trick) => {
    const folder = await mkdtemp(join(home, 'tricked-'));
    await cp(made, folder, { recursive: true });
    await trick(join(folder, 'small'));
    await refuse(reason, { ...OF_PULL, runs: list({ folder }) });
  });

  test.each(['base', 'run:runs/first'])('and that it is never made for %s', async (name) => {
    expect(await ask(judged(), {}, name)).toEqual({ reason: 'a job that judges runs no code of a baseline' });
  });
});
