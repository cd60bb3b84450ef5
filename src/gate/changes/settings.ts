import type { Config } from '../../config/schema/modelgate.ts';
import type { Shift } from '../../data/shifts.ts';
import { resolveReveal } from '../../evaluation/reveal.ts';
import type { RuleChange } from '../../evidence/schema/verdict.ts';

/** A key of the file that bears on the verdict; `text` is null where the file says nothing. */
interface Setting {
  readonly id: string;
  readonly text: string | null;
  /** How strict a value is, where that can be said; greater is stricter. */
  readonly rank?: number;
}

/** What became of the settings that rules are decided by: how strict, about what, and what is shown. */
export function compareSettings(before: Config, after: Config): RuleChange[] {
  const later = listSettings(after);
  return listSettings(before).flatMap((setting, index) => {
    const other = later[index];
    if (other === undefined || setting.text === other.text) return [];
    return [{ id: setting.id, change: orderSettings(setting, other), before: setting.text, after: other.text }];
  });
}

function orderSettings(one: Setting, other: Setting): Shift {
  if (one.rank === undefined || other.rank === undefined || one.rank === other.rank) return 'changed';
  return other.rank > one.rank ? 'tightened' : 'loosened';
}

/** All settings, in the order of the file; as many and in the same order of every configuration. */
function listSettings(config: Config): Setting[] {
  const { model, task, evaluate, gates, governance } = config;
  const labels = evaluate?.labels;
  const reveal = resolveReveal({ version: 1, model, ...(evaluate ? { evaluate } : {}) });
  return [
    { id: 'model', text: model },
    { id: 'task', text: task ?? null },
    { id: 'evaluate.labels', text: labels ? `${labels.path}, ${labels.label} by ${labels.id}` : null },
    { id: 'evaluate.positive', text: evaluate?.positive ?? null },
    { id: 'evaluate.reveal', text: `${reveal}: reports show ${REVEALED[reveal]}` },
    { id: 'evaluate.slices', text: renderNames(evaluate?.slices) },
    { id: 'evaluate.metrics', text: renderNames(evaluate?.metrics) },
    describeMode('gates.mode', gates?.mode),
    ...describeBudget(gates?.budget),
    describeMode('governance.mode', governance?.mode),
    { id: 'governance.waivers', text: governance?.waivers ?? null },
  ];
}

const REVEALED = {
  verdict: 'outcomes alone',
  metrics: 'outcomes and numbers',
  rows: 'outcomes, numbers and single rows of the test set',
} as const;

/** The order of names says nothing. */
function renderNames(names: readonly string[] | undefined): string | null {
  return names && names.length > 0 ? [...names].sort().join(', ') : null;
}

function describeMode(id: string, mode: 'enforce' | 'observe' = 'enforce'): Setting {
  return mode === 'enforce'
    ? { id, text: 'enforce: what does not pass blocks the merge', rank: 1 }
    : { id, text: 'observe: nothing blocks the merge', rank: 0 };
}

/** Without a budget the test set may be asked for ever. */
function describeBudget(budget: NonNullable<Config['gates']>['budget']): Setting[] {
  const verdicts = budget?.verdicts;
  return [
    {
      id: 'gates.budget.verdicts',
      text:
        verdicts === undefined ? null : `the test set may give ${verdicts} ${verdicts === 1 ? 'verdict' : 'verdicts'}`,
      rank: verdicts === undefined ? Number.NEGATIVE_INFINITY : -verdicts,
    },
    { id: 'gates.budget.id', text: budget?.id ?? null },
    { id: 'gates.budget.adaptivity', text: budget?.adaptivity ?? null },
  ];
}
