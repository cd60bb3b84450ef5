import type { BaselineResult } from '../../evidence/schema/verdict.ts';
import { formatDistance } from '../numbers.ts';

/** Where a baseline came from, and how far it lies from the base where that was counted. */
export function describeBaseline({ text, distance }: BaselineResult): string {
  return distance === undefined ? text : `${text}; ${formatDistance(distance)}`;
}
