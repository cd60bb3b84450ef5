import type { Approval } from '../../config/schema/governance.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { listStages, type Stage } from '../../config/stages.ts';
import {
  compareAmounts,
  compareSets,
  compareValues,
  pairByKey,
  type Shift,
  tellShifts,
} from '../../data/changes/shifts.ts';
import type { RuleChange } from '../../evidence/schema/verdict.ts';
import { describeStage } from '../stage-text.ts';
import { compareApproval } from './controls.ts';

/** What became of each stage, by its name: what a version needs to come in. */
export function compareStages(before: Config, after: Config): RuleChange[] {
  const { pairs, removed, added } = pairByKey(listStages(before), listStages(after), ({ name }) => name);
  const name = (stage: Stage) => `stages.${stage.name}`;
  return [
    ...pairs.flatMap(([one, other]) => {
      const words = { id: name(one), before: describeStage(one), after: describeStage(other) };
      return tellShifts(compareStage(one, other), words);
    }),
    ...removed.map((stage) => ({
      id: name(stage),
      change: 'removed' as const,
      before: describeStage(stage),
      after: null,
    })),
    ...added.map((stage) => ({ id: name(stage), change: 'added' as const, before: null, after: describeStage(stage) })),
  ];
}

function compareStage(one: Stage, other: Stage): Shift[] {
  return [
    ...compareOrigins(one.from, other.from),
    ...compareAmounts(one.soakSeconds, other.soakSeconds, 'tightened'),
    ...compareSets(one.controls, other.controls, 'tightened'),
    ...compareAgreement(one.approval, other.approval),
    ...compareOpen(one.prereleases, other.prereleases),
    ...compareValues(one.environment, other.environment),
  ];
}

/** The more stages a version may come from, the looser; from anywhere is the loosest. */
function compareOrigins(one: readonly string[] | undefined, other: readonly string[] | undefined): Shift[] {
  if (one === undefined || other === undefined) return compareOpen(one === undefined, other === undefined);
  return compareSets(one, other, 'loosened');
}

/** Without an approval nobody must agree; with one that names nobody, anybody who may write can. */
function compareAgreement(one: Approval | undefined, other: Approval | undefined): Shift[] {
  if (one === undefined || other === undefined) return compareOpen(one === undefined, other === undefined);
  const [open, opened] = [isOpen(one), isOpen(other)];
  if (!open && !opened) return compareApproval(one, other);
  return [...compareAmounts(one.count ?? 1, other.count ?? 1, 'tightened'), ...compareOpen(open, opened)];
}

function isOpen({ users, teams, 'code-owners-of': owned }: Approval): boolean {
  return users === undefined && teams === undefined && owned === undefined;
}

function compareOpen(before: boolean, after: boolean): Shift[] {
  if (before === after) return [];
  return [after ? 'loosened' : 'tightened'];
}
