import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Project } from '../../src/config/project.ts';
import { predict } from '../../src/evaluation/predict.ts';
import { computeSha256 } from '../../src/evidence/digest.ts';
import { findViolations } from '../../src/evidence/validation.ts';
import { train } from '../../src/training/train.ts';
import { makeInput, makeProject } from '../training/project.ts';

function makeYaml(run: string | undefined, model = 'out/model'): string {
  return `train: { run: "mkdir out/model; echo w > out/model/w; echo b > out/model/b", outputs: { model: ${model} } }
evaluate:
${run === undefined ? '' : `  run: ${JSON.stringify(run)}\n`}  predictions: { path: out/p.csv, id: id, prediction: predicted }
  labels: { path: labels.csv, id: id, label: y }
  metrics: [accuracy]
task: binary-classification
`;
}

const GOOD = 'cat out/model/w; echo id,predicted > out/p.csv';

async function trainAndPredict(run: string, change: (project: Project) => Promise<void> = async () => {}) {
  const project = await makeProject(makeYaml(run));
  const training = await train(makeInput(project));
  expect(training.outcome).toBe('pass');
  await change(project);
  const evidence = await predict(makeInput(project, { parents: { training } }));
  expect(findViolations('prediction', evidence)).toEqual([]);
  return { project, training, evidence };
}

test('predictions that were written pass, with the model that went in and the training as parent', async () => {
  const { training, evidence } = await trainAndPredict(GOOD);
  expect(evidence).toMatchObject({ outcome: 'pass', reason: '', command: { run: GOOD, exitCode: 0 } });
  expect(evidence.inputs).toEqual(training.subject.modelFiles);
  expect(evidence.subject.modelFiles.map(({ path }) => path)).toEqual(['out/model/b', 'out/model/w']);
  expect(evidence.outputs).toEqual([{ path: 'out/p.csv', sha256: computeSha256('id,predicted\n'), size: 13 }]);
  expect(evidence.parents).toMatchObject([{ kind: 'training' }]);
});

test.each([
  ['changed', (folder: string) => writeFile(join(folder, 'out/model/w'), 'other'), 'out/model/w has other content'],
  ['added to', (folder: string) => writeFile(join(folder, 'out/model/z'), 'z'), 'out/model/z was added'],
  ['removed from', (folder: string) => rm(join(folder, 'out/model/b')), 'out/model/b is missing'],
])(
  'a model that was %s since the training cannot be measured, and its code does not run',
  async (_name, change, fault) => {
    const { project, evidence } = await trainAndPredict('touch ran; echo x > out/p.csv', ({ folder }) =>
      change(folder),
    );
    expect(evidence).toMatchObject({ outcome: 'cannot-measure', command: null, outputs: [] });
    expect(evidence.reason).toContain(fault);
    expect(existsSync(join(project.folder, 'ran'))).toBe(false);
  },
);

test('without a model that was trained there is nothing to predict with', async () => {
  const project = await makeProject(makeYaml(GOOD));
  const none = await predict(makeInput(project));
  expect(none).toMatchObject({ outcome: 'cannot-measure', command: null });
  expect(none.reason).toMatch(/^There is no model to predict with: .*out\/model.*\. Train it first\.$/);
  const training = { ...(await train(makeInput(project))), outcome: 'fail' as const, reason: 'It ended with 1.' };
  expect(await predict(makeInput(project, { parents: { training } }))).toMatchObject({
    outcome: 'cannot-measure',
    reason: 'The training did not pass, so there is no model to predict with: It ended with 1.',
  });
});

test('a command that writes nothing has failed', async () => {
  const { evidence } = await trainAndPredict('true');
  expect(evidence.outcome).toBe('fail');
  expect(evidence.reason).toMatch(/^The command ended well, but there are no predictions: .*out\/p\.csv/);
});

test('a command that changes the model while it predicts cannot be measured', async () => {
  const { evidence } = await trainAndPredict('echo x > out/p.csv; echo better > out/model/w');
  expect(evidence).toMatchObject({ outcome: 'cannot-measure', outputs: [] });
  expect(evidence.reason).toContain('changed the model');
});

test('without evidence of a training, the model that lies there is used and recorded', async () => {
  const project = await makeProject(makeYaml(GOOD), { 'out/model/w': 'w' });
  const evidence = await predict(makeInput(project));
  expect(evidence).toMatchObject({ outcome: 'pass', parents: [], inputs: [{ path: 'out/model/w' }] });
});

test('without a model there is nothing to measure', async () => {
  const project = await makeProject(makeYaml(GOOD));
  const evidence = await predict(makeInput(project));
  expect(evidence).toMatchObject({ outcome: 'cannot-measure', command: null });
  expect(evidence.reason).toContain('out/model is not there');
});

test('after a training that failed there is nothing to measure', async () => {
  const { project, training } = await trainAndPredict(GOOD);
  const failed = { ...training, outcome: 'fail' as const, reason: 'The command ended with exit code 1.' };
  const evidence = await predict(makeInput(project, { parents: { training: failed } }));
  expect(evidence).toMatchObject({ outcome: 'cannot-measure', command: null });
  expect(evidence.reason).toContain('exit code 1');
});

test('a command that fails is a failed prediction', async () => {
  const { evidence } = await trainAndPredict('echo x > out/p.csv; exit 4');
  expect(evidence).toMatchObject({ outcome: 'fail', command: { exitCode: 4 }, outputs: [] });
});

test('predictions of an earlier run do not count', async () => {
  const { evidence } = await trainAndPredict('true', ({ folder }) => writeFile(join(folder, 'out/p.csv'), 'old'));
  expect(evidence.outcome).toBe('fail');
  expect(evidence.reason).toContain('out/p.csv is not there');
});

test('predictions may not take the place of the model', async () => {
  const project = await makeProject(makeYaml(GOOD, 'out/p.csv'), { 'out/p.csv': 'model' });
  await expect(predict(makeInput(project))).rejects.toThrow('the output `out/p.csv` is also read by the run');
  expect(existsSync(join(project.folder, 'out/p.csv'))).toBe(true);
});

test('without `evaluate.run` the mistake points at `evaluate`', async () => {
  const project = await makeProject(makeYaml(undefined));
  await expect(predict(makeInput(project))).rejects.toThrow('modelgate.yml:4:1: there is no `evaluate.run`');
});
