import type { Measurements, Sample, Samples } from '../../src/evaluation/samples.ts';
import type { Unmeasured } from '../../src/evaluation/sources.ts';
import type { Estimate } from '../../src/statistics/estimate.ts';
import { findNormalLimit } from '../../src/statistics/normal.ts';

/** The z of 95 % one-sided, to 16 digits: scipy.stats.norm.ppf(0.95), SciPy 1.14. */
export const Z95 = 1.6448536269514722;

/** An estimate with normal limits. */
export function createNormal(value: number, error: number, more: Partial<Estimate> = {}): Estimate {
  const computeLimits = (tail: number) => {
    const half = findNormalLimit(tail) * error;
    return { low: value - half, high: value + half };
  };
  return { value, n: 100, method: 'normal', computeLimits, ...more };
}

/** An estimate of which no limits can be had. */
export function createLimitless(value: number, reason: string): Estimate {
  return { value, n: 100, method: 'bootstrap', computeLimits: () => ({ reason }) };
}

/** What is known of some rows: of the candidate, and of a baseline beside it. */
export interface Cell {
  readonly candidate: Estimate | Unmeasured;
  readonly baseline?: Estimate | Unmeasured;
  /** Without it the difference of the two with a standard error of 0.01. */
  readonly contrast?: (factor: number) => Estimate | Unmeasured;
}

/** Samples of what is written down: by the values of a view joined with `+`, '' for all rows. */
export function createSamples(cells: Readonly<Record<string, Cell>>): Samples {
  const createSample = ({ candidate, baseline, contrast }: Cell): Sample => ({
    n: 100,
    estimate: (_request, side) => (side === 0 ? candidate : (baseline ?? { reason: 'there is no such side' })),
    contrast: (_request, factor) => {
      if (contrast) return contrast(factor);
      if ('reason' in candidate) return candidate;
      if (!baseline || 'reason' in baseline) return baseline ?? { reason: 'there is no such side' };
      return createNormal(candidate.value - factor * baseline.value, 0.01);
    },
  });
  return {
    sides: [0, 1],
    listValues: () => Object.keys(cells).map((value) => ({ value, n: 100 })),
    find: (_view, values = []) => {
      const cell = cells[values.join('+')];
      return cell ? createSample(cell) : { reason: `no row has \`${values.join('+')}\`` };
    },
  };
}

/** Measurements of the candidate alone. */
export function measure(cells: Readonly<Record<string, Cell>>): Measurements {
  return { candidate: createSamples(cells), pairs: new Map() };
}

/** Measurements of the candidate beside production. */
export function measurePair(cells: Readonly<Record<string, Cell>>): Measurements {
  const samples = createSamples(cells);
  return { candidate: samples, pairs: new Map([['production', samples]]) };
}
