import type { Estimate } from '../../statistics/estimate.ts';
import type { Limits, NoLimits } from '../../statistics/limits.ts';
import { renderKnownClasses } from '../class-names.ts';
import { fetchParts } from '../counted/fetching.ts';
import type { CountedPart } from '../counted/part.ts';
import { createKindLimits } from '../counted/resampling.ts';
import type { GroupFamily } from '../family.ts';
import type { JoinedTable, Side } from '../joined-table.ts';
import type { MetricRequest } from '../requests.ts';
import type { Unmeasured } from '../sources.ts';
import { createGroupCount, type JoinedGroups, joinGroups } from './groups.ts';
import { computeMeasure, explainMeasure, findMeasure, type Measure } from './measures.ts';
import {
  boundChange,
  boundLargest,
  computePairs,
  countPairs,
  findFloor,
  findPairRange,
  type LimitsOf,
} from './pairs.ts';

/** Every two groups, both ways, by every rate. */
const MAX_PAIRS = 1000;

/**
 * How far the rates of groups are apart: demographic parity, equalized odds, equal opportunity, predictive parity, each as
 * difference and as ratio. A group without the rows that a rate is of has no rate, and then there is no metric. Limits come
 * from those of every two groups, see `boundLargest`; `n` is that of the smallest group.
 */
export const fairness: GroupFamily<CountedPart> = {
  answers: (metric) => findMeasure(metric) !== undefined,
  fetch: fetchParts,
  estimateGroups,
  contrastGroups,
};

function estimateGroups(
  groups: ReadonlyMap<string, CountedPart>,
  request: MetricRequest,
  side: Side,
  table: JoinedTable,
): Estimate | Unmeasured {
  const scene = arrangeScene(groups, request, table);
  if ('reason' in scene) return scene;
  const own = createMeasured(scene, table.sides.indexOf(side));
  return describeEstimate(scene, table, [own], {
    combine: ([value = Number.NaN]) => value,
    arrange: ([pairs = []]) => [...pairs],
    range: () => findPairRange(scene.measure),
    bound: boundLargest,
  });
}

function contrastGroups(
  groups: ReadonlyMap<string, CountedPart>,
  request: MetricRequest,
  factor: number,
  table: JoinedTable,
): Estimate | Unmeasured {
  const scene = arrangeScene(groups, request, table);
  if ('reason' in scene) return scene;
  const own = findPairRange(scene.measure);
  const sides = ['candidate', 'baseline'].map((name, at) => createMeasured(scene, at, `of the ${name}, `));
  return describeEstimate(scene, table, sides, {
    combine: ([candidate = Number.NaN, baseline = Number.NaN]) => candidate - factor * baseline,
    arrange: ([candidate = [], baseline = []]) => [
      ...candidate,
      ...baseline,
      ...candidate.map((pair, at) => pair - factor * (baseline[at] ?? Number.NaN)),
    ],
    range: (at) =>
      at < 2 * countPairs(scene.measure, groups.size) ? own : [own[0] - factor * own[1], own[1] - factor * own[0]],
    bound: boundChange,
  });
}

interface Scene {
  readonly joined: JoinedGroups;
  readonly measure: Measure;
  readonly column: string;
  readonly positive: string;
}

/** The groups as one lot of units, or why they cannot be compared. */
function arrangeScene(
  groups: ReadonlyMap<string, CountedPart>,
  { name, positive = '', group: column = '' }: MetricRequest,
  { classes }: JoinedTable,
): Scene | Unmeasured {
  const measure = findMeasure(name);
  if (!measure) throw new Error(`no fairness formula for the metric ${name}`);
  if (groups.size < 2) {
    const found = groups.size === 1 ? '1 group' : 'no groups';
    return { reason: `\`${column}\` has ${found}, and a ${measure.kind} needs two` };
  }
  const at = classes.indexOf(positive);
  if (at < 0)
    return { reason: `no row is of, or predicted as, \`${positive}\`${renderKnownClasses(positive, classes)}` };
  const fault = [...groups.values()].find((part) => part.fault !== undefined)?.fault;
  if (fault !== undefined) return { reason: fault };
  return { joined: joinGroups(groups, at), measure, column, positive };
}

interface Measured {
  compute(counts: ArrayLike<number>): number;
  /** How far each group is from each other one. */
  computePairs(counts: ArrayLike<number>): readonly number[];
  explain(counts: ArrayLike<number>): string;
}

function createMeasured({ joined, measure, column, positive }: Scene, at: number, prefix = ''): Measured {
  const count = createGroupCount(joined, at);
  return {
    compute: (counts) => computeMeasure(measure, count(counts)),
    computePairs: (counts) => computePairs(measure, count(counts)),
    explain(counts) {
      const found = count(counts);
      const byName = new Map(joined.names.flatMap((name, group) => (found[group] ? [[name, found[group]]] : [])));
      return `${prefix}${explainMeasure(measure, byName, column, positive)}`;
    },
  };
}

/** How an estimate comes about from the sides: its value, what is resampled of their pairs, and its limits from that. */
interface Recipe {
  combine(values: readonly number[]): number;
  arrange(pairs: readonly (readonly number[])[]): number[];
  /** Between which ends each of these lies, by its place. */
  range(at: number): readonly [least: number, greatest: number];
  bound(limitsOf: LimitsOf, size: number, floor: number, tail: number): Limits | NoLimits;
}

function describeEstimate(
  { joined, measure }: Scene,
  table: JoinedTable,
  sides: readonly Measured[],
  { combine, arrange, range, bound }: Recipe,
): Estimate | Unmeasured {
  const counts = joined.kinds.map(({ count }) => count);
  const value = combine(sides.map((side) => side.compute(counts)));
  if (!Number.isFinite(value)) {
    const lacking = sides.filter((side) => !Number.isFinite(side.compute(counts)));
    return { reason: lacking.map((side) => side.explain(counts)).join('; ') };
  }
  const compute = (given: ArrayLike<number>) => arrange(sides.map((side) => side.computePairs(given)));
  const ranges = compute(counts).map((_, at) => range(at));
  const resampled = createKindLimits({ ...joined, compute, ranges }, table);
  const size = countPairs(measure, joined.names.length);
  return {
    value,
    n: joined.least,
    method: resampled.method,
    computeLimits(tail) {
      if (size > MAX_PAIRS) return { reason: `${joined.names.length} groups are too many to resample every two of` };
      const limits = bound(resampled.compute, size, findFloor(measure), tail);
      if ('reason' in limits || measure.kind === 'difference') return limits;
      return { low: -limits.high, high: -limits.low };
    },
  };
}
