import { execFileSync } from 'node:child_process';
import { copyFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { STAGES } from '../../../src/pipeline/stages.ts';
import { configure, LABELS, openSmallProject, ROWS, type SmallProject } from '../../pipeline/small-project.ts';

/** The model is a number: so many of the first rows it gets wrong. Features are ids, in a file of their own. */
const PREDICT = `mkdir -p out
wrong=$(cat out/model.txt)
awk -F, -v wrong="$wrong" 'NR == 1 { print "id,answer,score"; next } {
  number = substr($1, 2) + 0
  if (number > 90) exit 3
  yes = (number % 4 == 0); if (number < wrong) yes = !yes
  print $1 "," (yes ? "yes" : "no") "," (yes ? 0.8 : 0.2)
}' data/features.csv > out/predictions.csv
`;
const DATA = 'data:\n  features: { path: data/features.csv }\n';
const TRAIN = `train:
  run: mkdir -p out && cp params.txt out/model.txt
  inputs: [params.txt]
  outputs: { model: out/model.txt }
`;
const RULE = '{ id: no-worse, metric: accuracy, against: { run: runs/first }, max-drop: 0.3 }';
const CONFIG = configure([RULE], 'rows', DATA + TRAIN).replace('evaluate:\n', 'evaluate:\n  run: sh predict.sh\n');
/** Four rows more than the first run had. */
const MORE = [40, 41, 42, 43].map((number) => ({ id: `r${number}`, label: number % 4 === 0 ? 'yes' : 'no' }));
const listIds = (ids: readonly string[]) => `${['id', ...ids].join('\n')}\n`;
const FEATURES = listIds(ROWS.map(({ id }) => id));
const MORE_FEATURES = listIds([...ROWS, ...MORE].map(({ id }) => id));
const MORE_LABELS = LABELS + MORE.map(({ id, label }) => `${id},${label},large\n`).join('');

let project: SmallProject;
beforeEach(async () => {
  project = await openSmallProject({
    'modelgate.yml': CONFIG,
    'params.txt': '4',
    'predict.sh': PREDICT,
    'data/features.csv': FEATURES,
    'data/test.csv': LABELS,
    '.gitignore': 'out/\nruns/\n',
  });
  await project.execute(STAGES, { runFolder: 'runs/first' });
});
afterEach(() => project.remove());

const git = (...args: string[]) => execFileSync('git', args, { cwd: project.folder, encoding: 'utf8' });
/** Today: more rows, a model without a fault, and code that reads another kind of model than the first. */
const change = async () => {
  await project.write('data/test.csv', MORE_LABELS);
  await project.write('data/features.csv', MORE_FEATURES);
  await project.write('params.txt', 'wrong=0');
  await project.write('predict.sh', PREDICT.replace('wrong=$(cat', 'eval $(cat'));
};
const judge = async (stages = STAGES as readonly (typeof STAGES)[number][]) => {
  const { verdict, evaluation } = await project.execute(stages, { runFolder: 'runs/second' });
  return { ...verdict?.rules[0], evaluation, baseline: verdict?.baselines[0] };
};
const AGAIN = "the run in runs/first, run again on today's test set";

describe('the model of an earlier run, where the test set has grown', () => {
  test('predicts again by the code of its own commit, and is compared row by row', async () => {
    await change();
    const { baseline, outcome, cases, evaluation } = await judge();
    expect(baseline).toMatchObject({ state: 'found', text: AGAIN, testSet: evaluation?.testSet?.sha256 });
    expect(cases).toMatchObject([{ baseline: expect.closeTo(40 / 44, 9), candidate: 1, n: 44 }]);
    expect(outcome).toBe('pass');
  });

  test('leaves nothing behind but the evidence: working tree and git are as the candidate left them', async () => {
    await change();
    const before = git('status', '--porcelain=2');
    await judge();
    expect(git('status', '--porcelain=2')).toBe(before);
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
    expect(await project.read('out/model.txt')).toBe('wrong=0');
    expect(await project.read('out/predictions.csv')).toContain('r00,yes');
  });

  test('tells the candidate nothing: what it predicted is nowhere in the temporary folder', async () => {
    await change();
    const own = await mkdtemp(join(tmpdir(), 'modelgate-own-'));
    vi.stubEnv('TMPDIR', own);
    try {
      await project.write('predict.sh', `mkdir -p out; grep -rlE 'r0|wrong=' '${own}' > out/seen; exec sh steady.sh\n`);
      await project.write('steady.sh', PREDICT.replace('wrong=$(cat', 'eval $(cat'));
      expect(await judge()).toMatchObject({ outcome: 'pass', baseline: { text: AGAIN } });
      expect(await project.read('out/seen')).toBe('');
    } finally {
      vi.unstubAllEnvs();
      await rm(own, { recursive: true });
    }
  });

  test('is not run where the gate decides alone, or without a prediction of its own', async () => {
    await change();
    await judge(['data', 'train', 'predict', 'score']);
    for (const stages of [['gate'], ['score', 'gate']] as const) {
      const { outcome, baseline } = await judge(stages);
      expect(outcome).toBe('cannot-measure');
      expect(baseline?.text).toMatch(
        /cannot be scored again: .*its model is not run here\. Run that model on the test set/s,
      );
      expect(baseline?.text).not.toContain('run again');
    }
  });

  test('is not run where the predictions that were kept have every row', async () => {
    await project.write('data/test.csv', LABELS.replace('r05,no', 'r05,yes'));
    expect((await judge()).baseline?.text).toBe("the run in runs/first, scored again on today's test set");
  });
});

describe('what stands in the way is told, and nothing is measured', () => {
  const refuse = async (reason: RegExp | string) => {
    const { outcome, baseline } = await judge();
    expect(baseline?.text).toEqual(expect.stringMatching(reason));
    expect(outcome).toBe('cannot-measure');
  };

  test('a file of the model that has changed, or is gone', async () => {
    await change();
    await project.write('out/model.txt', '7');
    await refuse(/cannot be run again: out\/model\.txt, a file of the model, has changed since/);
    await rm(join(project.folder, 'out'), { recursive: true });
    await refuse(/cannot be run again: out\/model\.txt, a file of the model, is gone/);
  });

  test('a command that fails, with its exit code', async () => {
    await change();
    await project.write('data/test.csv', `${MORE_LABELS}r99,no,large\n`);
    await project.write('data/features.csv', `${MORE_FEATURES}r99\n`);
    await refuse(/cannot be run again: the command ended with exit code 3/);
  });

  test('features of today that modelgate.yml does not name, so that rows are missing still', async () => {
    await change();
    await project.write('modelgate.yml', CONFIG.replace(DATA, ''));
    await refuse(/and what its model predicts now cannot be scored again/);
  });

  test('a model from files that were never committed', async () => {
    await project.write('params.txt', '5');
    await project.execute(STAGES, { runFolder: 'runs/first' });
    await change();
    await refuse(/cannot be run again: it was made from files that were changed and not committed/);
  });

  test('a commit that the clone does not have', async () => {
    const path = 'runs/first/evidence/evaluation.json';
    const text = await project.read(path);
    await project.write(path, text.replace(/"commit": "[0-9a-f]+"/, `"commit": "${'a'.repeat(40)}"`));
    await change();
    await refuse(/its commit aaaaaaaaaaaa cannot be checked out from this clone .*fetch-depth: 0/);
  });

  test('evidence that names a file outside of the repository as the model', async () => {
    const path = 'runs/first/evidence/evaluation.json';
    await copyFile(join(project.folder, 'out/model.txt'), join(project.folder, '../planted-model.txt'));
    const text = await project.read(path);
    await project.write(path, text.replace('"path": "out/model.txt"', '"path": "../planted-model.txt"'));
    await change();
    await refuse(/planted-model\.txt, a file of the model, is gone/);
    await rm(join(project.folder, '../planted-model.txt'));
  });

  test('a commit that has no `evaluate.run`', async () => {
    await project.write('modelgate.yml', CONFIG.replace('  run: sh predict.sh\n', ''));
    git('-c', 'user.name=T', '-c', 'user.email=t@invalid', 'commit', '--quiet', '--all', '--message', 'By hand');
    await project.execute(STAGES, { runFolder: 'runs/hand' });
    await rm(join(project.folder, 'runs/first'), { recursive: true });
    await cp(join(project.folder, 'runs/hand'), join(project.folder, 'runs/first'), { recursive: true });
    await project.write('modelgate.yml', CONFIG);
    await change();
    await refuse(/cannot be run again: the modelgate\.yml of its commit has no `evaluate\.run`/);
  });
});
