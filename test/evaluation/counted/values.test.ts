import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/connection.ts';
import { counted } from '../../../src/evaluation/counted/counted.ts';
import type { AskedView } from '../../../src/evaluation/family.ts';
import type { MetricRequest } from '../../../src/evaluation/requests.ts';
import { computeNaively } from './oracle.ts';
import { CLASSES, describeRows, drawRows, fetchRows, openMemory, type Row, WHOLE } from './rows.ts';

const OF_CLASS = ['precision', 'recall', 'f1', 'f-beta@2', 'specificity'];
const OVERALL = [
  'accuracy',
  'balanced-accuracy',
  ...['macro', 'weighted'].flatMap((a) => ['precision', 'recall', 'f1', 'f-beta@0.5'].map((m) => `${a}-${m}`)),
  'micro-precision',
  'micro-f-beta@0.5',
  'mcc',
  'cohen-kappa',
];
const REQUESTS: MetricRequest[] = [
  ...OVERALL.map((name) => ({ name })),
  ...OF_CLASS.flatMap((name) => CLASSES.map((positive) => ({ name, positive }))),
];
const RUNS = { numRuns: 15 };

let engine: Engine;
beforeAll(async () => {
  engine = await openMemory();
});
afterAll(() => engine.close());

async function expectOracle(rows: readonly Row[]) {
  const views: AskedView[] = [WHOLE, { name: 'site', columns: ['slice_0'], requests: [] }];
  const table = describeRows(rows);
  const found = await fetchRows(engine, rows, views);
  const parts = [...found].flatMap(([view, byValue]) => [...byValue].map(([value, part]) => ({ view, value, part })));
  for (const { view, value, part } of parts) {
    const own = rows.filter(({ slices }) => view === '' || slices?.[0] === value);
    expect(part.rows).toBe(own.length);
    for (const side of table.sides) {
      const estimates = counted.estimate(part, REQUESTS, side, table);
      for (const [at, estimate] of estimates.entries()) {
        const { name, positive = '' } = REQUESTS[at] ?? { name: '' };
        const wanted = computeNaively(name, own, side, CLASSES.indexOf(positive));
        const what = `${name} of ${positive} on side ${side} of ${JSON.stringify(own)}`;
        if (Number.isNaN(wanted)) expect(estimate, what).toHaveProperty('reason');
        else expect('value' in estimate ? estimate.value : estimate.reason, what).toBeCloseTo(wanted, 10);
      }
    }
  }
}

const site = fc.tuple(fc.constantFrom('x', "o'y", '')) as fc.Arbitrary<unknown>;

describe('every count metric is what its definition says row by row, of all rows and of each slice', () => {
  test('of one side', () => fc.assert(fc.asyncProperty(drawRows(1, { slices: site }), expectOracle), RUNS));

  test('of two sides', () => fc.assert(fc.asyncProperty(drawRows(2, { slices: site }), expectOracle), RUNS));

  test('with weights', () => {
    const weight = fc.constantFrom(0, 0.25, 1, 0.01, 123.5);
    return fc.assert(fc.asyncProperty(drawRows(1, { slices: site, weight }), expectOracle), RUNS);
  });

  test('with clusters, and with weights in them', () => {
    const weight = fc.constantFrom(0, 0.1, 0.2, 3);
    const cluster = fc.nat(5);
    return fc.assert(fc.asyncProperty(drawRows(2, { slices: site, weight, cluster }), expectOracle), RUNS);
  });
});
