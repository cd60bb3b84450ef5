import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { score } from '../../../src/evaluation/score.ts';
import { findBaselines } from '../../../src/pipeline/baselines.ts';
import { measureForRules } from '../../../src/pipeline/measurements.ts';
import {
  configure,
  LABELS,
  measure,
  openSmallProject,
  predict,
  ROWS,
  requireSamples,
  type SmallProject,
} from '../../pipeline/small-project.ts';

const FILE = 'file:data/former.csv';
const OF_FILE =
  '{ id: no-worse, metric: accuracy, against: { file: data/former.csv }, max-drop: 0.1, confidence: 0.9 }';
const OF_RUN = '{ id: no-worse, metric: accuracy, against: { run: runs/first }, max-drop: 0.1, confidence: 0.9 }';

let project: SmallProject;
beforeEach(async () => {
  project = await openSmallProject({
    'modelgate.yml': configure([OF_FILE]),
    'data/test.csv': LABELS,
    'data/former.csv': predict([0, 1, 2]),
    'out/predictions.csv': predict([1, 30, 31, 32]),
  });
});
afterEach(() => project.remove());

describe('a baseline that is a file', () => {
  test('no id of a row is told under `reveal: metrics`', async () => {
    await project.write('modelgate.yml', configure([OF_FILE], 'metrics'));
    const { comparisons } = await measure(project);
    expect(comparisons).toMatchObject([{ broken: { count: 3, ids: [] }, fixed: { count: 2, ids: [] } }]);
  });

  test('nothing is told under `reveal: verdict`, and the rule has what it decides with', async () => {
    await project.write('modelgate.yml', configure([OF_FILE], 'verdict'));
    const { comparisons, measurements } = await measure(project);
    expect(comparisons).toEqual([]);
    expect(requireSamples(measurements.pairs.get(FILE)).sides).toEqual([0, 1]);
  });

  test('is not paired once its content is another than what was scored', async () => {
    const { comparisons, measurements } = await measure(project, () => project.write('data/former.csv', predict([5])));
    const reason = `the predictions \`former.csv of ${FILE}\` has another content than what was scored`;
    expect(measurements.pairs.get(FILE)).toEqual({ reason });
    expect(comparisons).toEqual([{ baseline: FILE, rows: 0, disagreements: 0, reason }]);
    expect(requireSamples(measurements.candidate).sides).toEqual([0]);
  });

  test('is unavailable where it does not cover the ids of today', async () => {
    await project.write('data/former.csv', predict([], ROWS.slice(1)));
    const { baselines, measurements } = await measure(project);
    expect(baselines).toMatchObject([{ state: 'unavailable', text: expect.stringMatching(/former\.csv/) }]);
    expect(measurements.pairs.size).toBe(0);
  });
});

test.each([
  ['the predictions', 'out/predictions.csv', predict([])],
  ['the test set', 'data/test.csv', LABELS.replace('r39,no', 'r39,yes')],
])('%s that changed after the score measure nothing', async (_, path, text) => {
  const { measurements } = await measure(project, () => project.write(path, text));
  const reason = expect.stringMatching(new RegExp(`\`${path}\` has another content than what was scored`));
  expect(measurements.candidate).toEqual({ reason });
  expect(measurements.pairs.get(FILE)).toEqual({ reason });
});

test('without a rule that asks for rows nothing is read', async () => {
  await project.write('modelgate.yml', configure(['{ id: good, metric: accuracy, min: 0.8 }']));
  const { measurements, comparisons } = await measure(project, () =>
    rm(join(project.folder, 'out'), { recursive: true }),
  );
  expect(measurements.candidate).toEqual({ reason: 'no rule asks for more than the evidence holds' });
  expect(comparisons).toEqual([]);
});

describe('a baseline that is an earlier run', () => {
  beforeEach(async () => {
    await project.write('modelgate.yml', configure([OF_RUN]));
    await project.write('out/predictions.csv', predict([0]));
    await project.execute(['score'], { runFolder: 'runs/first' });
    await project.write('out/predictions.csv', predict([0, 39]));
  });

  test('keeps its predictions in its folder, and is paired with them', async () => {
    expect(await project.read('runs/first/scored/predictions.csv')).toBe(predict([0]));
    const { comparisons } = await measure(project);
    expect(comparisons).toMatchObject([{ rows: 40, disagreements: 1, broken: { count: 1, ids: ['r39'] } }]);
  });

  test('is compared by its evidence alone where they are gone, and that is said', async () => {
    await rm(join(project.folder, 'runs/first/scored'), { recursive: true });
    const { baselines, measurements, comparisons } = await measure(project);
    expect(baselines).toMatchObject([{ state: 'found' }]);
    const reason = 'its predictions are not in its folder';
    expect(measurements.pairs.get('run:runs/first')).toEqual({ reason });
    expect(comparisons).toMatchObject([{ reason }]);
  });

  test('is found where its evidence says, before the candidate writes its own there', async () => {
    await rm(join(project.folder, 'runs/first/scored'), { recursive: true });
    await project.write('out/predictions.csv', predict([0]));
    const found = await project.open(async (run) => {
      const baselines = await findBaselines(run);
      await project.write('out/predictions.csv', predict([0, 39]));
      const evaluation = await score({ ...run, parents: {} });
      return measureForRules(run, { evaluation }, baselines);
    });
    expect(found.comparisons).toMatchObject([{ rows: 40, broken: { ids: ['r39'] } }]);
  });

  test('is not paired with predictions that somebody changed in its folder', async () => {
    await project.write('runs/first/scored/predictions.csv', predict([]));
    const { comparisons } = await measure(project);
    expect(comparisons).toMatchObject([{ reason: 'its predictions are not in its folder' }]);
  });

  test('of another model stands for nothing, whatever its predictions are', async () => {
    const file = 'runs/first/evidence/evaluation.json';
    await project.write(file, (await project.read(file)).replace('"model": "small"', '"model": "large"'));
    const { baselines, comparisons } = await measure(project);
    expect(baselines).toMatchObject([{ state: 'found', evaluation: { model: 'large' } }]);
    expect(comparisons).toMatchObject([{ rows: 0, reason: 'it is of another model, large' }]);
  });

  test('is scored again on the test set of today', async () => {
    await project.write('data/test.csv', LABELS.replace('r39,no', 'r39,yes'));
    const { baselines, comparisons } = await measure(project);
    expect(baselines).toMatchObject([{ state: 'found', text: expect.stringContaining('scored again') }]);
    expect(comparisons).toMatchObject([{ rows: 40, broken: { count: 0 }, fixed: { ids: ['r39'] } }]);
  });

  test('cannot be where its predictions lack ids of today: what would help is said, and its code is not run', async () => {
    await project.write('data/test.csv', `${LABELS}r40,no,small\n`);
    await project.write('out/predictions.csv', predict([0], [...ROWS, { id: 'r40', label: 'no', island: 'small' }]));
    const { baselines, measurements } = await measure(project);
    expect(baselines).toMatchObject([
      {
        state: 'found',
        text: expect.stringMatching(/cannot be scored again: .*Run that model on the test set of today/),
      },
    ]);
    expect(measurements.pairs.get('run:runs/first')).toEqual({
      reason: 'it was measured on another test set, so the rows are not the same',
    });
  });
});

describe('what a run keeps for a later comparison', () => {
  test('is not a file that holds the labels as well', async () => {
    const [header, ...lines] = LABELS.trim().split('\n');
    await project.write(
      'data/both.csv',
      [`${header},answer,score`, ...lines.map((line) => `${line},no,0.2`)].join('\n'),
    );
    const config = configure(['{ id: good, metric: accuracy, min: 0.5 }']);
    await project.write('modelgate.yml', config.replace(/out\/predictions\.csv|data\/test\.csv/g, 'data/both.csv'));
    const { evaluation } = await project.execute(['score'], { runFolder: 'runs/second' });
    expect(evaluation?.selfReported).toBe(true);
    await expect(project.read('runs/second/scored/predictions.csv')).rejects.toThrow(/ENOENT/);
  });

  test('never is the candidate’s own file, wherever the run folder lies', async () => {
    const config = configure(['{ id: good, metric: accuracy, min: 0.5 }']);
    await project.write('modelgate.yml', config.replace('out/predictions.csv', 'out/scored/predictions.csv'));
    await project.write('out/scored/predictions.csv', predict([3]));
    await project.execute(['score'], { runFolder: 'out' });
    expect(await project.read('out/scored/predictions.csv')).toBe(predict([3]));
  });
});
