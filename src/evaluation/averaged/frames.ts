/** The least and the greatest of a number over some rows. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * How a number enters the sums: as (x − low) / scale, which is from 0 to 1. `scale` is a power of two, so that dividing by it
 * loses no digit.
 */
export interface Frame {
  readonly low: number;
  readonly scale: number;
}

/** Binary digits behind the point of a sum: the sums of n numbers from 0 to 1 fit 128 bits for any n that is here. */
export const FRACTION_BITS = 62;
/** How much wider than a part the rows that share its frame may be, and how much farther from it the frame's end. */
const MAX_WIDTH = 2 ** 11;
const MAX_DISTANCE = 2 ** 7;
/** A number of so many digits, and its square, are sums without rounding. */
const EXACT_BITS = 26;
/** A single number that is no smaller keeps eleven digits. */
const LEAST_SINGLE = 2 ** -24;

/** The frame of numbers in this range. */
export function computeFrame({ low, high }: Range): Frame {
  const range = high - low;
  return { low, scale: range > 0 ? 2 ** Math.ceil(Math.log2(range)) : 1 };
}

/** The range of the rows of both. */
export function widenRange(a: Range, b: Range): Range {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

/**
 * Whether the spread of a part keeps nine digits in a frame that is made for more rows. A square from 0 to 1 is wrong by
 * at most 2⁻⁵³ of itself and 2⁻⁶³, and the part's variance is of the order of its width squared.
 */
export function fitsFrame(frame: Frame, range: Range, rows: number): boolean {
  const least = (range.low - frame.low) / frame.scale;
  const width = (range.high - range.low) / frame.scale;
  if (rows === 1 && least >= LEAST_SINGLE) return true;
  if (width === 0) return Number.isInteger(least * 2 ** EXACT_BITS);
  return width * MAX_WIDTH >= 1 && least + width <= MAX_DISTANCE * width;
}
