import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Config, Control, DataCheckConfig, Rule } from '../../src/config/schema/modelgate.ts';
import type { ChangeKind } from '../../src/evidence/schema/verdict.ts';
import { compareRules } from '../../src/gate/rule-changes.ts';

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 1 });
const names = (...all: string[]) => fc.uniqueArray(fc.constantFrom(...all), { minLength: 1 });
const tolerance = fc.constantFrom(0, 0.05, 0.1, '5%', '5.0%', '10%');

const rule = fc.record(
  {
    id: fc.constantFrom('a', 'b', 'c'),
    metric: fc.constantFrom('accuracy', 'ece'),
    min: fc.constantFrom(0, 0.5, 0.9),
    max: fc.constantFrom(0.9, 1),
    against: fc.constantFrom('base', 'live', { run: 'r' }),
    'max-drop': tolerance,
    'min-gain': tolerance,
    within: tolerance,
    slice: fc.constantFrom('sex', 'island'),
    positive: fc.constantFrom('Adelie', 'Gentoo'),
    'min-rows': fc.constantFrom(1, 5, 20),
    level: fc.constantFrom('error', 'warn'),
  },
  { requiredKeys: ['id', 'metric'] },
) as fc.Arbitrary<Rule>;

const approval = fc.record(
  {
    users: names('ada', '@Ada', 'bo'),
    teams: names('o/t', 'o/u'),
    'code-owners-of': fc.constantFrom('x', 'y'),
    count: fc.nat(3),
  },
  { requiredKeys: [] },
);
const control = fc.oneof(
  fc.record({ document: fc.constantFrom('d', 'e'), sections: some(names('A', 'B', ' a')) }),
  fc.record({ checklist: fc.constantFrom('d', 'e') }),
  fc.record({ approval }),
);
const controls = fc.uniqueArray(fc.tuple(fc.constantFrom('x', 'y'), control), { selector: ([id]) => id });

const check = fc.oneof(
  fc.record({ 'no-overlap': fc.record({ between: names('a', 'b', 'c'), on: names('id', 'day') }) }),
  fc.record({
    drift: fc.record({ from: fc.constant('a'), to: fc.constantFrom('b', 'c'), 'max-share': fc.constantFrom(0, 0.5) }),
  }),
) as fc.Arbitrary<DataCheckConfig>;

const config = fc
  .record({
    rules: fc.uniqueArray(rule, { selector: ({ id }) => id }),
    controls,
    checks: fc.array(check, { maxLength: 4 }),
    contract: some(fc.constantFrom('c', 'd')),
    mode: some(fc.constantFrom('enforce', 'observe')),
    verdicts: some(fc.constantFrom(1, 100)),
    reveal: some(fc.constantFrom('verdict', 'metrics', 'rows')),
    positive: some(fc.constantFrom('Adelie', 'Gentoo')),
    waivers: some(fc.constant('w')),
  })
  .map(({ rules, checks, contract, mode, verdicts, reveal, positive, waivers, ...more }) => {
    const evaluate = {
      predictions: { path: 'p', id: 'id', prediction: 'p' },
      labels: { path: 'l', id: 'id', label: 'l' },
      metrics: ['accuracy'],
      ...(reveal ? { reveal } : {}),
      ...(positive ? { positive } : {}),
    };
    const governed = more.controls.map(([id, entry]) => ({ id, ...entry }) as Control);
    return {
      version: 1,
      model: 'penguins',
      data: { a: { path: 'a', ...(contract ? { contract } : {}) }, checks },
      evaluate,
      gates: { rules, ...(mode ? { mode } : {}), ...(verdicts ? { budget: { id: 'b', verdicts } } : {}) },
      governance: { controls: governed, ...(waivers ? { waivers } : {}) },
    } as unknown as Config;
  });

const MIRROR: Readonly<Record<ChangeKind, ChangeKind>> = {
  loosened: 'tightened',
  tightened: 'loosened',
  added: 'removed',
  removed: 'added',
  changed: 'changed',
};

test('a file compared with itself has no changes', () => {
  fc.assert(
    fc.property(config, (one) => {
      expect(compareRules(one, structuredClone(one))).toEqual([]);
    }),
  );
});

test('swapping the sides turns loosened into tightened and added into removed, and nothing else', () => {
  const asText = (changes: readonly object[]) => changes.map((change) => JSON.stringify(change)).sort();
  fc.assert(
    fc.property(config, config, (one, other) => {
      const there = compareRules(one, other).map(({ id, change, before, after }) => ({
        id,
        change: MIRROR[change],
        before: after,
        after: before,
      }));
      const back = compareRules(other, one).map(({ id, change, before, after }) => ({ id, change, before, after }));
      expect(asText(there)).toEqual(asText(back));
    }),
    { numRuns: 300 },
  );
});
