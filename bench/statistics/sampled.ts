import type { CountedPart } from '../../src/evaluation/counted/part.ts';
import { createRandom, type Random } from '../../src/statistics/random.ts';
import { type Cell, findVisible, LEVELS } from './cell.ts';
import { type CountedRule, computeSides, createMeasure, decide, type Scenery } from './counted.ts';

/** Samples of one kind of data, and the metrics that are tried on them, each with its rules. */
export interface Trial {
  readonly setting: string;
  readonly metrics: readonly TriedMetric[];
  readonly trials: number;
  readonly seed: number;
  draw(random: Random): CountedPart;
}

interface TriedMetric {
  readonly name: string;
  readonly scenery: Scenery;
  readonly rules: readonly CountedRule[];
}

interface Tally {
  pass: number;
  fail: number;
  seen: number;
}

/** Equal samples are judged once. More of them than this are not kept. */
const MAX_KNOWN = 200_000;

/** Each rule at each level, by samples. */
export function listSampledCells(trial: Trial): Cell[] {
  const { metrics, trials, seed } = trial;
  const rules = metrics.flatMap((metric) => metric.rules.map((rule) => ({ ...rule, metric })));
  const sides = new Map(metrics.map((metric) => [metric, [] as (readonly [number, number])[]]));
  for (const { kinds } of listSamples(trial)) {
    for (const [{ scenery }, found] of sides) found.push(computeSides(kinds, scenery));
  }
  const points = rules.map(({ factor, metric }) => {
    const value = ([a, b]: readonly [number, number]) => (factor === undefined ? a : a - factor * b);
    const values = sides.get(metric)?.map(value) ?? [];
    return {
      truth: value(computeSides(metric.scenery.truth, metric.scenery)),
      values,
      deviation: computeDeviation(values),
    };
  });
  const known = new Map<string, string>();
  const tallies = rules.map(() => LEVELS.map((): Tally => ({ pass: 0, fail: 0, seen: 0 })));
  for (const sample of listSamples(trial)) {
    const key = JSON.stringify(sample.kinds);
    let states = known.get(key);
    if (states === undefined) {
      states = judge(sample);
      if (known.size < MAX_KNOWN) known.set(key, states);
    }
    count(states);
  }
  return rules.flatMap((rule, at) =>
    LEVELS.map((level, place): Cell => {
      const { pass = 0, fail = 0, seen = 0 } = tallies[at]?.[place] ?? {};
      const { values = [], truth = 0 } = points[at] ?? {};
      const effect = findEffect(at, level);
      const passes = (shift: number) =>
        values.filter((value) => rule.lines.every((line) => reach(value - truth, line, truth, shift))).length / trials;
      return {
        rule: `${rule.name}, ${rule.metric.name}`,
        setting: trial.setting,
        tail: 1 - level,
        trials,
        seed,
        atLine: { pass: pass / trials, fail: fail / trials },
        effect,
        atEffect: { pass: seen / trials, fail: 0 },
        scalar: [passes(0), passes(effect)],
      };
    }),
  );

  /** What an ideal test sees; of two lines at most half of what lies between them. */
  function findEffect(at: number, level: number): number {
    const effect = findVisible(1 - level) * (points[at]?.deviation ?? 0);
    const [low, high] = rules[at]?.lines ?? [];
    return low && high ? Math.min(effect, (high.at - low.at) / 2) : effect;
  }

  /** A letter for each rule and level on the line, and one for each at the effect. */
  function judge(sample: CountedPart): string {
    const measures = new Map(metrics.map((metric) => [metric, createMeasure(sample, metric.scenery)]));
    return rules
      .flatMap(({ lines, metric }, at) =>
        LEVELS.map((level) => {
          const measure = measures.get(metric) ?? (() => ({ reason: 'there is none' }));
          const [on, above] = [0, findEffect(at, level)].map((shift) => decide(lines, measure, 1 - level, shift));
          return `${on?.charAt(0)}${above?.charAt(0)}`;
        }),
      )
      .join('');
  }

  function count(states: string): void {
    for (const [at, levels] of tallies.entries()) {
      for (const [place, tally] of levels.entries()) {
        const from = 2 * (at * LEVELS.length + place);
        if (states.charAt(from) === 'g') tally.pass += 1;
        if (states.charAt(from) === 'b') tally.fail += 1;
        if (states.charAt(from + 1) === 'g') tally.seen += 1;
      }
    }
  }
}

/** The same samples each time: they are drawn again rather than kept. */
function* listSamples({ trials, seed, draw }: Trial): Generator<CountedPart> {
  const random = createRandom(seed);
  for (let at = 0; at < trials; at += 1) yield draw(random);
}

/** Whether a number that lies `off` the truth is on the good side of a line. */
function reach(off: number, { end, at }: CountedRule['lines'][number], truth: number, shift: number): boolean {
  const gap = truth + off - (at - shift);
  return end === 'low' ? gap >= -1e-12 : gap <= 1e-12;
}

function computeDeviation(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  const mean = finite.reduce((sum, value) => sum + value, 0) / finite.length;
  return Math.sqrt(finite.reduce((sum, value) => sum + (value - mean) ** 2, 0) / finite.length);
}
