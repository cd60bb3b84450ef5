import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EvaluationEvidence } from '../../src/evidence/schema/evaluation.ts';
import { isMeasuredAsAsked } from '../../src/pipeline/rescoring.ts';
import { configure, LABELS, openSmallProject, predict, type SmallProject } from './small-project.ts';

const RUN = 'run:runs/first';
const CONFIG = configure(['{ id: no-worse, metric: accuracy, against: { run: runs/first }, max-drop: 0.1 }']);
/** The column `second` says the contrary of `label`, and `w` counts the first row a thousand times. */
const TEST_SET = LABELS.trim()
  .split('\n')
  .map((line, index) => {
    if (index === 0) return `${line},second,w`;
    return `${line},${line.includes('yes') ? 'no' : 'yes'},${index === 1 ? 1000 : 1}`;
  })
  .join('\n');
const CHANGES: [what: string, from: string, to: string, accuracy: number][] = [
  ['the column of the label', 'label: label', 'label: second', 1 / 40],
  ['weights', 'label: label }', 'label: label, weight: w }', 39 / 1039],
  ['the positive class', 'positive: "yes"', 'positive: "no"', 39 / 40],
  ['the costs', 'positive: "yes"', 'positive: "yes"\n  costs: { "yes": { "no": 5 } }', 39 / 40],
];

let project: SmallProject;
let first: EvaluationEvidence;
beforeAll(async () => {
  project = await openSmallProject({
    'modelgate.yml': CONFIG,
    'data/test.csv': TEST_SET,
    'out/predictions.csv': predict([0]),
  });
  const { evaluation } = await project.execute(['score'], { runFolder: 'runs/first' });
  if (!evaluation) throw new Error('nothing was scored');
  first = evaluation;
  await project.write('out/predictions.csv', predict([0, 39]));
});
beforeEach(() => project.write('modelgate.yml', CONFIG));
afterAll(() => project.remove());

const isAsAsked = (evaluation: EvaluationEvidence) => project.open((run) => isMeasuredAsAsked(run, RUN, evaluation));
const judge = async () => {
  const { verdict } = await project.execute(['score', 'gate'], { runFolder: 'runs/second' });
  return { ...verdict?.rules[0], baseline: verdict?.baselines[0] };
};

describe('an earlier run with the same test set', () => {
  test('was measured as today asks while nothing has changed, and not where it does not say by what', async () => {
    expect(await isAsAsked(first)).toBe(true);
    const { measuredBy: _, ...untold } = first;
    expect(await isAsAsked(untold)).toBe(false);
  });

  test.each(CHANGES)('is scored again where %s changed', async (_what, from, to, accuracy) => {
    await project.write('modelgate.yml', CONFIG.replace(from, to));
    expect(await isAsAsked(first)).toBe(false);
    const { baseline, cases } = await judge();
    expect(baseline?.text).toContain('scored again');
    expect(cases).toMatchObject([{ baseline: expect.closeTo(accuracy, 9) }]);
  });

  test('is scored again where its evidence is of a version that did not say by what', async () => {
    const path = 'runs/first/evidence/evaluation.json';
    const text = await project.read(path);
    await project.write(path, text.replace(/ {2}"measuredBy": .*\n/, ''));
    const { baseline, outcome } = await judge();
    await project.write(path, text);
    expect(baseline?.text).toContain('scored again');
    expect(outcome).toBe('pass');
  });
});

describe('where its predictions are gone', () => {
  beforeAll(() => rm(join(project.folder, 'runs/first/scored'), { recursive: true }));

  test('its numbers are compared while nothing has changed', async () => {
    expect(await judge()).toMatchObject({ outcome: 'pass', cases: [{ baseline: 0.975, candidate: 0.95 }] });
  });

  test.each(CHANGES)('they are not once %s changed', async (_what, from, to) => {
    await project.write('modelgate.yml', CONFIG.replace(from, to));
    expect(await judge()).toMatchObject({
      outcome: 'cannot-measure',
      reason: expect.stringMatching(
        /costs, positive class and operating point are not all those that run:runs\/first was/,
      ),
    });
  });
});
