import { posix } from 'node:path';
import { normaliseLogin } from '../../config/logins.ts';
import type { Approval } from '../../config/schema/governance.ts';
import type { Config, Control } from '../../config/schema/modelgate.ts';
import {
  compareAmounts,
  compareSets,
  compareValues,
  pairByKey,
  type Shift,
  tellShifts,
} from '../../data/changes/shifts.ts';
import type { RuleChange } from '../../evidence/schema/verdict.ts';
import { describeControl } from '../control-text.ts';

/** What became of each control, by its id. */
export function compareControlLists(before: Config, after: Config): RuleChange[] {
  const [old, now] = [before.governance?.controls ?? [], after.governance?.controls ?? []];
  const { pairs, removed, added } = pairByKey(old, now, ({ id }) => id);
  const describe = describeControl;
  return [
    ...pairs.flatMap(([one, other]) => {
      const words = { id: one.id, before: describe(one), after: describe(other) };
      return tellShifts(compareControl(one, other), words);
    }),
    ...removed.map((entry) => ({ id: entry.id, change: 'removed' as const, before: describe(entry), after: null })),
    ...added.map((entry) => ({ id: entry.id, change: 'added' as const, before: null, after: describe(entry) })),
  ];
}

function compareControl(one: Control, other: Control): Shift[] {
  if (one.approval !== undefined && other.approval !== undefined) return compareApproval(one.approval, other.approval);
  const evidence = [
    ...compareValues(normalisePath(one.document), normalisePath(other.document)),
    ...compareValues(normalisePath(one.checklist), normalisePath(other.checklist)),
    ...compareValues(one.metric, other.metric),
    ...compareValues(one.approval === undefined, other.approval === undefined),
  ];
  return evidence.length > 0 ? evidence : compareSets(listTitles(one), listTitles(other), 'tightened');
}

function normalisePath(path: string | undefined): string | undefined {
  return path === undefined ? undefined : posix.normalize(path);
}

/** Headings are found whatever their case and the white space around them. */
function listTitles({ sections = [] }: Control): string[] {
  return sections.map((title) => title.trim().toLowerCase());
}

/** The more people may approve and the fewer of them must, the looser. */
export function compareApproval(one: Approval, other: Approval): Shift[] {
  const [owned, owning] = [normalisePath(one['code-owners-of']), normalisePath(other['code-owners-of'])];
  const both = owned !== undefined && owning !== undefined;
  return [
    ...compareAmounts(one.count ?? 1, other.count ?? 1, 'tightened'),
    ...compareSets(listPeople(one.users), listPeople(other.users), 'loosened'),
    ...compareSets(listPeople(one.teams), listPeople(other.teams), 'loosened'),
    ...(both ? compareValues(owned, owning) : compareSets(listDefined(owned), listDefined(owning), 'loosened')),
  ];
}

function listPeople(names: readonly string[] = []): string[] {
  return names.map(normaliseLogin);
}

function listDefined(path: string | undefined): string[] {
  return path === undefined ? [] : [path];
}
