import { contrastMetric } from '../../src/evaluation/counted/contrasts.ts';
import { estimateMetrics } from '../../src/evaluation/counted/estimates.ts';
import { createSideMetrics } from '../../src/evaluation/counted/metrics.ts';
import type { CountedPart, Kind } from '../../src/evaluation/counted/part.ts';
import type { JoinedTable } from '../../src/evaluation/joined-table.ts';
import type { MetricRequest } from '../../src/evaluation/requests.ts';
import type { Unmeasured } from '../../src/evaluation/sources.ts';
import { createClaim, decideClaim, type Finding } from '../../src/gate/claims.ts';
import { type Line, listLines } from '../../src/gate/lines.ts';
import type { Estimate } from '../../src/statistics/estimate.ts';

/** A metric built from counts, of the candidate and its baseline, and the data that it is measured on. */
export interface Scenery {
  readonly request: MetricRequest;
  readonly table: JoinedTable;
  /** Kinds of rows or clusters, their counts being shares: from them the truth is computed. */
  readonly truth: readonly Kind[];
}

/** A rule whose line goes through the truth. */
export interface CountedRule {
  readonly name: string;
  readonly lines: readonly Line[];
  /** What is compared with the line: the candidate's metric, or that less `factor` times the baseline's. */
  readonly factor: number | undefined;
}

/** The metric of both sides, for any counts of the kinds. */
export function computeSides(kinds: readonly Kind[], { request, table }: Scenery): readonly [number, number] {
  const counts = kinds.map(({ count }) => count);
  const [own = Number.NaN, other = Number.NaN] = [0, 1].flatMap((at) =>
    createSideMetrics(kinds, at, [request], table).compute(counts),
  );
  return [own, other];
}

/**
 * The rules whose line is the truth: an absolute one; `max-drop` or `min-gain` by the sign of the difference, `within` with an
 * edge on it, and a percentage that comes to it.
 */
export function listRules(scenery: Scenery, absolute: boolean): CountedRule[] {
  const [own, other] = computeSides(scenery.truth, scenery);
  const difference = own - other;
  const rules: CountedRule[] = [];
  const add = (name: string, key: 'max-drop' | 'min-gain' | 'within', tolerance: number | string) => {
    const lines = listLines({ key, tolerance }, 'higher', other, false);
    rules.push({ name, lines, factor: lines[0]?.factor });
  };
  if (absolute) {
    rules.push({ name: 'min', lines: listLines({ key: 'min', line: own }, 'higher', 0, false), factor: undefined });
  }
  const isEqual = Math.abs(difference) < 1e-9;
  if (isEqual) add('max-drop 0', 'max-drop', 0);
  else if (difference > 0) add('min-gain', 'min-gain', difference);
  else {
    add('max-drop', 'max-drop', -difference);
    add('within', 'within', -difference);
    add('max-drop in %', 'max-drop', `${(-100 * difference) / other}%`);
  }
  return rules;
}

/** What the gate asks of a rule's samples: limits of the one metric, and of each difference that a rule names. */
export type Measure = (factor: number | undefined) => Estimate | Unmeasured;

/** The gate's own estimates of a sample, each computed once. */
export function createMeasure(part: CountedPart, { request, table }: Scenery): Measure {
  const known = new Map<number | undefined, Estimate | Unmeasured>();
  return (factor) => {
    const found = known.get(factor) ?? estimate(factor);
    known.set(factor, found);
    return found;
  };
  function estimate(factor: number | undefined): Estimate | Unmeasured {
    if (factor !== undefined) return contrastMetric(part, request, factor, table);
    return estimateMetrics(part, [request], 0, table)[0] ?? { reason: 'there is none' };
  }
}

/** How the gate decides a rule with its lines moved by `shift`, which stands for a truth that is better by it. */
export function decide(lines: readonly Line[], measure: Measure, tail: number, shift = 0): Finding['state'] {
  const states = lines.map((line) => {
    const claim = createClaim({ ...line, at: line.at - shift }, measure);
    return 'reason' in claim ? 'open' : decideClaim(claim, { pass: tail, fail: tail }).state;
  });
  return states.includes('bad') ? 'bad' : states.includes('open') ? 'open' : 'good';
}
