import { expect, test } from 'vitest';
import { parseConfig } from '../../src/config/project.ts';
import { messageOf } from '../../src/errors.ts';

/** The mistakes of a file with one file of numbers, or an empty text. */
function complain(path: string, more: readonly string[]): string {
  const reported = `reported: [{ path: ${path}, metrics: { acc: { key: acc, direction: higher } } }]`;
  const lines = ['version: 1', 'model: m', ...more.filter((line) => !line.startsWith('  ')), 'evaluate:'];
  const text = [...lines, ...more.filter((line) => line.startsWith('  ')), `  ${reported}`].join('\n');
  try {
    parseConfig(text, 'modelgate.yml');
    return '';
  } catch (error) {
    return messageOf(error);
  }
}

const TRAIN = 'train: { run: python3 train.py, outputs: { model: ./out/model/, metrics: ./out/own.json } }';

test('a file of numbers that no command writes is a mistake, and the fix is told', () => {
  const found = complain('out/metrics.json', [TRAIN]);
  expect(found).toContain('no command is known to write `out/metrics.json`');
  expect(found).toContain('`train.outputs`');
  expect(complain('out/model.json', [TRAIN])).toContain('no command is known to write');
});

test.each([
  ['it is an output of the training, however it is spelt', 'out//own.json', [TRAIN]],
  ['it lies in the folder of the model', 'out/model/acc.json', [TRAIN]],
  ['the command of the evaluation writes it', 'out/metrics.json', [TRAIN, '  run: python3 predict.py']],
  ['the file has no commands', 'metrics.json', []],
])('it is right where %s', (_, path, more) => {
  expect(complain(path, more)).toBe('');
});

test('a command that has nothing to write is a mistake', () => {
  expect(complain('./out/own.json', [TRAIN, '  run: "true"'])).toContain('`run` has nothing to write');
});
