import type { Config } from '../../../src/config/schema/modelgate.ts';
import type { EvidenceSet } from '../../../src/evidence/document.ts';
import type { BudgetState } from '../../../src/evidence/schema/verdict.ts';
import type { Account } from '../../../src/pipeline/budget/question.ts';
import type { Budget } from '../../../src/pipeline/budget/state.ts';
import { createEvidence, createFile, type EvidenceOverrides, fakeDigest } from '../../support/evidence.ts';

export const BUDGET: Budget = { id: 'test-2026', verdicts: 20 };
/** Of `createJudged`. */
export const ACCOUNT: Account = { budget: BUDGET.id, model: 'penguins' };

/** A configuration as far as a budget reads it. */
export function createConfig(
  budget: Budget | undefined = BUDGET,
  reveal: 'verdict' | 'metrics' | 'rows' = 'metrics',
): Config {
  return {
    model: ACCOUNT.model,
    gates: { rules: [], ...(budget && { budget }) },
    evaluate: { reveal },
  } as unknown as Config;
}

/** The budget of a verdict that the trusted job is to count. */
export function createState(more: Partial<BudgetState> = {}): BudgetState {
  return {
    id: BUDGET.id,
    verdicts: BUDGET.verdicts,
    spent: 1,
    adaptivity: 'full',
    counted: true,
    state: 'open',
    whenSpent: 'warn',
    text: 'verdict 1 of 20, and 19 are left.',
    ...more,
  };
}

/** Evidence of a model by its name in a file: another name is another model with other predictions. */
export function createJudged(
  name = 'model',
  state: Partial<BudgetState> = {},
  more: EvidenceOverrides = {},
): EvidenceSet {
  const subject = { commit: '1'.repeat(40), dirty: false, config: fakeDigest('modelgate.yml') };
  return createEvidence({
    verdict: { budget: createState(state), ...more.verdict },
    evaluation: {
      subject: { ...subject, modelFiles: [createFile(`out/${name}.json`)] },
      predictions: createFile(`out/${name}.csv`),
      ...more.evaluation,
    },
  });
}
