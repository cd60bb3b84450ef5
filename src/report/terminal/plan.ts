import picocolors from 'picocolors';
import { cleanText } from '../escaping.ts';
import { formatAmount, formatCount, formatError, formatLevel, formatMetric, formatShare } from '../numbers.ts';
import { renderColumns, wrapText } from './columns.ts';
import type { Plan, PlannedCase, PlannedRule, Told, Unknown } from './plan-facts.ts';

export interface PlanView {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

interface Row {
  readonly rule: PlannedRule;
  readonly one: PlannedCase;
}

/** What each rule can see, as a table with what to write instead below it. */
export function renderPlan(plan: Plan, { color, width }: PlanView): string {
  const colors = picocolors.createColors(color);
  const rows = plan.rules.flatMap((rule) => rule.cases.map((one): Row => ({ rule, one })));
  const paint = (text: string, { one }: Row) => (one.sees === false ? colors.red(text) : text);
  const table = renderColumns(
    rows,
    [
      { title: 'Rule', drop: 0, cell: ({ rule }) => rule.id },
      { title: 'Slice', drop: 3, cell: ({ one }) => cleanText(one.slice ?? '') },
      { title: 'Asks', drop: 0, cell: ({ one }) => one.condition },
      { title: plan.unit === 'row' ? 'Rows' : 'Queries', right: true, drop: 2, cell: ({ one }) => formatCount(one.n) },
      { title: 'Sees, whatever the model', drop: 4, cell: ({ one }) => describeEffect(one.capped ?? one.worst) },
      { title: 'Sees today', drop: 0, cell: ({ one }) => describeEffect(one.atHand) },
      { title: 'Rows needed', right: true, drop: 1, cell: ({ one }) => describeRows(one) },
      { title: 'Enough', drop: 0, cell: ({ rule, one }) => describeSight(rule, one), paint },
    ],
    width,
  );
  const unsure = plan.rules
    .filter(({ confidence, cases }) => confidence === null && cases.length > 0)
    .map(({ id }) => id);
  const notes = [
    ...plan.rules.flatMap(({ id, advice }) => advice.map((text) => `${id}: ${text}.`)),
    ...(unsure.length > 0
      ? [
          `Without \`confidence\` the number itself decides, and smaller changes than what is seen are noise 19 times in 20: ${unsure.join(', ')}.`,
        ]
      : []),
    ...listUnknown(plan.rules),
  ];
  return [
    ...describeHead(plan).flatMap((line) => wrapText(cleanText(line), width)),
    '',
    ...(rows.length > 0 ? [...table, ''] : []),
    ...notes.flatMap((line) => wrapText(cleanText(line), width)),
    describeOutcome(plan),
  ].join('\n');
}

/** Why “Sees today” is empty. */
function listUnknown(rules: readonly PlannedRule[]): string[] {
  const byReason = new Map<string, Set<string>>();
  for (const { id, cases } of rules) {
    for (const { atHand } of cases) {
      if ('reason' in atHand) byReason.set(atHand.reason, (byReason.get(atHand.reason) ?? new Set()).add(id));
    }
  }
  return [...byReason].map(([reason, ids]) => `What is seen today is not known, as ${reason}: ${[...ids].join(', ')}.`);
}

function describeOutcome({ rules, sees }: Plan): string {
  if (rules.every(({ confidence }) => confidence === null))
    return 'No rule asks for a confidence, so none can be too blind.';
  return sees ? 'Every rule with a confidence can see what it asks for.' : 'Not every rule can see what it asks for.';
}

function describeHead({ model, rows, planned, unit, testSet, classes, budget, rules }: Plan): string[] {
  const plural = unit === 'row' ? 'rows' : 'queries';
  const total = classes.reduce((sum, { n }) => sum + n, 0);
  const shares = classes.slice(0, 5).map(({ label, n }) => `${label} ${formatShare(n / total)}`);
  const more = classes.length > 5 ? `, and ${classes.length - 5} more` : '';
  const found = `${model}: ${formatAmount(rows, unit, plural)} in ${testSet}`;
  const errors = rules.flatMap(({ confidence, error }) =>
    confidence === null || error === null
      ? []
      : [`${formatLevel(confidence)} leaves each limit an error of ${formatError(error)}`],
  );
  return [
    `${found}${shares.length > 0 ? ` (${shares.join(', ')}${more})` : ''}${planned === null ? '' : `; planned for ${formatCount(planned)}`}.`,
    ...(budget ? [describeBudget(budget)] : []),
    ...(budget && errors.length > 0 ? [`With it a confidence of ${[...new Set(errors)].join(', one of ')}.`] : []),
  ];
}

function describeBudget({ id, verdicts, adaptivity, spent, left, reason }: NonNullable<Plan['budget']>): string {
  const allowed = `Budget ${id}: ${formatAmount(verdicts, 'verdict')}, adaptivity ${adaptivity}`;
  if (spent === null || left === null) return `${allowed}; nobody can say how many are left: ${reason}.`;
  return `${allowed}; ${formatCount(spent)} ${spent === 1 ? 'is' : 'are'} spent, ${formatCount(left)} left.`;
}

function describeEffect(told: Told | Unknown): string {
  if ('reason' in told) return '–';
  return told.effect === null ? 'nothing' : `${formatMetric(told.effect)} (${told.method})`;
}

/** By the best that is known. */
function describeRows({ atHand, capped, worst, amount }: PlannedCase): string {
  const told = 'reason' in atHand ? (capped ?? worst) : atHand;
  if ('reason' in told || told.rows === undefined) return '–';
  if (told.rows === null) return 'no number';
  // Of a line without a candidate, no model needs fewer.
  return `${told !== atHand && amount === undefined ? '≥ ' : ''}${formatCount(told.rows)}`;
}

function describeSight({ confidence }: PlannedRule, { sees }: PlannedCase): string {
  if (confidence === null) return '–';
  return sees === null ? 'not known' : sees ? 'yes' : 'no';
}
