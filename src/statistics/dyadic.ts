/**
 * A number mantissa · 2^exponent. Every finite double is one, and so are their sums and products: without rounding, in
 * whatever order they are made.
 */
export interface Dyadic {
  readonly mantissa: bigint;
  /** A whole number. */
  readonly exponent: number;
}

export const ZERO: Dyadic = { mantissa: 0n, exponent: 0 };

/** Binary digits that are kept where a result must be a double: more than its 53. */
const KEPT_BITS = 64;

/** A double as it is, to the last bit. Throws for what is not finite. */
export function toDyadic(value: number): Dyadic {
  if (!Number.isFinite(value)) throw new Error(`${value} is not a finite number`);
  if (value === 0) return ZERO;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  // IEEE 754: exponent 0 marks the subnormal numbers, which have no leading 1.
  const magnitude = exponent === 0 ? fraction : fraction | (1n << 52n);
  return { mantissa: value < 0 ? -magnitude : magnitude, exponent: Math.max(1, exponent) - 1075 };
}

export function addDyadic(a: Dyadic, b: Dyadic): Dyadic {
  if (a.mantissa === 0n) return b;
  if (b.mantissa === 0n) return a;
  const exponent = Math.min(a.exponent, b.exponent);
  return { mantissa: align(a, exponent) + align(b, exponent), exponent };
}

export function multiplyDyadic(a: Dyadic, b: Dyadic): Dyadic {
  return { mantissa: a.mantissa * b.mantissa, exponent: a.exponent + b.exponent };
}

export function negateDyadic({ mantissa, exponent }: Dyadic): Dyadic {
  return { mantissa: -mantissa, exponent };
}

/** The nearest double, or its neighbour; infinite beyond the range of doubles. */
export function roundDyadic(value: Dyadic): number {
  const { mantissa, exponent } = shorten(value);
  return scale(Number(mantissa), exponent);
}

/** a over b as a double; NaN where b is 0. */
export function divideDyadic(a: Dyadic, b: Dyadic): number {
  if (b.mantissa === 0n) return Number.NaN;
  const shift = Math.max(0, KEPT_BITS + countBits(b.mantissa) - countBits(a.mantissa));
  const quotient = (a.mantissa << BigInt(shift)) / b.mantissa;
  return roundDyadic({ mantissa: quotient, exponent: a.exponent - b.exponent - shift });
}

/** The square root of a number of at least 0 as a double, of numbers far beyond the range of doubles too. */
export function rootDyadic(value: Dyadic): number {
  const { mantissa, exponent } = shorten(value);
  const isOdd = exponent % 2 !== 0;
  return scale(Math.sqrt(Number(isOdd ? mantissa << 1n : mantissa)), (isOdd ? exponent - 1 : exponent) / 2);
}

function align({ mantissa, exponent }: Dyadic, to: number): bigint {
  return mantissa << BigInt(exponent - to);
}

/** The same number with at most 64 binary digits, cut off behind them. */
function shorten({ mantissa, exponent }: Dyadic): Dyadic {
  const excess = Math.max(0, countBits(mantissa) - KEPT_BITS);
  return { mantissa: mantissa >> BigInt(excess), exponent: exponent + excess };
}

/** At least as many binary digits as the magnitude has, and at most 3 more. */
function countBits(mantissa: bigint): number {
  return (mantissa < 0n ? -mantissa : mantissa).toString(16).length * 4;
}

/** value · 2^exponent, where the power alone may leave the range of doubles. */
function scale(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}
