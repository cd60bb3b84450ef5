import type { Config } from '../../config/schema/modelgate.ts';
import { divideError } from '../../statistics/verdict-error.ts';
import type { Setting } from './setting.ts';

/**
 * The settings of the budget. More verdicts are asked of the test set, but each with a smaller part of the error that
 * `confidence` leaves: the first is looser, the second stricter, and both are told where a rule has `confidence`.
 */
export function listBudget(gates: Config['gates']): Setting[] {
  const { budget, rules = [] } = gates ?? {};
  const { verdicts, adaptivity = 'full', 'when-spent': spent = 'warn' } = budget ?? {};
  const isSure = rules.some(({ confidence }) => confidence !== undefined);
  const share = verdicts === undefined ? 1 : divideError(1, verdicts, adaptivity);
  return [
    {
      id: 'gates.budget.verdicts',
      // Without a budget the test set may be asked for ever.
      text:
        verdicts === undefined ? null : `the test set may give ${verdicts} ${verdicts === 1 ? 'verdict' : 'verdicts'}`,
      rank: verdicts === undefined ? Number.NEGATIVE_INFINITY : -verdicts,
    },
    {
      id: 'gates.budget.error',
      text: isSure && share < 1 ? `each verdict may err with ${share} of what \`confidence\` leaves` : null,
      rank: isSure ? -share : -1,
    },
    { id: 'gates.budget.id', text: budget?.id ?? null },
    { id: 'gates.budget.adaptivity', text: budget?.adaptivity ?? null },
    {
      id: 'gates.budget.when-spent',
      text: spent === 'warn' ? null : `${spent}: a verdict beyond the allowance is none`,
      rank: spent === 'warn' ? 0 : 1,
    },
  ];
}
