import { expect, test } from 'vitest';
import { DEFINITIONS } from '../../src/config/metrics/definitions.ts';
import { METRICS } from '../../src/config/metrics.ts';

test('every metric has a direction, a reference, a definition and where its limits come from', () => {
  expect(Object.keys(DEFINITIONS).sort()).toEqual(Object.keys(METRICS).sort());
  for (const [name, { direction, reference, title }] of Object.entries(METRICS)) {
    expect([name, direction === 'higher' || direction === 'lower', reference !== '', title !== '']).toEqual([
      name,
      true,
      true,
      true,
    ]);
    expect(DEFINITIONS[name]?.definition).toMatch(/\w/);
    expect(DEFINITIONS[name]?.limits).toMatch(/\w/);
  }
});
