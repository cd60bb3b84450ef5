import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  configure,
  LABELS,
  measure,
  openSmallProject,
  predict,
  requireSamples,
  type SmallProject,
} from './small-project.ts';

const FILE = 'file:data/former.csv';
const OF_FILE =
  '{ id: no-worse, metric: accuracy, against: { file: data/former.csv }, max-drop: 0.1, confidence: 0.9 }';

let project: SmallProject;
let measured: Awaited<ReturnType<typeof measure>>;
beforeAll(async () => {
  project = await openSmallProject({
    'modelgate.yml': configure([OF_FILE]),
    'data/test.csv': LABELS,
    'data/former.csv': predict([0, 1, 2]),
    'out/predictions.csv': predict([1, 30, 31, 32]),
  });
  measured = await measure(project);
});
afterAll(() => project.remove());

describe('a baseline that is a file', () => {
  test('stands beside the candidate on the same rows', () => {
    const { measurements } = measured;
    const all = requireSamples(measurements.pairs.get(FILE)).find();
    expect(all).toMatchObject({ n: 40 });
    if ('reason' in all) throw new Error(all.reason);
    expect(all.estimate({ name: 'accuracy' }, 0)).toMatchObject({ value: 0.9 });
    expect(all.estimate({ name: 'accuracy' }, 1)).toMatchObject({ value: 0.925 });
    expect(all.contrast({ name: 'accuracy' }, 1)).toMatchObject({ n: 40, value: expect.closeTo(-0.025, 12) });
    expect(requireSamples(measurements.candidate).sides).toEqual([0]);
  });

  test('and it is told which rows broke, which were fixed, and what moved most', () => {
    expect(measured.comparisons).toEqual([
      {
        baseline: FILE,
        rows: 40,
        disagreements: 5,
        broken: { count: 3, ids: ['r30', 'r31', 'r32'] },
        fixed: { count: 2, ids: ['r00', 'r02'] },
        moved: {
          metric: 'accuracy',
          column: 'island',
          value: 'small',
          n: 16,
          difference: expect.closeTo(-3 / 16, 12),
          withinNoise: true,
        },
      },
    ]);
  });
});
