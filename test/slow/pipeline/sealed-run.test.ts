import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEvidence } from '../../../src/evidence/files.ts';
import { executeStages } from '../../../src/pipeline/execute.ts';
import { writeHtmlReport, writeMarkdownReport } from '../../../src/pipeline/reports.ts';
import { sealRun } from '../../../src/pipeline/sealing.ts';
import type { Progress } from '../../../src/progress.ts';
import { configure, LABELS, openSmallProject, predict, type SmallProject } from '../../pipeline/small-project.ts';

let project: SmallProject;
beforeAll(async () => {
  const rule = '{ id: better, metric: accuracy, against: { file: data/former.csv }, min-gain: 0.1, slice: island }';
  project = await openSmallProject({
    'modelgate.yml': configure([rule], 'verdict'),
    'data/test.csv': LABELS,
    'data/former.csv': predict([0, 1, 2]),
    'out/predictions.csv': predict([1, 30, 31, 32]),
  });
});
afterAll(() => project.remove());

test('a run in one job that reveals its verdict only leaves no number in its folder, and logs none', async () => {
  const log: string[] = [];
  const write = (text = '') => void log.push(text);
  const start: Progress['start'] = (text) => {
    write(text);
    return { update: write, done: write, fail: write };
  };
  const progress: Progress = { info: write, warn: write, output: () => {}, start };
  await project.open(
    async (run) => {
      const whole = await executeStages(run, ['score', 'gate']);
      expect(whole.evaluation?.metrics.length).toBeGreaterThan(2);
      expect(whole.verdict?.comparisons).toBeUndefined();
      const sealed = await sealRun(run.runFolder, whole);
      await writeMarkdownReport(run.runFolder, sealed);
      await writeHtmlReport(run.runFolder, sealed);
      const { evaluation, verdict } = await readEvidence(run.runFolder);
      expect(evaluation).toMatchObject({ outcome: 'pass', metrics: [], confusion: null, join: null });
      expect(verdict?.rules).toMatchObject([{ id: 'better', outcome: 'fail', cases: [] }]);
      const reasons = [evaluation?.reason, verdict?.reason, ...(verdict?.rules ?? []).map(({ reason }) => reason)];
      expect(reasons.join()).not.toMatch(/large|small|\d/);
    },
    { progress },
  );
  expect(log.length).toBeGreaterThan(3);
  expect(log.join('\n')).not.toMatch(/\d/);
  expect(await project.read('.modelgate/report.md')).not.toMatch(/\b0\.9|large/);
});
