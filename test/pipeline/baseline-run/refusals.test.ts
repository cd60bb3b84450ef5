import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashFile } from '../../../src/evidence/file-hash.ts';
import type { Subject } from '../../../src/evidence/schema/envelope.ts';
import { predictAgain } from '../../../src/pipeline/baseline-run/predict-again.ts';
import type { Run } from '../../../src/pipeline/run.ts';
import { configure, LABELS, openSmallProject, type SmallProject } from '../small-project.ts';

const TRAIN = `train:
  run: cp params.txt out/model.txt
  inputs: [params.txt]
  outputs: { model: out/model.txt }
`;
const RUN = '  run: mkdir -p out && cp data/given.csv out/predictions.csv\n';
const POINT = '  operating-point: { predictions: out/validation.csv, labels: data/validation.csv, recall: 0.8 }\n';
const write = (more: string) =>
  configure(['{ id: good, metric: accuracy, min: 0.1 }'], 'rows', TRAIN).replace('evaluate:\n', `evaluate:\n${more}`);
const configs = {
  plain: write(RUN),
  pointed: write(RUN + POINT),
  other: write(RUN).replace('model: small', 'model: large'),
  linked: write(RUN),
};

let project: SmallProject;
let model: { sha256: string; size: number };
const commits = new Map<string, Pick<Subject, 'commit' | 'config'>>();
beforeAll(async () => {
  project = await openSmallProject({
    'modelgate.yml': configs.plain,
    'params.txt': '4',
    'model.txt': 'of then',
    'data/given.csv': 'id,answer,score\n',
    'data/test.csv': LABELS,
  });
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@invalid', '-c', 'commit.gpgsign=false', ...args], {
      cwd: project.folder,
      encoding: 'utf8',
    }).trim();
  model = await hashFile(join(project.folder, 'model.txt'));
  for (const [name, text] of Object.entries(configs)) {
    await project.write('modelgate.yml', text);
    if (name === 'linked') execFileSync('ln', ['-s', '..', join(project.folder, 'out')]);
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', name);
    const { sha256 } = await hashFile(join(project.folder, 'modelgate.yml'));
    commits.set(name, { commit: git('rev-parse', 'HEAD'), config: sha256 });
  }
  git('rm', '--quiet', 'out');
});
afterAll(() => project.remove());

const ask = (...asked: Asked) => project.open((run) => predictIn(run, ...asked));
type Asked = [commit: keyof typeof configs, changes?: Partial<Subject>, brought?: string];

const predictIn = (run: Run, ...[commit, changes = {}, brought]: Asked) => {
  const found = commits.get(commit);
  if (!found) throw new Error(`there is no commit ${commit}`);
  const subject = { ...found, dirty: false, modelFiles: [{ path: 'out/model.txt', ...model }], ...changes };
  const files = brought === undefined ? [] : [['out/model.txt', join(project.folder, brought)] as const];
  return predictAgain(run, 'before', { subject, bring: async () => new Map(files) });
};

describe('a model that is run again', () => {
  test('gives predictions in a folder of its own', async () => {
    const found = await ask('plain', {}, 'model.txt');
    if ('reason' in found) throw new Error(found.reason);
    expect(found.path.startsWith(project.folder)).toBe(false);
    expect(found).toMatchObject({ columns: { id: 'id', prediction: 'answer' } });
    expect(found.sha256).toBe((await hashFile(join(project.folder, 'data/given.csv'))).sha256);
  });

  test('leaves nothing else: its copy of the repository is gone', async () => {
    const left = await project.open(async (run) => {
      const found = await predictIn(run, 'plain', {}, 'model.txt');
      if ('reason' in found) throw new Error(found.reason);
      expect((await hashFile(found.path)).sha256).toBe(found.sha256);
      const entries = await readdir(run.temporary, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    });
    expect(left).toEqual(['predictions.csv']);
  });
});

describe('a model is not run', () => {
  test.each<[why: string, reason: string | RegExp, asked: Asked]>([
    [
      'of which no file is named',
      'its evidence names no file of the model',
      ['plain', { modelFiles: [] }, 'model.txt'],
    ],
    ['that comes from no commit', 'its code is in no commit', ['plain', { commit: null }, 'model.txt']],
    ['without its files', 'out/model.txt, a file of the model, is not at hand', ['plain']],
    ['whose file is another', 'out/model.txt is not the file that it was', ['plain', {}, 'params.txt']],
    ['whose threshold was withheld', 'its operating point is not known', ['pointed', {}, 'model.txt']],
    ['of another name', /^the modelgate\.yml of its commit \w{12} is of another model, large$/, ['other']],
    [
      'whose configuration is another than its evidence says',
      /^the modelgate\.yml of its commit \w{12} is not the one that its evidence names$/,
      ['plain', { config: `sha256:${'0'.repeat(64)}` }],
    ],
    [
      'through a link that leads out',
      'the path out/model.txt leads out of its repository',
      ['linked', {}, 'model.txt'],
    ],
  ])('%s', async (_why, reason, asked) => {
    expect(await ask(...asked)).toEqual({
      reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    });
  });
});
