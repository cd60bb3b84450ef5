import type { Config } from '../../config/schema/modelgate.ts';
import { resolveReveal } from '../../evaluation/reveal.ts';
import type { BudgetState } from '../../evidence/schema/verdict.ts';

export type Budget = NonNullable<NonNullable<Config['gates']>['budget']>;

/** So little is left that another test set should be planned for: a tenth of the allowance, or this many verdicts. */
const FEW = { share: 0.1, verdicts: 3 } as const;

/** The budget of a verdict that nobody counts: a laptop's. It spends nothing, so nothing is held against it. */
export function describeOutside(budget: Budget): BudgetState {
  const text = `this run is outside of it: only the trusted job counts against the ${countVerdicts(budget.verdicts)}.`;
  return { ...describeTerms(budget), spent: null, counted: false, state: 'open', text };
}

/**
 * The budget where it should be counted and cannot be. `reason` is half a sentence, and `fix` says what to do. Under
 * `when-spent: warn` the verdict is shown all the same, which the text says.
 */
export function describeUnknown(budget: Budget, reason: string, fix = ''): BudgetState {
  const uncounted = budget['when-spent'] === 'cannot-measure' ? '' : ' This verdict is shown WITHOUT being counted.';
  const left = `nobody can say how many of the ${countVerdicts(budget.verdicts)} are left: ${reason}`;
  const text = `${left.replace(/\.$/, '')}.${uncounted}${fix === '' ? '' : ` ${fix}`}`;
  return { ...describeTerms(budget), spent: null, counted: false, state: 'unknown', text };
}

/**
 * The budget with this verdict in it. `counted` are the ids of the verdicts that it gave so far, each once and in order;
 * `id` is this verdict's, undefined where nothing was asked of the test set.
 */
export function computeBudgetState(
  config: Config,
  budget: Budget,
  counted: readonly string[],
  id?: string,
): BudgetState {
  const { verdicts } = budget;
  const before = id === undefined ? -1 : counted.indexOf(id);
  const spent = counted.length + (id === undefined || before >= 0 ? 0 : 1);
  const place = before >= 0 ? before + 1 : spent;
  const left = Math.max(0, verdicts - spent);
  const beyond = id !== undefined && place > verdicts;
  const few = left <= Math.max(FEW.verdicts, verdicts * FEW.share);
  const told =
    id === undefined
      ? `nothing was asked of the test set, and ${left} of ${countVerdicts(verdicts)} are left`
      : `verdict ${place} of ${verdicts}${before >= 0 ? ', counted before' : ''}, and ${describeLeft(left, beyond)}`;
  return {
    ...describeTerms(budget),
    spent,
    counted: id !== undefined,
    state: beyond ? 'spent' : few ? 'nearly-spent' : 'open',
    text: `${told}${describeGuarantee(config, beyond)}.`,
  };
}

function describeTerms({ id, verdicts, adaptivity = 'full', 'when-spent': whenSpent = 'warn' }: Budget) {
  return { id, verdicts, adaptivity, whenSpent };
}

function describeLeft(left: number, beyond: boolean): string {
  if (beyond) return 'the test set is spent: collect another, and name its budget anew';
  return left === 0 ? 'none is left' : left === 1 ? '1 is left' : `${left} are left`;
}

/** What was shown of single numbers says more than an outcome, so the division of the error does not cover it. */
function describeGuarantee(config: Config, beyond: boolean): string {
  if (beyond) return '';
  const reveal = resolveReveal(config);
  return reveal === 'verdict'
    ? '; rules with `confidence` hold it over all of them together'
    : `; no guarantee is claimed over all of them, as \`reveal: ${reveal}\` shows more than the verdict`;
}

function countVerdicts(verdicts: number): string {
  return verdicts === 1 ? '1 verdict' : `${verdicts} verdicts`;
}
