import type { Unmeasured } from '../../src/evaluation/sources.ts';
import type { Estimate } from '../../src/statistics/estimate.ts';
import { type Cell, findVisible, LEVELS } from './cell.ts';

/** A rule on an estimate whose true value is the line. */
export interface Ruling<Sample> {
  readonly rule: string;
  readonly line: number;
  /** More is better; without it less is. */
  readonly greater?: boolean;
  measure(sample: Sample): Estimate | Unmeasured | undefined;
}

/** What is drawn, from which seed, and how often. */
export interface Trial {
  readonly setting: string;
  readonly seed: number;
  readonly trials: number;
}

/** By sample, the value and by level the limits, as if more were better; NaN where there are none. */
interface Found {
  readonly values: Float64Array;
  readonly lows: readonly Float64Array[];
  readonly highs: readonly Float64Array[];
}

/** What rules come to on the same samples, by the limits that the program itself finds, at each level. */
export async function listEstimateCells<Sample>(
  rulings: readonly Ruling<Sample>[],
  trial: Trial,
  draw: () => Sample | Promise<Sample>,
): Promise<Cell[]> {
  const reserve = () => new Float64Array(trial.trials).fill(Number.NaN);
  const found = rulings.map(
    (): Found => ({ values: reserve(), lows: LEVELS.map(reserve), highs: LEVELS.map(reserve) }),
  );
  for (let at = 0; at < trial.trials; at += 1) {
    const sample = await draw();
    for (const [place, { greater, measure }] of rulings.entries()) {
      const own = found[place];
      const estimate = measure(sample);
      if (!own || !estimate || 'reason' in estimate) continue;
      own.values[at] = greater ? estimate.value : -estimate.value;
      for (const [level, confidence] of LEVELS.entries()) {
        const limits = estimate.computeLimits(1 - confidence);
        if ('reason' in limits) continue;
        (own.lows[level] ?? own.values)[at] = greater ? limits.low : -limits.high;
        (own.highs[level] ?? own.values)[at] = greater ? limits.high : -limits.low;
      }
    }
  }
  return rulings.flatMap((ruling, place) => listCells(ruling, trial, found[place]));
}

function listCells<Sample>(
  { rule, line, greater }: Ruling<Sample>,
  { setting, seed, trials }: Trial,
  found: Found | undefined,
): Cell[] {
  const { values = new Float64Array(0), lows = [], highs = [] } = found ?? {};
  const deviation = computeDeviation(values.filter(Number.isFinite));
  const share = (of: Float64Array | undefined, holds: (value: number) => boolean) =>
    (of?.filter(holds).length ?? 0) / trials;
  const to = greater ? line : -line;
  return LEVELS.map((level, at) => {
    const effect = findVisible(1 - level) * deviation;
    return {
      rule,
      setting,
      tail: 1 - level,
      trials,
      seed,
      atLine: { pass: share(lows[at], (low) => low >= to), fail: share(highs[at], (high) => high < to) },
      effect,
      // An easier line on the same rows stands for a better truth.
      atEffect: { pass: share(lows[at], (low) => low >= to - effect), fail: 0 },
      scalar: [share(values, (value) => value >= to), share(values, (value) => value >= to - effect)],
    };
  });
}

function computeDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
