import { expect, test } from 'vitest';
import { createConfig, scoreFiles, writeRows } from './scoring.ts';

const TRUTH = Array.from({ length: 30 }, (_, at) => (at % 2 === 0 ? 'a' : 'b'));

test('a number without an interval says why it has none', async () => {
  const config = createConfig('multiclass-classification', { metrics: ['accuracy', 'mcc'] });
  const { metrics } = await scoreFiles(config, writeRows(TRUTH, TRUTH));
  const [accuracy, mcc] = metrics;
  expect(accuracy?.interval).toBeDefined();
  expect(accuracy?.noInterval).toBeUndefined();
  expect(mcc).toMatchObject({ name: 'mcc', value: 1, noInterval: 'the resamples do not vary' });
  expect(mcc?.interval).toBeUndefined();
});
