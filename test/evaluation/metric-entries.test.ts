import { expect, test } from 'vitest';
import { describeMetrics } from '../../src/evaluation/metric-entries.ts';
import type { Sample, Samples } from '../../src/evaluation/samples.ts';

const REQUESTS = ['accuracy', 'f1', 'ece'].map((name) => ({ name }));

/** Samples whose limits tell when they are computed. */
function createSamples(onLimits: () => void): Samples {
  const estimate = {
    value: 0.5,
    n: 10,
    method: 'any',
    computeLimits() {
      onLimits();
      return { low: 0.4, high: 0.6 };
    },
  };
  const sample: Sample = { n: 10, estimate: () => estimate, contrast: () => estimate };
  return { sides: [0], find: () => sample, listValues: () => [] };
}

test('an abort that comes while numbers are computed is heard before the next of them', async () => {
  const stop = new AbortController();
  let computed = 0;
  const samples = createSamples(() => {
    computed += 1;
    // As a signal of the system does: it is heard when the loop of events goes on.
    setTimeout(() => stop.abort(new Error('enough')), 0);
    const until = performance.now() + 5;
    while (performance.now() < until);
  });
  await expect(describeMetrics(samples, REQUESTS, stop.signal)).rejects.toThrow('enough');
  expect(computed).toBeLessThan(REQUESTS.length);
});

test('without one there is a number for each request', async () => {
  const found = await describeMetrics(
    createSamples(() => undefined),
    REQUESTS,
    undefined,
  );
  expect(found.map(({ name, value }) => [name, value])).toEqual(REQUESTS.map(({ name }) => [name, 0.5]));
});
