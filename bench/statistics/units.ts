import type { CountedPart, Entry, Kind } from '../../src/evaluation/counted/part.ts';
import type { JoinedTable } from '../../src/evaluation/joined-table.ts';
import type { MetricRequest } from '../../src/evaluation/requests.ts';
import type { Random } from '../../src/statistics/random.ts';
import type { Cell } from './cell.ts';
import { listRules } from './counted.ts';
import { drawPart } from './multinomial-draws.ts';
import { listPairedKinds } from './paired-f1.ts';
import { listSampledCells } from './sampled.ts';
import { describeClasses } from './tables.ts';

const SEED = 1981;
const REQUESTS = [{ name: 'accuracy' }, { name: 'f1', positive: 'yes' }] as const;
const PREVALENCE = 0.3;
const DISAGREEMENT = 0.1;
/** Rows of a cluster, evenly. */
const CLUSTER_ROWS = [10, 30] as const;
/** Weights, and the share of the rows that have each. */
const WEIGHTS = [
  [0.2, 0.6],
  [1, 0.3],
  [5, 0.1],
] as const;

/** How many clusters, the correlation of their rows, and the share of the disagreements that the candidate gets right. */
export type ClusterGrid = readonly (readonly [clusters: number, correlation: number, better: 0.5 | 0.25])[];

/**
 * Rows in clusters, which are resampled as a whole. A row is like the first of its cluster with the probability √ICC, else
 * drawn on its own, so that any two rows of a cluster correlate by the ICC.
 */
export function* listClusterCells(grid: ClusterGrid, trials: number): Generator<Cell> {
  const table = describeClasses(['no', 'yes'], { clustered: true });
  for (const [count, correlation, better] of grid) {
    const truth = listPairedKinds(PREVALENCE, DISAGREEMENT, better);
    yield* listSampledCells({
      setting: `${count} clusters, ICC ${correlation}`,
      metrics: REQUESTS.map((request) => describeMetric(request, 'clusters', table, truth, better)),
      trials,
      seed: SEED,
      draw: (random) => drawClusters(random, truth, count, Math.sqrt(correlation)),
    });
  }
}

/** How many rows, and the share of the disagreements that the candidate gets right. */
export type WeightGrid = readonly (readonly [rows: number, better: 0.5 | 0.25])[];

/** Rows with fixed weights that have nothing to do with the answers. */
export function* listWeightCells(grid: WeightGrid, trials: number): Generator<Cell> {
  const table = describeClasses(['no', 'yes'], { weighted: true });
  for (const [n, better] of grid) {
    const truth = listPairedKinds(PREVALENCE, DISAGREEMENT, better).flatMap((kind) => weigh(kind));
    yield* listSampledCells({
      setting: `n ${n}, weights from 0.2 to 5`,
      metrics: REQUESTS.map((request) => describeMetric(request, 'weighted', table, truth, better)),
      trials,
      seed: SEED,
      draw: (random) => drawPart(random, truth, n),
    });
  }
}

function describeMetric(
  request: MetricRequest,
  kind: string,
  table: JoinedTable,
  truth: readonly Kind[],
  better: number,
) {
  const scenery = { request, table, truth };
  return { name: `${request.name}, ${kind}`, scenery, rules: listRules(scenery, better === 0.5) };
}

function weigh({ entries, count }: Kind): Kind[] {
  return WEIGHTS.map(([weight, share]) => ({
    entries: entries.map((entry) => ({ ...entry, mass: weight })),
    count: count * share,
  }));
}

function drawClusters(random: Random, kinds: readonly Kind[], count: number, alike: number): CountedPart {
  const ends = kinds.map(({ count: share }) => share);
  for (let at = 1; at < ends.length; at += 1) ends[at] = (ends[at] ?? 0) + (ends[at - 1] ?? 0);
  const draw = () => {
    const at = random();
    const found = ends.findIndex((end) => at < end);
    return found < 0 ? ends.length - 1 : found;
  };
  const [least, most] = CLUSTER_ROWS;
  const drawn = Array.from({ length: count }, (_, owner): Kind => {
    const masses = new Float64Array(kinds.length);
    const rows = least + Math.floor(random() * (most - least + 1));
    const first = draw();
    for (let row = 0; row < rows; row += 1) {
      const at = random() < alike ? first : draw();
      masses[at] = (masses[at] ?? 0) + 1;
    }
    const entries = kinds.flatMap(({ entries: [entry] }, at): Entry[] =>
      entry && (masses[at] ?? 0) > 0 ? [{ ...entry, mass: masses[at] ?? 0 }] : [],
    );
    return { entries, count: 1, owners: [owner] };
  });
  return { rows: drawn.length, n: count, kinds: drawn };
}
