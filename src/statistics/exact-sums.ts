const HALF = 2 ** 26;
/** Adding this to a number of a magnitude below 2^51 and taking it off again leaves the nearest whole number. */
const ROUNDING = 1.5 * 2 ** 52;

/**
 * Sums of numbers from −1 to 1, one sum for each of `size` places, in fixed point with 52 binary digits behind the point.
 * Whole numbers add up to the same sum in any order, which doubles do not. Exact up to 2^27 numbers a place.
 */
export class ExactSums {
  readonly #high: Float64Array;
  readonly #low: Float64Array;

  constructor(size: number) {
    this.#high = new Float64Array(size);
    this.#low = new Float64Array(size);
  }

  add(at: number, value: number): void {
    const scaled = value * HALF;
    const high = scaled + ROUNDING - ROUNDING;
    this.#high[at] = (this.#high[at] ?? 0) + high;
    this.#low[at] = (this.#low[at] ?? 0) + ((scaled - high) * HALF + ROUNDING - ROUNDING);
  }

  get(at: number): number {
    return ((this.#high[at] ?? 0) + (this.#low[at] ?? 0) / HALF) / HALF;
  }
}
