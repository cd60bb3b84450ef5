import { drawBinomial } from '../../src/statistics/binomial-sampler.ts';
import { computeDeltaLimits, type Linearised } from '../../src/statistics/delta-method.ts';
import { toDyadic } from '../../src/statistics/dyadic.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';
import { type Cell, findVisible, LEVELS } from './cell.ts';
import { type Kind, listLossDifferences, listLosses, listRareDifferences, listRareLosses } from './losses.ts';

const SEED = 1908;
const EVERYWHERE: Range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

const ROWS = { name: 'rows', least: 2 };
/** Rows, and how many of them have a large loss. */
const RARE = [
  [50, 0.01],
  [200, 0.01],
  [500, 0.01],
  [1000, 0.003],
  [1000, 0.01],
  [5000, 0.01],
] as const;

type Range = readonly [least: number, greatest: number];

/** What is averaged, and between what it lies. */
interface Values {
  readonly kinds: readonly Kind[];
  readonly range: Range;
  /** Whether limits need units that matter, as those of a contrast do. */
  readonly guarded?: boolean;
  /** Samples without one of the last kind are drawn again. */
  readonly shown?: boolean;
}

/**
 * Rare losses of 5: a mean of mostly small losses, and a candidate like its baseline but for them. No sample without one can
 * know of them, and such samples pass; they are left out, and named with their share.
 */
export function* listRareCells(trials: number): Generator<Cell> {
  for (const [n, share] of RARE) {
    const setting = `n ${n}, share ${share}, ${(100 * (1 - share) ** n).toFixed(1)} % unseen`;
    const range: Range = [0, Number.POSITIVE_INFINITY];
    yield* listCells('max, rare losses', setting, { kinds: listRareLosses(share), range, shown: true }, n, trials);
    const differences = { kinds: listRareDifferences(share), range: EVERYWHERE, guarded: true, shown: true };
    yield* listCells('max-drop, rare losses', setting, differences, n, trials);
  }
}

/** `max` on a log loss, and `max-drop` on the same rows, by samples: the mean must not lie above the line, its true value. */
export function* listMeanCells(
  sizes: readonly number[],
  prevalences: readonly number[],
  disagreements: readonly number[],
  trials: number,
): Generator<Cell> {
  for (const n of sizes) {
    for (const prevalence of prevalences) {
      yield* listCells(
        'max, log loss',
        `n ${n}, prevalence ${prevalence}`,
        { kinds: listLosses(prevalence), range: [0, Number.POSITIVE_INFINITY] },
        n,
        trials,
      );
      for (const disagreement of disagreements) {
        const setting = `n ${n}, prevalence ${prevalence}, d ${disagreement}`;
        const kinds = listLossDifferences(prevalence, disagreement);
        yield* listCells('max-drop, log loss', setting, { kinds, range: EVERYWHERE, guarded: true }, n, trials);
      }
    }
  }
}

function listCells(rule: string, setting: string, values: Values, n: number, trials: number): Cell[] {
  const { kinds, range, guarded = false, shown = false } = values;
  const mean = kinds.reduce((sum, { share, value }) => sum + share * value, 0);
  const deviation = Math.sqrt(kinds.reduce((sum, { share, value }) => sum + share * (value - mean) ** 2, 0));
  const random = createRandom(SEED);
  const effects = LEVELS.map((level) => (findVisible(1 - level) * deviation) / Math.sqrt(n));
  const counts = LEVELS.map(() => ({ pass: 0, fail: 0, seen: 0, scalarSeen: 0 }));
  let scalar = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const found = drawMean(random, kinds, n, guarded, shown);
    if (found.value <= mean) scalar += 1;
    for (const [at, level] of LEVELS.entries()) {
      const [count, effect] = [counts[at], effects[at] ?? 0];
      if (!count) continue;
      const limits = computeDeltaLimits(found, 1 - level, ROWS, range);
      // Another line on the same rows stands for another truth.
      if (found.value <= mean + effect) count.scalarSeen += 1;
      if ('reason' in limits) continue;
      if (limits.high <= mean) count.pass += 1;
      if (limits.low > mean) count.fail += 1;
      if (limits.high <= mean + effect) count.seen += 1;
    }
  }
  return LEVELS.map((level, at) => {
    const { pass = 0, fail = 0, seen = 0, scalarSeen = 0 } = counts[at] ?? {};
    return {
      rule,
      setting,
      tail: 1 - level,
      trials,
      seed: SEED,
      atLine: { pass: pass / trials, fail: fail / trials },
      effect: effects[at] ?? 0,
      atEffect: { pass: seen / trials, fail: 0 },
      scalar: [scalar / trials, scalarSeen / trials],
    };
  });
}

/** n rows at once: how many are of each kind, as binomial parts of what is left. */
function drawMean(random: Random, kinds: readonly Kind[], n: number, guarded: boolean, shown: boolean): Linearised {
  let [left, rest, sum] = [n, 1, 0];
  const drawn: number[] = [];
  for (const [at, { share, value }] of kinds.entries()) {
    const count =
      left === 0 ? 0 : at === kinds.length - 1 ? left : drawBinomial(random, left, Math.min(1, share / rest));
    drawn.push(count);
    left -= count;
    rest -= share;
    sum += count * value;
  }
  if (shown && drawn.at(-1) === 0) return drawMean(random, kinds, n, guarded, shown);
  const value = sum / n;
  const power = (k: number) =>
    kinds.reduce((total, kind, at) => total + (drawn[at] ?? 0) * (kind.value - value) ** k, 0);
  const squares = power(2);
  return {
    sums: { units: n, sums: [n, 0].map(toDyadic), products: [n, 0, squares].map(toDyadic) },
    value,
    gradient: [0, 1],
    shape: {
      skewness: squares > 0 ? (power(3) / squares ** 1.5) * Math.sqrt(n) : 0,
      ...(guarded && squares > 0 ? { effective: squares ** 2 / power(4) } : {}),
    },
  };
}
