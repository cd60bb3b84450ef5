import type { Finding } from '../../evidence/schema/data.ts';
import type { BoundCheck } from '../checks/binding.ts';
import type { Count } from '../scan/counting.ts';

type Judgement = Pick<Finding, 'outcome' | 'count' | 'share' | 'reason'>;

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const UNITS = [
  [DAY, 'day'],
  [3600 * SECOND, 'hour'],
  [60 * SECOND, 'minute'],
  [SECOND, 'second'],
] as const;

/**
 * Whether the newest value of a column is no older than so many milliseconds. A date counts from its midnight in UTC. What
 * lies more than a day ahead, further than any time zone, says nothing about how old data are.
 */
export function judgeFreshness({ test, type, sensitive }: BoundCheck, { newest, values }: Count, now: Date): Judgement {
  if (test.kind !== 'fresh') throw new Error('no agreement about freshness');
  const come = (outcome: Finding['outcome'], reason: string) => ({ outcome, count: 0, share: 0, reason });
  if (type !== 'date' && type !== 'timestamp') {
    return come('cannot-measure', 'the column is promised to be neither a date nor a timestamp');
  }
  if (values === 0) return come('cannot-measure', 'the column has no values');
  if (newest === null || newest === undefined) return come('cannot-measure', `none of its values is a ${type}`);
  const instant = type === 'date' ? Date.parse(`${newest}T00:00:00Z`) : Math.floor(Number(newest) / 1000);
  if (!Number.isFinite(instant)) return come('cannot-measure', `the newest ${type} is none that can be counted with`);
  const written = sensitive ? '' : ` (${describeInstant(instant, type)})`;
  const age = now.getTime() - instant;
  if (age < -DAY) return come('cannot-measure', `the newest value${written} lies in the future`);
  const reason = `the newest value${written} is ${describeLength(age)} old; the contract allows ${describeLength(test.within)}`;
  return come(age <= test.within ? 'pass' : 'fail', reason);
}

/** An instant in full, or a date; milliseconds that no calendar reaches as they are. */
function describeInstant(instant: number, type: 'date' | 'timestamp'): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return `${instant} ms`;
  return type === 'date' ? date.toISOString().slice(0, 10) : date.toISOString();
}

/** Milliseconds as `3 days`, `1.5 hours`: in the greatest unit of which there is one. */
function describeLength(milliseconds: number): string {
  const amount = Math.max(0, milliseconds);
  const [length, unit] = UNITS.find(([one]) => amount >= one) ?? [SECOND, 'second'];
  const number = Number((amount / length).toFixed(1));
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
