import { joinKinds, mapEntries } from '../counted/kinds.ts';
import { createSummation } from '../counted/margins.ts';
import { countUnits } from '../counted/merging.ts';
import type { CountedPart, Kind } from '../counted/part.ts';
import type { GroupCounts } from './rates.ts';

/** All groups as one lot of units, in which the classes of each group are told apart: its other classes, then its positive one. */
export interface JoinedGroups {
  readonly names: readonly string[];
  readonly kinds: readonly Kind[];
  readonly n: number;
  /** Units of the smallest group. */
  readonly least: number;
  readonly frozen?: string;
}

/**
 * Joins the groups, so that all of them are resampled together. A test set is one sample, whose groups are as large as
 * chance made them, and a cluster (a hospital, a household) may have rows in several groups and then has to be drawn as a
 * whole. Resampling within each group would hold the sizes fixed, which changes next to nothing, and would break clusters.
 */
export function joinGroups(groups: ReadonlyMap<string, CountedPart>, positive: number): JoinedGroups {
  const parts = [...groups.values()];
  const lots = parts.map((part, group) =>
    mapEntries(part.kinds, ({ truth, answers, mass }) => {
      const place = (found: number) => 2 * group + (found === positive ? 1 : 0);
      return { truth: place(truth), answers: answers.map(place), mass };
    }),
  );
  const kinds = joinKinds(lots);
  const frozen = parts.find((part) => part.frozen !== undefined)?.frozen;
  return {
    names: [...groups.keys()],
    kinds,
    n: countUnits(parts, kinds),
    least: Math.min(...parts.map(({ n }) => n)),
    ...(frozen === undefined ? {} : { frozen }),
  };
}

/** Prepares to count every group on one side (its place among the answers), for any counts of the kinds. */
export function createGroupCount(
  { kinds, names }: JoinedGroups,
  at: number,
): (counts: ArrayLike<number>) => GroupCounts[] {
  const { margins, fill } = createSummation(kinds, at, 2 * names.length);
  return (counts) => {
    fill(counts);
    const { truths, answers, hits } = margins;
    return names.map((_, group) => ({
      positives: truths[2 * group + 1] as number,
      negatives: truths[2 * group] as number,
      selected: answers[2 * group + 1] as number,
      hits: hits[2 * group + 1] as number,
    }));
  };
}
