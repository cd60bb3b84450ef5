import type { Waiver } from '../config/schema/modelgate.ts';
import {
  compareAmounts,
  compareValues,
  pairByKey,
  type Shift,
  sortChanges,
  tellShifts,
} from '../data/changes/shifts.ts';
import { UserMistake } from '../errors.ts';
import type { PromiseChange } from '../evidence/schema/verdict.ts';
import { parseWaivers } from './waivers.ts';

/**
 * What a waivers file lets pass otherwise than an earlier version of it, what lowers the bar first. A text is undefined
 * where the file is not there, which waives nothing. One that cannot be read is told as one change, with the reason.
 */
export function compareWaivers(file: string, before: string | undefined, after: string | undefined): PromiseChange[] {
  if (before === after) return [];
  const [old, now] = [readWaivers(file, before), readWaivers(file, after)];
  if (typeof old === 'string' || typeof now === 'string') {
    const words = [old, now].map((side) => (typeof side === 'string' ? side : countWaivers(side.length)));
    return [{ file, subject: 'the waivers', change: 'changed', before: words[0] ?? null, after: words[1] ?? null }];
  }
  const { pairs, removed, added } = pairByKey(old, now, ({ waives }) => waives);
  return sortChanges([
    ...pairs.flatMap(([one, other]) =>
      tellShifts(compareWaiver(one, other), {
        file,
        subject: nameWaiver(one),
        before: describeWaiver(one),
        after: describeWaiver(other),
      }),
    ),
    ...removed.map((waiver) => ({
      file,
      subject: nameWaiver(waiver),
      change: 'tightened' as const,
      before: describeWaiver(waiver),
      after: null,
    })),
    ...added.map((waiver) => ({
      file,
      subject: nameWaiver(waiver),
      change: 'loosened' as const,
      before: null,
      after: describeWaiver(waiver),
    })),
  ]);
}

function readWaivers(file: string, text = ''): Waiver[] | string {
  try {
    return parseWaivers(text, file).value;
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return `cannot be read: ${error.problems.map(({ line, found }) => `line ${line ?? 1}: ${found}`)[0]}`;
  }
}

function countWaivers(count: number): string {
  return count === 1 ? '1 waiver' : `${count} waivers`;
}

function nameWaiver({ waives }: Waiver): string {
  return `the waiver of ${waives}`;
}

function describeWaiver({ author, approver, expires, reason }: Waiver): string {
  return `waived through ${expires}, asked for by ${author} and approved by ${approver}: ${reason}`;
}

/** A waiver holds through its day: a later one is looser. */
function compareWaiver(one: Waiver, other: Waiver): Shift[] {
  return [
    ...compareAmounts(Date.parse(one.expires), Date.parse(other.expires), 'loosened'),
    ...compareValues(one.author, other.author),
    ...compareValues(one.approver, other.approver),
    ...compareValues(one.reason, other.reason),
  ];
}
