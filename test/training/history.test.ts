import { expect, test } from 'vitest';
import { parseHistory } from '../../src/training/history.ts';

function makeHistory(count: number): string {
  return Array.from({ length: count }, (_, index) => JSON.stringify({ step: index + 1, loss: 1 / (index + 1) })).join(
    '\n',
  );
}

test('each line becomes a point with its numbers', () => {
  expect(parseHistory('{"step": 1, "loss": 0.5}\n{"step": 2, "loss": 0.25}\n')).toEqual([
    { step: 1, loss: 0.5 },
    { step: 2, loss: 0.25 },
  ]);
});

test('a long history is thinned to 512 points, evenly, with the first and the last', () => {
  const points = parseHistory(makeHistory(100_000));
  expect(points).toHaveLength(512);
  expect(points[0]?.['step']).toBe(1);
  expect(points.at(-1)?.['step']).toBe(100_000);
  const gaps = points.slice(1).map((point, index) => Number(point['step']) - Number(points[index]?.['step']));
  // 99,999 steps over 511 gaps is 195.69.
  expect(new Set(gaps)).toEqual(new Set([195, 196]));
});

test.each([511, 512, 513])('a history of %i points keeps its ends and never has more than 512', (count) => {
  const points = parseHistory(makeHistory(count));
  expect(points).toHaveLength(Math.min(count, 512));
  expect(points.at(-1)?.['step']).toBe(count);
});

test('a loss that is NaN or infinite is left out, and the rest of its point stays', () => {
  expect(
    parseHistory('{"step": 1, "loss": NaN, "lr": 0.1}\n{"step": 2, "loss": -Infinity, "a": 1e999, "lr": 0.2}'),
  ).toEqual([
    { step: 1, lr: 0.1 },
    { step: 2, lr: 0.2 },
  ]);
});

test('what is not a number under a short plain name is left out', () => {
  const line = {
    step: 1,
    note: '<script>',
    nested: { a: 1 },
    list: [1],
    yes: true,
    none: null,
    '<b>': 1,
    ['x'.repeat(65)]: 1,
    ok: 2,
  };
  expect(parseHistory(JSON.stringify(line))).toEqual([{ step: 1, ok: 2 }]);
});

test('lines that are not objects are passed over, and the number of the line stands for a missing step', () => {
  expect(parseHistory('loss,acc\n[1,2]\n{broken\n\n"text"\nnull\n{"loss": 3}\r\n{}')).toEqual([{ step: 7, loss: 3 }]);
});

test('a line of a million characters and a name of the prototype do no harm', () => {
  const long = `{"step": 1, "loss": 1, "pad": "${'x'.repeat(1_000_000)}"}`;
  const points = parseHistory(`${long}\n{"__proto__": 1, "constructor": 2, "step": 2}`);
  expect(points).toHaveLength(1);
  expect(Object.getPrototypeOf(points[0])).toBe(Object.prototype);
});
