import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readProject } from '../../src/config/project.ts';
import { predict } from '../../src/evaluation/predict.ts';
import { train } from '../../src/training/train.ts';
import { makeFolder, makeInput } from './project.ts';

const EXAMPLE = join(dirname(fileURLToPath(import.meta.url)), '../../examples/penguins');

const ENVIRONMENT = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

async function copyExample(): Promise<string> {
  const folder = await makeFolder();
  const made = /(?:^|[\\/])(?:out|\.modelgate|__pycache__)$/;
  await cp(EXAMPLE, folder, { recursive: true, filter: (path) => !made.test(path) });
  return folder;
}

function python(folder: string, ...args: string[]) {
  return spawnSync('python3', args, {
    cwd: folder,
    encoding: 'utf8',
    env: ENVIRONMENT,
  });
}

function readOut(folder: string, name: string): string {
  return readFileSync(join(folder, 'out', name), 'utf8');
}

/** Rows of a CSV file without quotes, by column. */
function readRows(path: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const columns = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, index) => [columns[index] ?? '', value])));
}

/** Ends the trainer by SIGKILL in its 70th epoch, ten after the third checkpoint. */
const KILLED_TRAINING = `
import os, signal, train
whole, calls = train.run_epoch, []
def run_epoch(*args):
    calls.append(1)
    if len(calls) == 70:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(*args)
train.run_epoch = run_epoch
train.main()
`;

test('training twice gives identical bytes', async () => {
  const folders = await Promise.all([copyExample(), copyExample()]);
  for (const folder of folders) expect(python(folder, 'train.py').status).toBe(0);
  for (const name of ['model.json', 'history.jsonl']) {
    expect(new Set(folders.map((folder) => readOut(folder, name))).size).toBe(1);
  }
});

test.skipIf(process.platform === 'win32')(
  'a training that was killed goes on and comes to the same model',
  async () => {
    const [whole, killed] = await Promise.all([copyExample(), copyExample()]);
    python(whole, 'train.py');
    expect(python(killed, '-c', KILLED_TRAINING).signal).toBe('SIGKILL');
    expect(existsSync(join(killed, 'out/model.json'))).toBe(false);
    expect(python(killed, 'train.py').stdout).toContain('resuming after epoch 60');
    for (const name of ['model.json', 'history.jsonl']) expect(readOut(killed, name)).toBe(readOut(whole, name));
  },
);

test.skipIf(process.platform === 'win32')('a checkpoint of other parameters is not gone on from', async () => {
  const folder = await copyExample();
  python(folder, '-c', KILLED_TRAINING);
  const params = join(folder, 'params.yaml');
  await writeFile(params, (await readFile(params, 'utf8')).replace('epochs: 200', 'epochs: 100'));
  expect(python(folder, 'train.py').stdout).not.toContain('resuming');
});

test('predictions do not depend on the label, which may as well not be there', async () => {
  const folder = await copyExample();
  python(folder, 'train.py');
  expect(python(folder, 'predict.py').status).toBe(0);
  const predictions = readOut(folder, 'predictions.csv');
  const rows = readRows(join(folder, 'data/test.csv')).map(({ species: _species, ...features }) => features);
  const text = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
    .map((row) => row.join(','))
    .join('\n');
  expect(text).not.toMatch(/Adelie|Gentoo|Chinstrap/);
  await writeFile(join(folder, 'data/test.csv'), `${text}\n`);
  expect(python(folder, 'predict.py').status).toBe(0);
  expect(readOut(folder, 'predictions.csv')).toBe(predictions);
});

test('the committed split is the one that prepare.py makes', async () => {
  const folder = await copyExample();
  expect(python(folder, 'prepare.py').status).toBe(0);
  for (const name of ['train.csv', 'test.csv']) {
    expect(readFileSync(join(folder, 'data', name), 'utf8')).toBe(readFileSync(join(EXAMPLE, 'data', name), 'utf8'));
  }
});

test('the model keeps its promises with margin, and is not perfect', async () => {
  const folder = await copyExample();
  const project = await readProject(folder, folder);
  const training = await train(makeInput(project, { environment: ENVIRONMENT }));
  expect(training).toMatchObject({ outcome: 'pass', reason: '' });
  expect(training.history).toHaveLength(200);
  const prediction = await predict(makeInput(project, { environment: ENVIRONMENT, parents: { training } }));
  expect(prediction).toMatchObject({ outcome: 'pass', inputs: training.subject.modelFiles });
  const predicted = new Map(readRows(join(folder, 'out/predictions.csv')).map((row) => [row['id'], row['predicted']]));
  const right = (rows: Record<string, string>[]) =>
    rows.filter((row) => predicted.get(row['id']) === row['species']).length / rows.length;
  const birds = readRows(join(folder, 'data/test.csv'));
  expect(right(birds)).toBeGreaterThan(0.95);
  expect(right(birds)).toBeLessThan(0.999);
  for (const sex of ['female', 'male']) {
    const group = birds.filter((bird) => bird['sex'] === sex);
    expect(group.length).toBeGreaterThan(40);
    expect(right(group)).toBeGreaterThan(0.95);
  }
});
