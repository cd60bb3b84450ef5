import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Rule } from '../../src/config/schema/modelgate.ts';
import { decide, evaluate, findBaseline } from './evaluations.ts';
import { createNormal, measurePair } from './samples.ts';

const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
const spread = fc.double({ min: 1e-4, max: 0.1, noNaN: true });
const confidence = fc.double({ min: 0.5, max: 0.9999, noNaN: true });
const metric = fc.constantFrom('accuracy', 'mcc', 'log-loss');
const against = 'production';
const condition: fc.Arbitrary<Partial<Rule>> = fc.oneof(
  share.map((min) => ({ min })),
  share.map((max) => ({ max })),
  share.map((drop) => ({ against, 'max-drop': drop / 5 })),
  share.map((gain) => ({ against, 'min-gain': gain / 5 })),
  share.map((distance) => ({ against, within: distance / 5 })),
  fc.constantFrom('1%', '10%', '100%').map((drop) => ({ against, 'max-drop': drop })),
  fc.constantFrom('1%', '10%', '100%').map((gain) => ({ against, 'min-gain': gain })),
  fc.constantFrom('1%', '10%', '100%').map((distance) => ({ against, within: distance })),
);

/** What a rule comes to, of two numbers whose difference has this standard error. */
function outcomeOf(rule: Partial<Rule>, [value, other]: readonly [number, number], error: number): string {
  const name = rule.metric ?? 'accuracy';
  const cell = {
    candidate: createNormal(value, error),
    baseline: createNormal(other, error),
    contrast: (factor: number) => createNormal(value - factor * other, error),
  };
  const own = evaluate([{ name, value }]);
  return decide(rule, own, [findBaseline([{ name, value: other }])], {}, measurePair({ '': cell })).outcome;
}

test('who asks to be surer is never told more', () => {
  fc.assert(
    fc.property(
      condition,
      metric,
      share,
      share,
      spread,
      confidence,
      confidence,
      (rule, name, value, other, error, one, two) => {
        const [less, more] = [Math.min(one, two), Math.max(one, two)].map((sure) =>
          outcomeOf({ ...rule, metric: name, confidence: sure }, [value, other], error),
        );
        if (more !== 'cannot-measure') expect(less).toBe(more);
      },
    ),
  );
});

test('what is sure is what the numbers say', () => {
  fc.assert(
    fc.property(condition, metric, share, share, spread, confidence, (rule, name, value, other, error, sure) => {
      const firm = outcomeOf({ ...rule, metric: name, confidence: sure }, [value, other], error);
      if (firm !== 'cannot-measure') expect(outcomeOf({ ...rule, metric: name }, [value, other], error)).toBe(firm);
    }),
  );
});

test('with rows without end the numbers decide', () => {
  fc.assert(
    fc.property(condition, metric, share, share, (rule, name, value, other) => {
      const plain = outcomeOf({ ...rule, metric: name }, [value, other], 0.01);
      const firm = outcomeOf({ ...rule, metric: name, confidence: 0.95 }, [value, other], 1e-13);
      if (firm !== 'cannot-measure') expect(firm).toBe(plain);
    }),
  );
});

test('a baseline below 0 is the mirror of one above', () => {
  fc.assert(
    fc.property(share, share, spread, fc.constantFrom('5%', '50%'), (value, other, error, within) => {
      const rule = { metric: 'mcc', against, within, confidence: 0.95 } as const;
      expect(outcomeOf(rule, [-value, -other], error)).toBe(outcomeOf(rule, [value, other], error));
    }),
  );
});
