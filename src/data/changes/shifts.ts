import type { ChangeKind } from '../../evidence/schema/verdict.ts';

/** What a change of something that both sides have does to the bar. */
export type Shift = Extract<ChangeKind, 'loosened' | 'tightened' | 'changed'>;

/** What a reader must not miss comes first. */
const ORDER: readonly ChangeKind[] = ['loosened', 'removed', 'changed', 'tightened', 'added'];

/** Puts what lowers the bar first; within a kind the order stays. */
export function sortChanges<T extends { readonly change: ChangeKind }>(changes: readonly T[]): T[] {
  return [...changes].sort((one, other) => ORDER.indexOf(one.change) - ORDER.indexOf(other.change));
}

/** How two numbers differ; `greater` is what a greater one does to the bar. */
export function compareAmounts(before: number, after: number, greater: 'loosened' | 'tightened'): Shift[] {
  if (before === after) return [];
  return [after > before === (greater === 'loosened') ? 'loosened' : 'tightened'];
}

/** How two sets differ; `more` is what an entry more does to the bar. One entry more and another fewer is both. */
export function compareSets<T>(before: readonly T[], after: readonly T[], more: 'loosened' | 'tightened'): Shift[] {
  const shifts: Shift[] = [];
  if (after.some((entry) => !before.includes(entry))) shifts.push(more);
  if (before.some((entry) => !after.includes(entry))) shifts.push(more === 'loosened' ? 'tightened' : 'loosened');
  return shifts;
}

/** `changed` where two values differ that cannot be ordered. */
export function compareValues(before: unknown, after: unknown): Shift[] {
  return before === after ? [] : ['changed'];
}

/** One entry for each thing that a change does: what loosens in one way and tightens in another is told as both. */
export function tellShifts<T extends object>(shifts: readonly Shift[], words: T): (T & { readonly change: Shift })[] {
  return [...new Set(shifts)].map((change) => ({ ...words, change }));
}

/** Pairs what both sides have, by a key, in order; what is left has no partner. */
export function pairByKey<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (entry: T) => string,
): { readonly pairs: readonly (readonly [T, T])[]; readonly removed: readonly T[]; readonly added: readonly T[] } {
  const waiting = [...after];
  const pairs: (readonly [T, T])[] = [];
  const removed: T[] = [];
  for (const entry of before) {
    const index = waiting.findIndex((other) => keyOf(other) === keyOf(entry));
    const [partner] = index < 0 ? [] : waiting.splice(index, 1);
    if (partner === undefined) removed.push(entry);
    else pairs.push([entry, partner]);
  }
  return { pairs, removed, added: waiting };
}
