import type { CountedPart, Entry, Kind } from '../../src/evaluation/counted/part.ts';
import type { Random } from '../../src/statistics/random.ts';
import type { Cell } from './cell.ts';
import { describeTable, listRules } from './counted.ts';
import { drawPart } from './multinomial-draws.ts';
import { listPairedKinds } from './paired-f1.ts';
import { listSampledCells } from './sampled.ts';

const SEED = 1981;
const REQUESTS = [{ name: 'accuracy' }, { name: 'f1', positive: 'yes' }] as const;
const PREVALENCE = 0.3;
const DISAGREEMENT = 0.1;
const BETTER = [0.5, 0.25] as const;
/** Rows of a cluster, evenly. */
const CLUSTER_ROWS = [10, 30] as const;
/** Weights, and the share of the rows that have each. */
const WEIGHTS = [
  [0.2, 0.3],
  [0.5, 0.3],
  [1, 0.2],
  [2, 0.15],
  [5, 0.05],
] as const;

/**
 * Rows in clusters, which are resampled as a whole. A row is like the first of its cluster with the probability √ICC, else
 * drawn on its own, so that any two rows of a cluster correlate by the ICC.
 */
export function* listClusterCells(
  clusters: readonly number[],
  correlations: readonly number[],
  trials: number,
): Generator<Cell> {
  const table = describeTable(['no', 'yes'], { clustered: true });
  for (const count of clusters) {
    for (const correlation of correlations) {
      for (const request of REQUESTS) {
        for (const better of BETTER) {
          const truth = listPairedKinds(PREVALENCE, DISAGREEMENT, better);
          const scenery = { request, table, truth };
          yield* listSampledCells({
            name: `${request.name}, clusters`,
            setting: `${count} clusters, ICC ${correlation}`,
            scenery,
            rules: listRules(scenery, better === 0.5),
            trials,
            seed: SEED,
            draw: (random) => drawClusters(random, truth, count, Math.sqrt(correlation)),
          });
        }
      }
    }
  }
}

/** Rows with fixed weights that have nothing to do with the answers. */
export function* listWeightCells(sizes: readonly number[], trials: number): Generator<Cell> {
  const table = describeTable(['no', 'yes'], { weighted: true });
  for (const n of sizes) {
    for (const request of REQUESTS) {
      for (const better of BETTER) {
        const truth = listPairedKinds(PREVALENCE, DISAGREEMENT, better).flatMap((kind) => weigh(kind));
        const scenery = { request, table, truth };
        yield* listSampledCells({
          name: `${request.name}, weighted`,
          setting: `n ${n}, weights from 0.2 to 5`,
          scenery,
          rules: listRules(scenery, better === 0.5),
          trials,
          seed: SEED,
          draw: (random) => drawPart(random, truth, n),
        });
      }
    }
  }
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
