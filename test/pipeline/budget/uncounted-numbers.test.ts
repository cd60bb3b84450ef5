import { expect, test } from 'vitest';
import { computeOutputs } from '../../../src/actions/outputs.ts';
import { withholdUncounted } from '../../../src/pipeline/budget/withheld.ts';
import { renderTerminal } from '../../../src/report/terminal.ts';
import { createEvaluation, createMetric } from '../../support/evidence.ts';
import { BUDGET, createConfig } from './evidence.ts';

const evaluation = createEvaluation({ reveal: 'rows', metrics: [createMetric({ value: 0.7919 })] });
const show = (config: ReturnType<typeof createConfig>) => {
  const shown = withholdUncounted(config, { evaluation });
  const outputs = computeOutputs(shown, 'pass');
  return JSON.stringify(outputs) + renderTerminal(shown, { color: false, width: 100 });
};

test('a step that measures and does not decide shows no number of a test set with a budget', () => {
  const text = show(createConfig({ ...BUDGET, 'when-spent': 'warn' }));
  expect(text).not.toMatch(/0?\.79|79\.2/);
  expect(evaluation.reveal).toBe('rows');
});

test('and all of them without one', () => {
  expect(show({ gates: { rules: [] } } as never)).toContain('0.7919');
});
