import type { Estimate } from '../../statistics/estimate.ts';
import type { Limits, NoLimits } from '../../statistics/limits.ts';
import { limitTolerance } from '../../statistics/tolerance.ts';
import { renderKnownClasses } from '../class-names.ts';
import { fetchParts } from '../counted/fetching.ts';
import type { CountedPart, Kind } from '../counted/part.ts';
import { createKindLimits } from '../counted/resampling.ts';
import type { GroupFamily } from '../family.ts';
import { isPlain, type JoinedTable, type Side } from '../joined-table.ts';
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
  listPairs,
  shareLimits,
} from './pairs.ts';
import { createPlainLimits } from './plain-pairs.ts';
import type { GroupCounts } from './rates.ts';

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
  const size = countPairs(scene.measure, groups.size);
  const spread = (at: number) => (at < 3 * size ? factor : 1);
  const sides = ['candidate', 'baseline'].map((name, at) => createMeasured(scene, at, `of the ${name}, `));
  return describeEstimate(scene, table, sides, {
    combine: ([candidate = Number.NaN, baseline = Number.NaN]) => candidate - factor * baseline,
    arrange: ([candidate = [], baseline = []]) => [
      ...candidate,
      ...baseline,
      ...candidate.map((pair, at) => pair - factor * (baseline[at] ?? Number.NaN)),
      ...candidate.map((pair, at) => pair - (baseline[at] ?? Number.NaN)),
    ],
    range: (at) => (at < 2 * size ? own : [own[0] - spread(at) * own[1], own[1] - spread(at) * own[0]]),
    bound: (limitsOf, pairs, floor, tail) =>
      boundChange(
        (at, error) =>
          limitTolerance(at < 2 * pairs ? 1 : factor, (of) => limitsOf(of === 'tolerance' ? at : at + pairs, error)),
        pairs,
        floor,
        tail,
      ),
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
  count(counts: ArrayLike<number>): readonly GroupCounts[];
  compute(counts: ArrayLike<number>): number;
  /** How far each group is from each other one. */
  computePairs(counts: ArrayLike<number>): readonly number[];
  explain(counts: ArrayLike<number>): string;
  /** The same of more kinds. */
  extend(kinds: readonly Kind[]): Pick<Measured, 'computePairs'>;
}

/** A row keeps its group: answers of the groups are the places 2g and 2g + 1. */
function listAnswersOf(truth: number): number[] {
  return [truth, truth % 2 === 0 ? truth + 1 : truth - 1];
}

function createMeasured({ joined, measure, column, positive }: Scene, at: number, prefix = ''): Measured {
  const count = createGroupCount(joined, at);
  return {
    count,
    compute: (counts) => computeMeasure(measure, count(counts)),
    computePairs: (counts) => computePairs(measure, count(counts)),
    explain(counts) {
      const found = count(counts);
      const byName = new Map(joined.names.flatMap((name, group) => (found[group] ? [[name, found[group]]] : [])));
      return `${prefix}${explainMeasure(measure, byName, column, positive)}`;
    },
    extend: (kinds) => createMeasured({ joined: { ...joined, kinds }, measure, column, positive }, at, prefix),
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
  const extend = (kinds: readonly Kind[]) => {
    const more = sides.map((side) => side.extend(kinds));
    return (given: ArrayLike<number>) => arrange(more.map((side) => side.computePairs(given)));
  };
  const resampled = createKindLimits({ ...joined, compute, ranges, extend, answersOf: listAnswersOf }, table);
  const pairs = listPairs(measure, joined.names.length);
  const plain = isPlain(table) ? sides.map((side) => createPlainLimits(measure, side.count(counts))) : [];
  const limitsOf = shareLimits(measure, pairs, (at, tail) => {
    const own = plain[Math.floor(at / pairs.length)];
    return own ? own(at % pairs.length, tail) : resampled.compute(at, tail);
  });
  const isResampled = plain.length !== 1;
  return {
    value,
    n: joined.least,
    method: isResampled ? resampled.method : measure.kind === 'difference' ? 'newcombe' : 'mover-ratio',
    computeLimits(tail) {
      const { length } = pairs;
      if (length > MAX_PAIRS) return { reason: `${joined.names.length} groups are too many to compare every two of` };
      const limits = bound(limitsOf, length, findFloor(measure), tail);
      if ('reason' in limits || measure.kind === 'difference') return limits;
      return { low: -limits.high, high: -limits.low };
    },
  };
}
