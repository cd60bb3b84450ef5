import type { Rule } from '../../config/schema/modelgate.ts';
import { computeCertainty } from '../../gate/certainty.ts';
import type { PlannedCase } from '../../report/terminal/plan-facts.ts';
import type { Budget } from '../budget/state.ts';

/** Plans a rule again at another error of its limits. */
type Replan = (tail: number) => readonly PlannedCase[];

/**
 * What to write where a rule cannot see what it asks for: fewer verdicts or another adaptivity where the budget is what keeps
 * it from that, more rows, or a larger amount.
 */
export function adviseRule(rule: Rule, budget: Budget | undefined, replan: Replan): string[] {
  const find = (changed: Budget | undefined) => {
    const certainty = computeCertainty(rule, changed);
    return certainty && !('reason' in certainty) ? replan(certainty.error) : [];
  };
  const sees = (changed: Budget | undefined) => {
    const cases = find(changed);
    return cases.length > 0 && cases.every((one) => one.sees === true);
  };
  if (rule.confidence === undefined) return [];
  if (!budget || !sees(undefined)) return adviseRows(find(budget), budget);
  const { verdicts, adaptivity = 'full' } = budget;
  const ways = [...adviseBudget(budget, sees), ...adviseMore(find(budget))];
  const cause = `divided among ${verdicts} ${verdicts === 1 ? 'verdict' : 'verdicts'} (adaptivity ${adaptivity}), its error is too small for these rows`;
  return [`${cause}: ${ways.length > 0 ? ways.join(', or ') : 'leave the budget out'}`];
}

/** Fewer verdicts, as many as still leave enough, or the other adaptivity. */
function adviseBudget(budget: Budget, sees: (budget: Budget) => boolean): string[] {
  const { verdicts, adaptivity = 'full' } = budget;
  let [most, beyond] = [0, verdicts];
  while (beyond - most > 1) {
    const middle = Math.floor((most + beyond) / 2);
    if (sees({ ...budget, verdicts: middle })) most = middle;
    else beyond = middle;
  }
  return [
    ...(most > 0 ? [`write \`verdicts: ${most}\``] : []),
    ...(adaptivity === 'full' && sees({ ...budget, adaptivity: 'none' })
      ? ['write `adaptivity: none` if nobody who changes the model sees the verdicts']
      : []),
  ];
}

function adviseRows(cases: readonly PlannedCase[], budget: Budget | undefined): string[] {
  const blind = cases.filter(({ sees }) => sees === false);
  if (blind.length === 0) return [];
  const effects = blind.map(findBest).map((told) => ('reason' in told ? null : told.effect));
  const amounts = effects.every((one) => one !== null) && blind.some(({ amount }) => amount !== undefined);
  const ways = [...adviseMore(cases), ...(amounts ? [`allow ${roundUp(Math.max(...(effects as number[])))}`] : [])];
  const without = budget ? ', even without a budget' : '';
  if (ways.length > 0) return [`it cannot see what it asks for${without}: ${ways.join(', or ')}`];
  const reason = blind.map(findBest).flatMap((told) => ('reason' in told ? [told.reason] : []))[0];
  return [
    reason === undefined
      ? `no number of rows shows what it asks for${without}: allow some difference, or ask for less confidence`
      : `it cannot see what it asks for${without}: ${reason}`,
  ];
}

/** As many rows as the blindest of the cases needs; nothing where one of them is not known. */
function adviseMore(cases: readonly PlannedCase[]): string[] {
  const rows = cases
    .filter(({ sees }) => sees !== true)
    .map((one) => {
      const told = findBest(one);
      return 'reason' in told ? null : (told.rows ?? null);
    });
  const known = rows.flatMap((one) => (one === null ? [] : [one]));
  return known.length > 0 && known.length === rows.length ? [`judge by ${Math.max(...known)} rows of this kind`] : [];
}

function findBest({ atHand, capped, worst }: PlannedCase): PlannedCase['atHand'] {
  return 'reason' in atHand && !atHand.unresolved ? (capped ?? worst) : atHand;
}

/** Two digits, never less than the number. */
function roundUp(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / step - 1e-9) * step).toPrecision(2));
}
