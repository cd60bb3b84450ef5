import type { InfluenceScene } from '../../statistics/area-influences.ts';
import { type Influences, sumInfluences } from '../../statistics/influence.ts';
import { collectPairedSteps, type PairedSteps } from '../../statistics/paired-steps.ts';
import { collectSteps } from '../../statistics/precision-steps.ts';
import type { Ranking } from '../../statistics/ranking.ts';
import { renderClassNames, renderKnownClasses } from '../class-names.ts';
import type { JoinedTable, Side } from '../joined-table.ts';
import type { MetricRequest } from '../requests.ts';
import type { ScoreColumns } from '../score-columns.ts';
import type { Unmeasured } from '../sources.ts';
import { measurePairs, measureRest, type RankBy, type SideMeasure } from './areas.ts';
import type { RankedMeasure } from './part.ts';
import { measurePrecisions } from './precisions.ts';
import { hasScore, type ScoreReader } from './scores.ts';

/** Different scores of a class up to which its average precision is resampled; beyond, its variance is good enough. */
export const MAX_STEPS = 512;
/** Cells of two rankings together up to which their difference is resampled: of up to as many rows always. */
const MAX_PAIR_CELLS = 10_000;
/** Counts of all parts of a view that are resampled at most: some seconds of work. */
const MAX_VIEW_COUNTS = 100_000;
/** Classes named one by one in a reason. */
const MAX_LISTED = 12;

type Measure = (scene: InfluenceScene, owns: readonly number[], rankBy: RankBy) => Promise<SideMeasure>;

interface Description {
  readonly kind: RankedMeasure['kind'];
  /** Of the class that is asked for, or of all that scores speak of. */
  readonly all: boolean;
  readonly measure: Measure;
}

const measureArea: Measure = (scene, owns, rankBy) => measureRest(scene, owns, false, rankBy);

/** The metrics of this family. */
export const DESCRIPTIONS: Readonly<Record<string, Description>> = {
  'roc-auc': { kind: 'areas', all: false, measure: measureArea },
  'roc-auc-ovr': { kind: 'areas', all: true, measure: measureArea },
  'roc-auc-ovr-weighted': {
    kind: 'areas',
    all: true,
    measure: (scene, owns, rankBy) => measureRest(scene, owns, true, rankBy),
  },
  'roc-auc-ovo': {
    kind: 'areas',
    all: true,
    measure: (scene, owns, rankBy) => measurePairs(scene, owns, false, rankBy),
  },
  'roc-auc-ovo-weighted': {
    kind: 'areas',
    all: true,
    measure: (scene, owns, rankBy) => measurePairs(scene, owns, true, rankBy),
  },
  'average-precision': { kind: 'precisions', all: false, measure: measurePrecisions },
  'macro-average-precision': { kind: 'precisions', all: true, measure: measurePrecisions },
};

/** What is the same for all metrics of a view. */
export interface ViewScene {
  readonly table: JoinedTable;
  readonly scores: ScoreColumns;
  readonly influence: InfluenceScene;
  readonly clusters: Int32Array | undefined;
  readonly read: ScoreReader;
}

/** One metric on every part of a view, in the order of the parts. */
export async function measureParts(
  view: ViewScene,
  { name, positive = '' }: Pick<MetricRequest, 'name' | 'positive'>,
): Promise<(RankedMeasure | Unmeasured)[]> {
  const { table, scores, influence, clusters, read } = view;
  const { rows, totals } = influence;
  const description = DESCRIPTIONS[name];
  if (!description) throw new Error(`${name} is no metric of ranks`);
  const names = description.all ? scores.columns.map(({ className }) => className) : [positive];
  const owns = names.map((className) => table.classes.indexOf(className));
  const faults = Array.from({ length: rows.partCount }, (_, part) =>
    findFault(view, names, totals.weights.subarray(part * rows.classCount, (part + 1) * rows.classCount)),
  );
  if (faults.every((fault) => fault !== undefined)) return faults.map((reason) => ({ reason }));
  const rankBy = (side: Side) => async (own: number) => ({ ...(await read(table.classes[own] ?? '', side)), rows });
  const sides: SideMeasure[] = [];
  for (const side of table.sides) sides.push(await description.measure(influence, owns, rankBy(side)));
  const [first, second] = sides.map(({ influences }) => influences);
  if (!first) throw new Error('there is no side');
  const influences: Influences = second ? [first, second] : [first];
  const sums = sumInfluences(influences, rows.parts, rows.partCount, clusters);
  const { steps, pairs } = await collectSides(view, description, owns);
  return faults.map((reason, part) => {
    const sum = sums[part];
    if (reason !== undefined || !sum) return { reason: reason ?? 'there are no rows' };
    const own = steps?.map((side) => side[part]);
    return {
      kind: description.kind,
      values: sides.map(({ values }) => values[part] ?? Number.NaN),
      biases: sides.map(({ biases }) => biases[part] ?? 0),
      sums: sum,
      pairs: pairs?.[part],
      steps: own?.every((counts) => counts !== undefined) ? own : undefined,
      classes: owns.length,
      rarest: Math.min(...owns.map((at) => countRarest(view, description, part, at))),
    };
  });
}

/** Of areas both sides must be known. Average precision is of the rows of its class. */
function countRarest({ influence }: ViewScene, { kind }: Description, part: number, own: number): number {
  const { rows, totals } = influence;
  const counts = totals.rows.subarray(part * rows.classCount, (part + 1) * rows.classCount);
  const mine = counts[own] ?? 0;
  return kind === 'precisions' ? mine : Math.min(mine, counts.reduce((sum, count) => sum + count, 0) - mine);
}

/** What to resample by. */
interface SideSteps {
  /** By side and part. */
  readonly steps?: readonly (readonly (readonly number[] | undefined)[])[] | undefined;
  /** By part, of both sides together. */
  readonly pairs?: readonly (PairedSteps | undefined)[] | undefined;
}

/** Nothing where rows differ in more than their score, or where there are too many counts. */
async function collectSides(
  { table, influence, read }: ViewScene,
  description: Description,
  owns: readonly number[],
): Promise<SideSteps> {
  const [own] = owns;
  const { rows } = influence;
  if (description.kind !== 'precisions' || description.all || own === undefined) return {};
  if (rows.weights || !influence.independent) return {};
  const rankings: Ranking[] = [];
  for (const side of table.sides) rankings.push({ ...(await read(table.classes[own] ?? '', side)), rows });
  const steps = rankings.map((ranking) => collectSteps(ranking, own, MAX_STEPS));
  const counts = steps.flat().reduce((sum, one) => sum + (one?.length ?? 0), 0);
  const [first, second] = rankings;
  const pairs = first && second && collectPairedSteps([first, second], own, MAX_STEPS, MAX_PAIR_CELLS);
  const cells = pairs?.reduce((sum, one) => sum + (one?.counts.length ?? 0), 0) ?? 0;
  return {
    steps: counts > MAX_VIEW_COUNTS ? undefined : steps,
    pairs: cells > MAX_VIEW_COUNTS ? undefined : pairs,
  };
}

/** Why a part cannot be ranked; `weights` are those of its classes. */
function findFault(
  { table: { classes }, scores }: ViewScene,
  names: readonly string[],
  weights: Float64Array,
): string | undefined {
  const [first = ''] = names;
  const unscored = names.find((name) => !hasScore(scores, name));
  if (unscored !== undefined) return `\`scores\` names no column for the class \`${unscored}\``;
  const missing = names.filter((name) => !((weights[classes.indexOf(name)] ?? 0) > 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (names.length > 1 || missing.length === 0) {
    if (missing.length > 0) {
      return `no row is of ${missing.length === 1 ? 'the class' : 'the classes'} ${renderClassNames(missing, MAX_LISTED)}`;
    }
    if (weights[classes.indexOf(first)] !== total) return undefined;
  }
  const side = missing.length > 0 ? 'of' : 'outside';
  return `no row is ${side} the class \`${first}\`, so there is nothing to rank it against${renderKnownClasses(first, classes)}`;
}
