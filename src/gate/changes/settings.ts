import type { Config } from '../../config/schema/modelgate.ts';
import type { Shift } from '../../data/changes/shifts.ts';
import { resolveReveal } from '../../evaluation/reveal.ts';
import { nameView } from '../../evaluation/view.ts';
import type { RuleChange } from '../../evidence/schema/verdict.ts';
import { listBudget } from './budget.ts';
import { listEvaluation } from './evaluation.ts';
import { renderNames, type Setting } from './setting.ts';

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
  const reveal = resolveReveal({ version: 1, model, ...(evaluate ? { evaluate } : {}) });
  return [
    { id: 'model', text: model },
    { id: 'task', text: task ?? null },
    ...listEvaluation(evaluate),
    { id: 'evaluate.reveal', text: `${reveal}: reports show ${REVEALED[reveal]}` },
    { id: 'evaluate.slices', text: renderNames(evaluate?.slices?.map(nameView)) },
    { id: 'evaluate.metrics', text: renderNames(evaluate?.metrics) },
    describeMode('gates.mode', gates?.mode),
    ...listBudget(gates),
    describeMode('governance.mode', governance?.mode),
    { id: 'governance.waivers', text: governance?.waivers ?? null },
  ];
}

const REVEALED = {
  verdict: 'outcomes alone',
  metrics: 'outcomes and numbers',
  rows: 'outcomes, numbers and single rows of the test set',
} as const;

function describeMode(id: string, mode: 'enforce' | 'observe' = 'enforce'): Setting {
  return mode === 'enforce'
    ? { id, text: 'enforce: what does not pass blocks the merge', rank: 1 }
    : { id, text: 'observe: nothing blocks the merge', rank: 0 };
}
