import { expect, test } from 'vitest';
import type { RuleCase } from '../../src/evidence/schema/verdict.ts';
import { sealEvidence } from '../../src/pipeline/sealing.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import type { Reveal } from '../../src/report/reveal.ts';
import { createEvidence, createVerdict } from '../support/evidence.ts';

const NONE = 'there are no limits: a class has 1 row, and limits at this error need 5';
const BESIDE = 'the difference is at least 0.25; not compared row by row, as a class has 3 rows, and more are needed';
const OPEN = 'it lies between 0.25 and 0.75: 40 rows more would tell';

function createTold(reveal: Reveal, metric = 'accuracy') {
  const [rule] = createVerdict().rules;
  const [control] = createVerdict().controls;
  if (!rule || !control) throw new Error('there is a rule and a control');
  const told = (slice: string, reason: string): RuleCase => ({
    ...{ slice, reason, n: 40, candidate: 0.5, baseline: null, difference: null, withinNoise: false },
    outcome: reason === BESIDE ? 'pass' : 'cannot-measure',
  });
  const cases = [told('Biscoe', NONE), told('Dream', OPEN), told('Torgersen', BESIDE)];
  const reason = `2 of 3 values of island cannot be measured: Biscoe: ${NONE}; Dream: ${OPEN}`;
  const named = { ...control, id: 'c', kind: 'metric' as const, outcome: 'cannot-measure' as const };
  return createEvidence({
    evaluation: { reveal },
    verdict: {
      reveal,
      rules: [{ ...rule, metric, outcome: 'cannot-measure', reason, cases }],
      controls: [{ ...named, reason: `The rule \`a\` is not measured: ${reason}` }],
    },
  });
}

test('under `metrics` no reason of a rule counts the rows of a class, and the others stay', () => {
  const { verdict } = sealEvidence(createTold('metrics'));
  const hidden = 'there are no limits: the rows do not allow them';
  expect(verdict?.rules[0]?.cases.map(({ reason }) => reason)).toEqual([
    hidden,
    OPEN,
    'the difference is at least 0.25; not compared row by row, as a class has too few rows',
  ]);
  const listed = `2 of 3 values of island cannot be measured: Biscoe: ${hidden}; Dream: ${OPEN}`;
  expect(verdict?.rules[0]?.reason).toBe(listed);
  expect(verdict?.controls[0]?.reason).toBe(`The rule \`a\` is not measured: ${listed}`);
  expect(renderMarkdown(createTold('metrics'))).not.toContain('a class has 1 row');
});

test('under `rows`, and of what a file reports, they are told', () => {
  for (const evidence of [createTold('rows'), createTold('metrics', 'benchmark')]) {
    expect(sealEvidence(evidence).verdict?.rules[0]?.cases[0]?.reason).toBe(NONE);
  }
});
