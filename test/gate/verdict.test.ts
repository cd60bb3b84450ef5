import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/config/schema/modelgate.ts';
import type { ControlResult, RuleResult, WaiverState } from '../../src/evidence/schema/verdict.ts';
import { createData, createFile } from '../support/evidence.ts';
import { findBaseline } from './evaluations.ts';
import { CONFIG, gates, judge, RULE } from './runs.ts';

const waiver: WaiverState = {
  waives: 'good-enough',
  reason: 'known and accepted',
  author: 'ada',
  approver: 'grace',
  expires: '2027-01-01',
  active: true,
  note: 'holds through 2027-01-01',
};

const control: ControlResult = {
  id: 'card',
  kind: 'document',
  text: 'MODEL_CARD.md',
  outcome: 'pass',
  reason: 'all sections are there',
  evidence: null,
  waived: false,
};
const governed: Config = { ...CONFIG, governance: { controls: [{ id: 'card', document: 'MODEL_CARD.md' }] } };

describe('a verdict', () => {
  test('passes when every stage, rule and control does', () => {
    const decision = judge({ config: governed, controls: [control] });
    expect(decision).toMatchObject({
      outcome: 'pass',
      blocks: false,
      reason: 'Every stage, rule and control that counts has passed.',
    });
    expect(decision.stages.map(({ stage, outcome }) => [stage, outcome])).toEqual([
      ['data', 'pass'],
      ['training', 'pass'],
      ['prediction', 'pass'],
      ['evaluation', 'pass'],
    ]);
  });

  test.each(['fail', 'cannot-measure'] as const)('is %s and blocks when a rule is', (outcome) => {
    const decision = judge({ rules: [{ ...RULE, outcome }] });
    const word = outcome === 'fail' ? 'Failed' : 'Not measured';
    expect(decision).toMatchObject({ outcome, blocks: true, reason: `${word}: the rule good-enough.` });
  });

  test('puts a fail before what could not be measured', () => {
    const config = gates({ rules: ['a', 'b'].map((id) => ({ id, metric: 'accuracy', min: 0 })) });
    const rules = (['cannot-measure', 'fail'] as const).map((outcome, at) => ({
      ...RULE,
      id: 'ab'.charAt(at),
      outcome,
    }));
    expect(judge({ config, rules })).toMatchObject({
      outcome: 'fail',
      reason: 'Failed: the rule b; not measured: the rule a.',
    });
  });

  test('is not kept from passing by a rule that is not applicable', () => {
    expect(judge({ rules: [{ ...RULE, outcome: 'not-applicable' }] })).toMatchObject({
      outcome: 'pass',
      blocks: false,
    });
  });

  test.each(['fail', 'cannot-measure'] as const)('shows a %s of level warn and does not count it', (outcome) => {
    const decision = judge({ rules: [{ ...RULE, outcome, level: 'warn' }] });
    expect(decision).toMatchObject({ outcome: 'pass', blocks: false });
    expect(decision.rules[0]?.outcome).toBe(outcome);
  });

  test('shows a waived rule and does not count it', () => {
    const decision = judge({ rules: [{ ...RULE, outcome: 'fail' }], waivers: [waiver] });
    expect(decision).toMatchObject({ outcome: 'pass', blocks: false, waivers: [waiver] });
    expect(decision.rules[0]).toMatchObject({ waived: true, outcome: 'fail' });
  });

  test('counts a rule whose waiver does not hold', () => {
    const decision = judge({ rules: [{ ...RULE, outcome: 'fail' }], waivers: [{ ...waiver, active: false }] });
    expect(decision).toMatchObject({ outcome: 'fail', blocks: true });
    expect(decision.rules[0]?.waived).toBe(false);
  });

  test('blocks for a control, unless it is waived or only observed', () => {
    const controls: ControlResult[] = [{ ...control, outcome: 'fail' }];
    expect(judge({ config: governed, controls })).toMatchObject({ outcome: 'fail', blocks: true });
    const waivers = [{ ...waiver, waives: 'card' }];
    expect(judge({ config: governed, controls, waivers })).toMatchObject({ outcome: 'pass', blocks: false });
    const config: Config = { ...governed, governance: { controls: [{ id: 'card', document: 'M' }], mode: 'observe' } };
    expect(judge({ config, controls })).toMatchObject({
      outcome: 'fail',
      blocks: false,
      governanceMode: 'observe',
      reason: 'Failed: the control card; observed only, so nothing is blocked.',
    });
  });

  test('in observe mode says what would be, and blocks nothing of the gate’s', () => {
    const config: Config = { ...gates({ mode: 'observe' }), ...{ governance: governed.governance } } as Config;
    const rules: RuleResult[] = [{ ...RULE, outcome: 'fail' }];
    expect(judge({ config, rules, controls: [control] })).toMatchObject({
      outcome: 'fail',
      blocks: false,
      mode: 'observe',
    });
    expect(judge({ config, rules, controls: [{ ...control, outcome: 'fail' }] }).blocks).toBe(true);
  });

  test('of nothing is no pass', () => {
    const empty: Config = { version: 1, model: 'penguins' };
    expect(judge({ config: empty, rules: [], evidence: {} })).toMatchObject({
      outcome: 'cannot-measure',
      blocks: true,
    });
  });

  test('is not given when a rule or a control was not decided', () => {
    expect(() => judge({ rules: [] })).toThrow('nothing was decided about good-enough');
    expect(() => judge({ config: governed })).toThrow('nothing was decided about card');
  });

  test('keeps where each baseline came from', () => {
    const found = findBaseline([{ value: 0.9 }]);
    const decision = judge({ baselines: [found, { name: 'base', state: 'unavailable', text: 'no network' }] });
    expect(decision.baselines).toEqual([
      {
        name: 'production',
        state: 'found',
        text: 'penguins@v1.0.0',
        commit: createData().subject.commit,
        testSet: createFile('data/test.csv').sha256,
      },
      { name: 'base', state: 'unavailable', text: 'no network', commit: null, testSet: null },
    ]);
  });

  test('reveals numbers but no rows unless the file says otherwise', () => {
    expect(judge().reveal).toBe('metrics');
  });
});
