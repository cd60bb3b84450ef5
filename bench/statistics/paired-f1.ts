import { drawBinomial } from '../../src/statistics/binomial-sampler.ts';
import { createBootstrap } from '../../src/statistics/bootstrap.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';
import { type Cell, findVisible, LEVELS } from './cell.ts';

const SEED = 1979;
/** Of the baseline; its precision is the same. */
const RECALL = 0.8;

/** How likely a row is to be: of a positive and of a negative row, both right, only the candidate, only the baseline, neither. */
type Shares = readonly number[];

/**
 * `max-drop` and `min-gain` on F1 on the same rows, by samples and the bootstrap. On the line both are equally good, or the
 * candidate is wrong alone three times as often as the baseline and the line is what that comes to.
 */
export function* listF1Cells(
  sizes: readonly number[],
  prevalences: readonly number[],
  disagreements: readonly number[],
  trials: number,
): Generator<Cell> {
  for (const n of sizes) {
    for (const prevalence of prevalences) {
      for (const disagreement of disagreements) {
        const setting = `n ${n}, prevalence ${prevalence}, d ${disagreement}`;
        yield* listCells('max-drop 0, paired F1', setting, listShares(prevalence, disagreement, 0.5), n, trials);
        yield* listCells('max-drop, paired F1', setting, listShares(prevalence, disagreement, 0.25), n, trials);
      }
    }
  }
}

/** `better`: the share of the disagreements that the candidate gets right. */
function listShares(prevalence: number, disagreement: number, better: number): Shares {
  const side = (rows: number, right: number) => {
    const moved = Math.min(disagreement, 1.9 * Math.min(right, 1 - right));
    const [gained, lost] = [moved * better, moved * (1 - better)];
    return [right - lost, gained, lost, 1 - right - gained].map((share) => share * rows);
  };
  const wrongly = ((1 - RECALL) * prevalence) / (1 - prevalence);
  return [...side(prevalence, RECALL), ...side(1 - prevalence, 1 - wrongly)];
}

/** F1 of the candidate less that of the baseline. */
function computeDifference(of: ArrayLike<number>): number {
  const at = (place: number) => of[place] ?? 0;
  const positives = at(0) + at(1) + at(2) + at(3);
  const f1 = (hits: number, alarms: number) => (2 * hits) / (positives + hits + alarms);
  return f1(at(0) + at(1), at(6) + at(7)) - f1(at(0) + at(2), at(5) + at(7));
}

function listCells(rule: string, setting: string, shares: Shares, n: number, trials: number): Cell[] {
  const line = computeDifference(shares);
  const random = createRandom(SEED);
  const samples = Array.from({ length: trials }, () => drawCounts(random, shares, n));
  const values = samples.map(computeDifference).filter(Number.isFinite);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  const effects = LEVELS.map((level) => findVisible(1 - level) * deviation);
  const counts = LEVELS.map(() => ({ pass: 0, fail: 0, seen: 0 }));
  for (const sample of samples) {
    const bootstrap = createBootstrap({
      counts: sample,
      compute: (resample) => [computeDifference(resample)],
      ranges: [[-1, 1]],
    });
    for (const [at, level] of LEVELS.entries()) {
      const limits = bootstrap.limits(0, 1 - level);
      const count = counts[at];
      if (!count || 'reason' in limits) continue;
      if (limits.low >= line) count.pass += 1;
      if (limits.high < line) count.fail += 1;
      // A lower line on the same rows stands for a better truth.
      if (limits.low >= line - (effects[at] ?? 0)) count.seen += 1;
    }
  }
  const scalar = (to: number) => values.filter((value) => value >= to).length / trials;
  return LEVELS.map((level, at) => {
    const { pass = 0, fail = 0, seen = 0 } = counts[at] ?? {};
    const effect = effects[at] ?? 0;
    return {
      rule,
      setting,
      tail: 1 - level,
      trials,
      atLine: { pass: pass / trials, fail: fail / trials },
      effect,
      atEffect: { pass: seen / trials, fail: 0 },
      scalar: [scalar(line), scalar(line - effect)],
    };
  });
}

function drawCounts(random: Random, shares: Shares, n: number): number[] {
  let [left, rest] = [n, 1];
  return shares.map((share, at) => {
    const last = at === shares.length - 1;
    const count = left === 0 ? 0 : last ? left : drawBinomial(random, left, Math.min(1, Math.max(0, share / rest)));
    left -= count;
    rest -= share;
    return count;
  });
}
