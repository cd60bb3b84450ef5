/** Draws a double from [0, 1), 53 bits of it random. */
export type Random = () => number;

/**
 * The generator xoshiro128** from a whole number as seed: the same seed gives the same numbers on every machine.
 * Source: D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021); the state
 * is filled by the 32-bit finaliser of MurmurHash3 over a Weyl sequence, as they advise for short seeds.
 */
export function createRandom(seed: number): Random {
  let weyl = seed | 0;
  const fill = () => {
    weyl = (weyl + 0x9e3779b9) | 0;
    let word = weyl ^ (weyl >>> 16);
    word = Math.imul(word, 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return word ^ (word >>> 16);
  };
  const state = Int32Array.of(fill(), fill(), fill(), fill());
  return () => ((nextWord(state) >>> 5) * 2 ** 26 + (nextWord(state) >>> 6)) * 2 ** -53;
}

/** Advances the state by one step. Exported for the check against the authors' own numbers. */
export function nextWord(state: Int32Array): number {
  // By place: taking four numbers out of an array at once makes new arrays, which costs more than all the rest.
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
  const shifted = b << 9;
  c ^= a;
  d ^= b;
  b ^= c;
  a ^= d;
  c ^= shifted;
  d = rotate(d, 11);
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = d;
  return result >>> 0;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
