import type { Unmeasured } from '../sources.ts';
import { joinKinds } from './kinds.ts';
import type { CountedPart, Kind } from './part.ts';

/** Several parts without a row in common as one: counts add up, and a cluster that has rows in several is one again. */
export function mergeParts(parts: readonly CountedPart[]): CountedPart | Unmeasured {
  const [first] = parts;
  if (!first) return { reason: 'there are no rows' };
  if (parts.length === 1) return first;
  const fault = parts.find((part) => part.fault !== undefined)?.fault;
  const frozen = parts.find((part) => part.frozen !== undefined)?.frozen;
  const kinds = joinKinds(parts.map((part) => part.kinds));
  return {
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    n: countUnits(parts, kinds),
    kinds,
    ...(frozen === undefined ? {} : { frozen }),
    ...(fault === undefined ? {} : { fault }),
  };
}

/** Clusters may have rows in several parts; as many as are resampled is a number that is never too high. */
export function countUnits(parts: readonly CountedPart[], joined: readonly Kind[]): number {
  if (joined.some(({ owners }) => owners)) return joined.reduce((sum, { count }) => sum + count, 0);
  return parts.reduce((sum, { n }) => sum + n, 0);
}
