import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resolveExisting } from '../../src/config/paths.ts';
import { listDatasets, readProject } from '../../src/config/project.ts';
import { UserMistake } from '../../src/errors.ts';

const RIGHT = `version: 1
model: penguins
task: multiclass-classification
data:
  train: { path: data/train.csv }
  test: { path: data/test.csv }
  checks:
    - no-overlap: { between: [train, test], on: [id] }
train:
  run: python3 train.py
  outputs: { model: out/model.json }
  timeout: 1h30m
evaluate:
  predictions: { path: out/p.csv, id: id, prediction: predicted }
  labels: { path: data/test.csv, id: id, label: species }
  metrics: [accuracy]
gates:
  rules:
    - { id: good-enough, metric: accuracy, min: 0.9 }
    - { id: no-worse, metric: accuracy, against: production, max-drop: 5% }
stages: [staging, production]
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-config-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(text: string | Uint8Array) {
  await writeFile(join(folder, 'modelgate.yml'), text);
  return readProject(join(folder, 'modelgate.yml'));
}

async function mistakesOf(text: string | Uint8Array): Promise<string> {
  const outcome = await read(text).catch((error: unknown) => error);
  if (!(outcome instanceof UserMistake)) throw new Error(`no mistake was found: ${String(outcome)}`);
  return outcome.message;
}

/** The right file with one text replaced. */
function change(from: string, to: string): string {
  if (!RIGHT.includes(from)) throw new Error(`the sample has no ${from}`);
  return RIGHT.replace(from, to);
}

describe('a right file', () => {
  test('is read with its data sets', async () => {
    const project = await read(RIGHT);
    expect(project.config.model).toBe('penguins');
    expect(project.file).toBe('modelgate.yml');
    expect(listDatasets(project.config).map(([name]) => name)).toEqual(['train', 'test']);
  });

  test('may be named by its folder', async () => {
    await writeFile(join(folder, 'modelgate.yml'), RIGHT);
    expect((await readProject(folder)).config.model).toBe('penguins');
  });

  test('may begin with a byte order mark and end its lines with CRLF', async () => {
    const project = await read(`\uFEFF${RIGHT.replaceAll('\n', '\r\n')}`);
    expect(project.locate(['gates', 'rules', 1, 'id'])).toMatchObject({ line: 20 });
  });

  test('locates keys and values', async () => {
    const project = await read(RIGHT);
    expect(project.locate(['train', 'timeout'])).toEqual({ file: 'modelgate.yml', line: 12, column: 12 });
    expect(project.locate(['train', 'timeout'], 'key')).toEqual({ file: 'modelgate.yml', line: 12, column: 3 });
  });
});

describe('each mistake is told with its place and its fix', () => {
  const cases: [mistake: string, text: string | Uint8Array, expected: string[]][] = [
    ['unknown key', change('evaluate:', 'evalute:'), ['modelgate.yml:13:1: unknown key `evalute`', '`evaluate`?']],
    [
      'unknown key in a list',
      change('min: 0.9', 'minimum: 0.9'),
      ['modelgate.yml:19:44: unknown key `minimum` in `gates.rules[0]`', 'Allowed: id, metric, min'],
    ],
    ['missing key', change('model: penguins\n', ''), ['modelgate.yml:1:1: the key `model` is missing']],
    ['wrong version', change('version: 1', 'version: 2'), ['modelgate.yml:1:10: `version` is 2', 'Allowed: 1']],
    ['unknown word', change('multiclass-', 'multi-class-'), ['3:7: `task` is', 'mean `multiclass-classification`?']],
    ['a number that is text', change('min: 0.9', 'min: "0.9"'), ['19:49: `gates.rules[0].min` is "0.9"', 'a number']],
    ['not a number', change('min: 0.9', 'min: .nan'), ['`gates.rules[0].min` is NaN']],
    ['infinity', change('min: 0.9', 'min: .inf'), ['`gates.rules[0].min` is Infinity']],
    ['a bad time span', change('1h30m', '90 min'), ['12:12: `train.timeout` is "90 min"', '1h30m']],
    ['no time at all', change('1h30m', '0s'), ['`train.timeout` is "0s"']],
    [
      'a bad size',
      change('  timeout', '  accelerator: { kind: cuda, memory: 16 gigs }\n  timeout'),
      ['12:38: `train.accelerator.memory` is "16 gigs"', '16GiB'],
    ],
    [
      'a path that leaves',
      change('data/train.csv', '../train.csv'),
      ['5:18: `data.train.path`', 'leaves the repository'],
    ],
    ['a path that dives and leaves', change('data/train.csv', 'a/../../b'), ['leaves the repository']],
    ['an absolute path', change('data/train.csv', '/etc/passwd'), ['it is absolute']],
    ['a path of Windows', change('data/train.csv', 'data\\train.csv'), ['use forward slashes']],
    [
      'a glob that leaves',
      change('  timeout', '  inputs: ["../**/*.py"]\n  timeout'),
      ['`train.inputs[0]`', 'leaves the repository'],
    ],
    ['a doubled key', change('stages:', 'model: twice\nstages:'), ['21:1: this is not valid YAML', 'may stand once']],
    ['a tab', change('  run: python3', '\trun: python3'), ['modelgate.yml:10:', 'spaces']],
    ['two documents', `${RIGHT}---\na: 1\n`, ['one document']],
    ['an unclosed bracket', change('[staging, production]', '[staging'), ['not valid YAML']],
    ['nothing', '', ['modelgate.yml:1:1: the file is empty']],
    ['only a comment', '# later\n', ['the file is empty']],
    ['a list', '- a\n', ['the file is the list']],
    ['a text', 'hello\n', ['the file is "hello"']],
    ['a tolerance without sense', change('5%', 'five'), ['`gates.rules[1].max-drop` is "five"', '5%']],
    ['a negative tolerance', change('max-drop: 5%', 'max-drop: -1'), ['`gates.rules[1].max-drop` is -1']],
    [
      'an unknown metric',
      change('metrics: [accuracy]', 'metrics: [acuracy]'),
      ['16:13: there is no metric', '`accuracy`?'],
    ],
    ['a metric of another task', change('metrics: [accuracy]', 'metrics: [rmse]'), ['`rmse` does not fit multiclass']],
    ['a metric without scores', change('metrics: [accuracy]', 'metrics: [log-loss]'), ['evaluate.predictions.scores']],
    ['a rule without condition', change(', min: 0.9', ''), ['19:7: the rule `good-enough` has no condition']],
    ['a tolerance without baseline', change('against: production, ', ''), ['`max-drop` without `against`']],
    ['a baseline without tolerance', change(', max-drop: 5%', ''), ['`against` alone']],
    ['an unknown stage', change('against: production', 'against: prod'), ['there is no stage `prod`']],
    [
      'an id that stands twice',
      change('id: no-worse', 'id: good-enough'),
      ['20:13: the id `good-enough` stands twice'],
    ],
    ['an unknown data set', change('[train, test]', '[train, tset]'), ['there is no data set `tset`', '`test`?']],
    ['a minimum over its maximum', change('min: 0.9', 'min: 0.9, max: 0.5'), ['`min` 0.9 is over `max` 0.5']],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00, 0x41]), ['not UTF-8']],
  ];
  test.each(cases)('%s', async (_mistake, text, expected) => {
    const message = await mistakesOf(text);
    for (const part of expected) expect(message).toContain(part);
    expect(message).not.toMatch(/\n\s+at /);
  });

  test('all of them at once', async () => {
    const text = change('evaluate:', 'evalute:').replace('min: 0.9', 'min: high').replace('version: 1', 'version: one');
    const message = await mistakesOf(text);
    expect(message.match(/^modelgate\.yml:/gm)).toHaveLength(3);
  });
});

describe('hostile files', () => {
  test('a bomb of aliases is refused', async () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (let level = 0; level < 9; level += 1) {
      const [from, to] = [String.fromCharCode(97 + level), String.fromCharCode(98 + level)];
      bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(',')}]`);
    }
    expect(await mistakesOf(bomb.join('\n'))).toContain('aliases');
  });

  test('a file of two megabytes is refused', async () => {
    expect(await mistakesOf(`#${'x'.repeat(2 * 1024 * 1024)}\n${RIGHT}`)).toContain('characters');
  });

  test('the key __proto__ is an unknown key like any other', async () => {
    expect(await mistakesOf(`${RIGHT}__proto__: { polluted: true }\n`)).toContain('unknown key `__proto__`');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('ten thousand levels of nesting end in a message', async () => {
    expect(await mistakesOf(`a: ${'['.repeat(10_000)}`)).toContain('modelgate.yml');
  });
});

describe('paths', () => {
  test('of a file below the root may climb as far as the root', async () => {
    await mkdir(join(folder, 'models', 'a'), { recursive: true });
    const file = join(folder, 'models', 'a', 'modelgate.yml');
    await writeFile(file, change('data/train.csv', '../../data/train.csv'));
    const project = await readProject(file, folder);
    expect(project.file).toBe('models/a/modelgate.yml');
    await writeFile(file, change('data/train.csv', '../../../data/train.csv'));
    await expect(readProject(file, folder)).rejects.toThrow('leaves the repository');
  });

  test('may not leave the repository by a symbolic link', async () => {
    const project = await read(RIGHT);
    await symlink('/etc', join(folder, 'data'));
    await expect(resolveExisting(project, 'data/hosts')).rejects.toThrow('leads out of the repository');
  });

  test('that lead nowhere are a mistake of the user', async () => {
    const project = await read(RIGHT);
    await expect(resolveExisting(project, 'data/none.csv')).rejects.toThrow('no such file');
  });

  test('of a missing configuration say what to do', async () => {
    await expect(readProject(join(folder, 'none.yml'))).rejects.toThrow('--config');
  });
});
