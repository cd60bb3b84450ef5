import { existsSync, readFileSync } from 'node:fs';
import { chmod, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UserMistake } from '../../src/errors.ts';
import { computeDigest, computeSha256 } from '../../src/evidence/digest.ts';
import { findViolations } from '../../src/evidence/validation.ts';
import { train } from '../../src/training/train.ts';
import { makeFolder, makeInput, makeProject, recordProgress } from './project.ts';

function makeYaml(run: string, rest = '', outputs = 'model: out/model.json'): string {
  return `train:\n  run: ${JSON.stringify(run)}\n  outputs: { ${outputs} }\n${rest}`;
}

async function runTrain(yaml: string, files: Record<string, string> = {}) {
  const project = await makeProject(yaml, files);
  const evidence = await train(makeInput(project));
  expect(findViolations('training', evidence)).toEqual([]);
  return { project, evidence };
}

test('a training that ends well passes, with its inputs, outputs, model and history', async () => {
  const run = 'cat in.txt > out/model.json; echo \'{"step": 1, "loss": 2}\' > out/h.jsonl';
  const yaml = makeYaml(run, '  inputs: [in.txt]\n', 'model: out/model.json, history: out/h.jsonl');
  const { evidence } = await runTrain(yaml, { 'in.txt': 'weights' });
  const model = { path: 'out/model.json', sha256: computeSha256('weights'), size: 7 };
  expect(evidence).toMatchObject({
    outcome: 'pass',
    reason: '',
    command: { run, exitCode: 0 },
    inputs: [{ ...model, path: 'in.txt' }],
    subject: { modelFiles: [model] },
    history: [{ step: 1, loss: 2 }],
  });
  expect(evidence.outputs.map(({ path }) => path)).toEqual(['out/h.jsonl', 'out/model.json']);
});

test('two equal trainings have equal digests of their evidence', async () => {
  const yaml = makeYaml('echo w > out/model.json');
  const digests = await Promise.all([runTrain(yaml), runTrain(yaml)]);
  expect(new Set(digests.map(({ evidence }) => computeDigest(evidence))).size).toBe(1);
});

test('a command that fails is a failed training, without outputs', async () => {
  const { evidence } = await runTrain(makeYaml('echo w > out/model.json; exit 3'));
  expect(evidence).toMatchObject({
    outcome: 'fail',
    command: { exitCode: 3 },
    outputs: [],
    subject: { modelFiles: [] },
  });
  expect(evidence.reason).toContain('exit code 3');
});

test('a model of an earlier run does not count', async () => {
  const { evidence } = await runTrain(makeYaml('true'), { 'out/model.json': 'old' });
  expect(evidence).toMatchObject({ outcome: 'fail', subject: { modelFiles: [] } });
  expect(evidence.reason).toContain('out/model.json is not there');
});

test.each([
  [': > out/model.json', 'out/model.json is empty'],
  ['ln -s ../../secret out/model.json', 'out/model.json leads out of the repository'],
  ['mkdir out/model.json', 'out/model.json is empty'],
  ['mkfifo out/model.json', 'out/model.json is neither a file nor a folder'],
])('after `%s` there is no model', async (run, fault) => {
  const project = await makeProject(makeYaml(run), { '../secret': 's' });
  const evidence = await train(makeInput(project));
  expect(evidence.outcome).toBe('fail');
  expect(evidence.reason).toContain(fault);
});

test.each([
  ['changes', 'echo more >> in.txt'],
  ['removes', 'rm in.txt'],
  ['replaces, with the old times,', 'touch -r in.txt t; echo weighty > in.txt; touch -r t in.txt'],
])('a command that %s one of its inputs cannot be measured', async (_name, change) => {
  const yaml = makeYaml(`echo w > out/model.json; ${change}`, '  inputs: [in.txt]\n');
  const { evidence } = await runTrain(yaml, { 'in.txt': 'weights\n' });
  expect(evidence).toMatchObject({ outcome: 'cannot-measure', outputs: [], subject: { modelFiles: [] } });
  expect(evidence.reason).toContain('changed in.txt');
});

test('an input that is written again with the same content is no change', async () => {
  const yaml = makeYaml('echo w > out/model.json; cp in.txt t; cp t in.txt', '  inputs: [in.txt]\n');
  expect((await runTrain(yaml, { 'in.txt': 'weights\n' })).evidence.outcome).toBe('pass');
});

test('a time limit is a failed training that names the limit', async () => {
  const project = await makeProject(makeYaml('echo ready; sleep 600', '  timeout: 1h30m\n'));
  let ring = () => {};
  const after = (seconds: number, call: () => void) => {
    if (seconds === 5400) ring = call;
    return () => {};
  };
  const progress = recordProgress(() => ring());
  const evidence = await train(makeInput(project, { progress, after }));
  expect(evidence).toMatchObject({ outcome: 'fail', command: { timedOut: true, exitCode: null } });
  expect(evidence.reason).toContain('time limit of 1h30m');
});

test('an abort leaves no evidence', async () => {
  const stop = new AbortController();
  const progress = recordProgress(() => stop.abort(new Error('cancelled')));
  const project = await makeProject(makeYaml('echo ready; sleep 600'));
  await expect(train(makeInput(project, { progress, signal: stop.signal }))).rejects.toThrow('cancelled');
});

test('a Python that is not there is named, with how to get it', async () => {
  const project = await makeProject(makeYaml('python3 train.py'));
  const evidence = await train(makeInput(project, { environment: { PATH: await makeFolder() } }));
  expect(evidence).toMatchObject({ outcome: 'fail', command: { exitCode: 127 }, machine: { python: null } });
  expect(evidence.reason).toMatch(/python3 was not found.*setup-python/);
});

test.skipIf(process.platform === 'win32')('a command that was killed says that memory may have run out', async () => {
  const { evidence } = await runTrain(makeYaml('kill -9 $$'));
  expect(evidence).toMatchObject({ outcome: 'fail', command: { signal: 'SIGKILL' } });
  expect(evidence.reason).toContain('memory');
});

test('without the accelerator nothing runs and nothing is removed', async () => {
  const rest = '  accelerator: { kind: cuda, count: 64, memory: 900GiB }\n';
  const { project, evidence } = await runTrain(makeYaml('echo w > out/model.json', rest), { 'out/model.json': 'old' });
  expect(evidence).toMatchObject({
    outcome: 'cannot-measure',
    command: null,
    outputs: [],
    subject: { modelFiles: [] },
  });
  expect(evidence.reason).toContain('asks for 64 CUDA devices with 900GiB');
  expect(readFileSync(join(project.folder, 'out/model.json'), 'utf8')).toBe('old');
});

test.skipIf(process.platform === 'win32')('a device that nvidia-smi lists lets the training run', async () => {
  const tools = await makeFolder({ 'nvidia-smi': '#!/bin/sh\necho "0, GPU-a, 81559, NVIDIA H100 80GB HBM3"\n' });
  await chmod(join(tools, 'nvidia-smi'), 0o755);
  const project = await makeProject(
    makeYaml('echo w > out/model.json', '  accelerator: { kind: cuda, memory: 79GiB }\n'),
  );
  const environment = { PATH: `${tools}:${process.env['PATH']}` };
  expect((await train(makeInput(project, { environment }))).outcome).toBe('pass');
});

test('the command is told where checkpoints lie, and finds those of the run before', async () => {
  const run = 'test -d "$MODELGATE_CHECKPOINTS"; cat "$MODELGATE_CHECKPOINTS/state" > out/model.json';
  const { project, evidence } = await runTrain(makeYaml(run, '  checkpoints: out/checkpoints\n'), {
    'out/checkpoints/state': 'epoch 7',
  });
  expect(evidence.outcome).toBe('pass');
  expect(readFileSync(join(project.folder, 'out/model.json'), 'utf8')).toBe('epoch 7');
});

test('checkpoints that lead out of the repository are refused', async () => {
  const project = await makeProject(makeYaml('true', '  checkpoints: link/checkpoints\n'));
  await symlink('..', join(project.folder, 'link'));
  await expect(train(makeInput(project))).rejects.toThrow('the folder of checkpoints leads out of the repository');
  expect(existsSync(join(project.folder, '../checkpoints'))).toBe(false);
});

test('without `train` the mistake names the file', async () => {
  const project = await makeProject('');
  await expect(train(makeInput(project))).rejects.toThrow(UserMistake);
  await expect(train(makeInput(project))).rejects.toThrow('modelgate.yml:1:1: there is no `train`');
});

test('on a runner the output stands inside a fence', async () => {
  const project = await makeProject(makeYaml('echo ::error::x; echo w > out/model.json'));
  const progress = recordProgress();
  const environment = { PATH: process.env['PATH'], GITHUB_ACTIONS: 'true' };
  await train(makeInput(project, { progress, environment }));
  expect(progress.text()).toMatch(/^::stop-commands::([0-9a-f]{64})\n::error::x\n::\1::\n$/);
});
