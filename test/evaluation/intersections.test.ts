import fc from 'fast-check';
import { expect, test } from 'vitest';
import { namePart } from '../../src/evaluation/view.ts';

test('two pairs of values are never called alike, whatever stands in them', () => {
  const value = fc.string({ unit: fc.constantFrom('×', ' ', 'a'), maxLength: 6 });
  fc.assert(
    fc.property(fc.tuple(value, value), fc.tuple(value, value), (one, other) => {
      expect(namePart(one) === namePart(other)).toBe(one[0] === other[0] && one[1] === other[1]);
    }),
    { numRuns: 2000 },
  );
  expect(namePart(['x × y', 'z'])).not.toBe(namePart(['x', 'y × z']));
});
