import { createMultinomial } from './multinomial.ts';
import { createRandom } from './random.ts';
import { RESAMPLES } from './resampling-bounds.ts';

/** Fills `into` with the next resample: how often each cell was drawn. */
export type Resamples = (into: Float64Array) => void;

/** Resamples × cells that are kept at most: 4 MB. */
const MAX_KEPT = 1_000_000;

/** Resamples of units that are alike in cells, `counts` of them each. The same seed draws the same ones. */
export function createResamples(counts: readonly number[], seed: number): Resamples {
  const random = createRandom(seed);
  const draw = createMultinomial(counts);
  return (into) => draw(random, into);
}

/**
 * The same resamples for several statistics of the same units: each call begins with the first one. Drawing takes longer
 * than most statistics do, so resamples are kept when they are first drawn; those beyond what is kept are drawn again.
 */
export function keepResamples(counts: readonly number[], seed: number): () => Resamples {
  const most = Math.floor(MAX_KEPT / counts.length);
  const draw = createResamples(counts, seed);
  let kept = new Uint32Array(0);
  let size = 0;
  const keep = (into: Float64Array) => {
    draw(into);
    if (kept.length < (size + 1) * counts.length) {
      kept = grow(kept, Math.min(Math.max(2 * size, RESAMPLES), most) * counts.length);
    }
    for (let cell = 0, at = size * counts.length; cell < counts.length; cell += 1)
      kept[at + cell] = into[cell] as number;
    size += 1;
  };
  const take = (place: number, into: Float64Array) => {
    for (let cell = 0, at = place * counts.length; cell < counts.length; cell += 1)
      into[cell] = kept[at + cell] as number;
  };
  return () => {
    let next = 0;
    let rest: Resamples | undefined;
    return (into) => {
      if (next < size) take(next, into);
      else if (next < most) keep(into);
      else {
        rest ??= skip(createResamples(counts, seed), next, into);
        rest(into);
      }
      next += 1;
    };
  };
}

function skip(resamples: Resamples, times: number, into: Float64Array): Resamples {
  for (let at = 0; at < times; at += 1) resamples(into);
  return resamples;
}

function grow(kept: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(length);
  grown.set(kept);
  return grown;
}
