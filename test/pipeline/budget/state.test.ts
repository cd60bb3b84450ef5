import { describe, expect, test } from 'vitest';
import {
  type Budget,
  computeBudgetState,
  describeOutside,
  describeUnknown,
} from '../../../src/pipeline/budget/state.ts';
import { createConfig } from './evidence.ts';

const budgetOf = (verdicts: number): Budget => ({ id: 'test-2026', verdicts });
const ids = (count: number) => Array.from({ length: count }, (_, index) => `verdict:${index + 1}`);
const compute = (verdicts: number, before: number, id: string | undefined = 'verdict:new') =>
  computeBudgetState(createConfig(), budgetOf(verdicts), ids(before), id);

describe('a new verdict', () => {
  test('is counted in what is spent, and is told by its place', () => {
    expect(compute(200, 11)).toMatchObject({ spent: 12, counted: true, state: 'open', adaptivity: 'full' });
    expect(compute(200, 11).text).toMatch(/^verdict 12 of 200, and 188 are left; /);
  });

  test.each([
    [200, 178, 'open'],
    [200, 179, 'nearly-spent'],
    [20, 15, 'open'],
    [20, 16, 'nearly-spent'],
    [20, 19, 'nearly-spent'],
    [20, 20, 'spent'],
    [1, 0, 'nearly-spent'],
    [1, 1, 'spent'],
  ] as const)('of %d, where %d were before, is %s', (verdicts, before, state) => {
    expect(compute(verdicts, before).state).toBe(state);
  });

  test('beyond the allowance says what to do', () => {
    expect(compute(20, 20)).toMatchObject({ spent: 21, state: 'spent' });
    expect(compute(20, 20).text).toBe(
      'verdict 21 of 20, and the test set is spent: collect another, and name its budget anew.',
    );
  });
});

describe('a verdict that was counted before', () => {
  test('spends nothing again', () => {
    expect(compute(20, 5, 'verdict:2')).toMatchObject({ spent: 5, state: 'open' });
    expect(compute(20, 5, 'verdict:2').text).toMatch(/^verdict 2 of 20, counted before, and 15 are left; /);
  });

  test('within the allowance stays so, though others have spent the rest', () => {
    expect(compute(20, 25, 'verdict:20').state).toBe('nearly-spent');
    expect(compute(20, 25, 'verdict:21').state).toBe('spent');
  });
});

test('where nothing was asked of the test set, nothing is spent', () => {
  const state = computeBudgetState(createConfig(), budgetOf(20), ids(4));
  expect(state).toMatchObject({ spent: 4, counted: false, state: 'open' });
  expect(state.text).toMatch(/^nothing was asked of the test set, and 16 of 20 verdicts are left; /);
  expect(computeBudgetState(createConfig(), budgetOf(20), ids(40)).state).toBe('nearly-spent');
});

test('a guarantee over all verdicts is claimed only where reports show the verdict alone', () => {
  const textOf = (reveal: 'verdict' | 'metrics' | 'rows') =>
    computeBudgetState(createConfig(undefined, reveal), budgetOf(20), [], 'verdict:new').text;
  expect(textOf('verdict')).toContain('hold it over all of them together');
  expect(textOf('metrics')).toContain('no guarantee is claimed over all of them, as `reveal: metrics`');
  expect(textOf('rows')).toContain('no guarantee');
});

test('a laptop is outside: nothing is held against it, and nothing is counted', () => {
  const budget: Budget = { ...budgetOf(20), 'when-spent': 'cannot-measure' };
  expect(describeOutside(budget)).toMatchObject({
    spent: null,
    counted: false,
    state: 'open',
    whenSpent: 'cannot-measure',
  });
  expect(describeOutside(budget).text).toContain('outside');
});

test('what should be counted and cannot be is not taken for open', () => {
  expect(describeUnknown(budgetOf(20), 'the ledger is broken', 'Give the job contents: write.')).toMatchObject({
    spent: null,
    counted: false,
    state: 'unknown',
    text: 'nobody can say how many of the 20 verdicts are left: the ledger is broken. This verdict is shown WITHOUT being counted. Give the job contents: write.',
  });
  const strict: Budget = { ...budgetOf(20), 'when-spent': 'cannot-measure' };
  expect(describeUnknown(strict, 'the ledger is broken').text).not.toContain('shown');
});
