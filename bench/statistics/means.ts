import { drawBinomial } from '../../src/statistics/binomial-sampler.ts';
import { computeMeanLimits } from '../../src/statistics/mean-limits.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';
import { guessSkewness } from '../../src/statistics/skewed-t.ts';
import { type Cell, findVisible, LEVELS } from './cell.ts';
import { type Kind, listLossDifferences, listLosses } from './losses.ts';

const SEED = 1908;
const EVERYWHERE: Range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

type Range = readonly [least: number, greatest: number];

/** What is averaged, and between what it lies. */
interface Values {
  readonly kinds: readonly Kind[];
  readonly range: Range;
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
        yield* listCells('max-drop, log loss', setting, { kinds, range: EVERYWHERE }, n, trials);
      }
    }
  }
}

function listCells(rule: string, setting: string, { kinds, range }: Values, n: number, trials: number): Cell[] {
  const mean = kinds.reduce((sum, { share, value }) => sum + share * value, 0);
  const deviation = Math.sqrt(kinds.reduce((sum, { share, value }) => sum + share * (value - mean) ** 2, 0));
  const random = createRandom(SEED);
  const effects = LEVELS.map((level) => (findVisible(1 - level) * deviation) / Math.sqrt(n));
  const counts = LEVELS.map(() => ({ pass: 0, fail: 0, seen: 0, scalarSeen: 0 }));
  let scalar = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const moments = drawMoments(random, kinds, n);
    if (moments.mean <= mean) scalar += 1;
    for (const [at, level] of LEVELS.entries()) {
      const [count, effect] = [counts[at], effects[at] ?? 0];
      if (!count) continue;
      const skewness = guessSkewness(moments.mean, moments.variance, range);
      const limits = computeMeanLimits({ ...moments, skewness }, 1 - level);
      // Another line on the same rows stands for another truth.
      if (moments.mean <= mean + effect) count.scalarSeen += 1;
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
      atLine: { pass: pass / trials, fail: fail / trials },
      effect: effects[at] ?? 0,
      atEffect: { pass: seen / trials, fail: 0 },
      scalar: [scalar / trials, scalarSeen / trials],
    };
  });
}

/** n rows at once: how many are of each kind, as binomial parts of what is left. */
function drawMoments(random: Random, kinds: readonly Kind[], n: number) {
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
  const mean = sum / n;
  const squares = kinds.reduce((total, { value }, at) => total + (drawn[at] ?? 0) * (value - mean) ** 2, 0);
  return { n, mean, variance: squares / (n - 1) };
}
