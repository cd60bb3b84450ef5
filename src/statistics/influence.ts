import { ExactSums } from './exact-sums.ts';

/**
 * Sums over independent units of what each adds to two statistics: of products of degree 2, 3 and 4. The first
 * statistic is a difference D, the second the one that it was taken from, E, so that no digits of a small difference are
 * lost.
 */
export interface InfluenceSums {
  readonly units: number;
  /** D², DE, E². */
  readonly squares: readonly number[];
  /** D³, D²E, DE², E³. */
  readonly cubes: readonly number[];
  /** D⁴, D³E, D²E², DE³, E⁴. */
  readonly fourths: readonly number[];
}

/** What is known of the variance of a statistic. */
export interface EstimatedVariance {
  readonly units: number;
  /** Of the statistic, not of a unit. */
  readonly variance: number;
  /** How many units would matter as much if all of them mattered alike. */
  readonly effective: number;
  /** The degrees of freedom of the variance: 2 over its squared coefficient of variation, at most units − 1. */
  readonly freedom: number;
  /** E(x − μ)³ / σ³ of the statistic. */
  readonly skewness: number;
}

/**
 * The variance of `a` times D and `b` times E, from their influences.
 * Source: of the freedom, F. Satterthwaite, Biometrics Bulletin 2 (1946), with (kurtosis − 1) / n for the squared
 * coefficient of variation of a variance.
 */
export function computeVariance(
  { units, squares, cubes, fourths }: InfluenceSums,
  a: number,
  b: number,
): EstimatedVariance {
  const [dd = 0, de = 0, ee = 0] = squares;
  const [ddd = 0, dde = 0, dee = 0, eee = 0] = cubes;
  const [d4 = 0, d3 = 0, d2 = 0, d1 = 0, d0 = 0] = fourths;
  const variance = a * a * dd + 2 * a * b * de + b * b * ee;
  const fourth = a ** 4 * d4 + 4 * a ** 3 * b * d3 + 6 * (a * b) ** 2 * d2 + 4 * a * b ** 3 * d1 + b ** 4 * d0;
  // What is left of a difference of larger numbers is no variance.
  if (!(variance > 1e-13 * (a * a * dd + b * b * ee))) {
    return { units, variance: 0, effective: 0, freedom: 1, skewness: 0 };
  }
  const effective = fourth > 0 ? Math.min(units, variance ** 2 / fourth) : units;
  const third = a ** 3 * ddd + 3 * a * a * b * dde + 3 * a * b * b * dee + b ** 3 * eee;
  const skewness = third / variance ** 1.5;
  return {
    units,
    variance,
    effective,
    skewness,
    freedom: Math.max(1, Math.min(units - 1, 2 / (1 / effective - 1 / units))),
  };
}

/** By row, what it adds to the statistic of its part: of the first side, and of the second where there is one. */
export type Influences = readonly [Float64Array] | readonly [Float64Array, Float64Array];

/**
 * The sums of each part over its units. A unit is a row, or all rows of a part with the same cluster; the sums over
 * clusters are multiplied by G / (G − 1), G their number.
 */
export function sumInfluences(
  influences: Influences,
  parts: Int32Array,
  partCount: number,
  clusters: Int32Array | undefined,
): InfluenceSums[] {
  const [first, second] = influences;
  const [d, e] = second ? [first.map((value, row) => value - (second[row] ?? 0)), second] : [undefined, first];
  if (!clusters) return sumUnits(d, e, parts, partCount);
  const units = numberUnits(parts, clusters);
  const own = [d, e].map((values) => values && gather(values, units.ofRow, units.parts.length));
  const sums = sumUnits(own[0], own[1] ?? new Float64Array(0), units.parts, partCount);
  return sums.map((sum) => {
    const factor = sum.units / (sum.units - 1);
    return {
      units: sum.units,
      squares: sum.squares.map((value) => value * factor),
      cubes: sum.cubes.map((value) => value * factor ** 1.5),
      fourths: sum.fourths.map((value) => value * factor ** 2),
    };
  });
}

type Cubes = [ExactSums, ExactSums, ExactSums, ExactSums];
type Fourths = [ExactSums, ExactSums, ExactSums, ExactSums, ExactSums];

function sumUnits(d: Float64Array | undefined, e: Float64Array, parts: Int32Array, partCount: number): InfluenceSums[] {
  const counts = new Float64Array(partCount);
  for (const part of parts) counts[part] = (counts[part] ?? 0) + 1;
  const [scaleD, scaleE] = [findScales(d, parts, partCount), findScales(e, parts, partCount)];
  const squares = [0, 1, 2].map(() => new ExactSums(partCount)) as [ExactSums, ExactSums, ExactSums];
  const cubes = [0, 1, 2, 3].map(() => new ExactSums(partCount)) as Cubes;
  const fourths = [0, 1, 2, 3, 4].map(() => new ExactSums(partCount)) as Fourths;
  const [dd, de, ee] = squares;
  const [ddd, dde, dee, eee] = cubes;
  const [d4, d3, d2, d1, e4] = fourths;
  for (let unit = 0; unit < e.length; unit += 1) {
    const part = parts[unit] ?? 0;
    const y = (e[unit] ?? 0) / (scaleE[part] ?? 1);
    const yy = y * y;
    ee.add(part, yy);
    eee.add(part, yy * y);
    e4.add(part, yy * yy);
    if (!d) continue;
    const x = (d[unit] ?? 0) / (scaleD[part] ?? 1);
    const [xx, xy] = [x * x, x * y];
    dd.add(part, xx);
    de.add(part, xy);
    ddd.add(part, xx * x);
    dde.add(part, xx * y);
    dee.add(part, x * yy);
    d4.add(part, xx * xx);
    d3.add(part, xx * xy);
    d2.add(part, xx * yy);
    d1.add(part, xy * yy);
  }
  return Array.from(counts, (units, part) => ({
    units,
    squares: squares.map((sums, at) => rescale(sums.get(part), scaleD[part] ?? 1, scaleE[part] ?? 1, 2 - at, at)),
    cubes: cubes.map((sums, at) => rescale(sums.get(part), scaleD[part] ?? 1, scaleE[part] ?? 1, 3 - at, at)),
    fourths: fourths.map((sums, at) => rescale(sums.get(part), scaleD[part] ?? 1, scaleE[part] ?? 1, 4 - at, at)),
  }));
}

/** By part, a power of two at or above the largest magnitude, so that dividing by it loses no digit. */
function findScales(values: Float64Array | undefined, parts: Int32Array, partCount: number): Float64Array {
  const scales = new Float64Array(partCount);
  for (let unit = 0; unit < (values?.length ?? 0); unit += 1) {
    const part = parts[unit] ?? 0;
    scales[part] = Math.max(scales[part] ?? 0, Math.abs(values?.[unit] ?? 0));
  }
  return scales.map((greatest) => (greatest > 0 ? 2 ** Math.ceil(Math.log2(greatest)) : 1));
}

function rescale(sum: number, scaleD: number, scaleE: number, powerD: number, powerE: number): number {
  return sum * scaleD ** powerD * scaleE ** powerE;
}

/** Adds up the values of each unit, in fixed point. */
function gather(values: Float64Array, ofRow: Int32Array, count: number): Float64Array {
  const whole = new Int32Array(values.length);
  const [scale = 1] = findScales(values, whole, 1);
  const sums = new ExactSums(count);
  for (let row = 0; row < values.length; row += 1) sums.add(ofRow[row] ?? 0, (values[row] ?? 0) / scale);
  return Float64Array.from({ length: count }, (_, unit) => sums.get(unit) * scale);
}

/** Numbers the pairs of a part and a cluster, by row, and the part of each. */
function numberUnits(parts: Int32Array, clusters: Int32Array): { ofRow: Int32Array; parts: Int32Array } {
  const numbers = new Map<number, number>();
  const owners: number[] = [];
  const ofRow = Int32Array.from(parts, (part, row) => {
    const key = part * 2 ** 32 + (clusters[row] ?? 0);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, owners.length);
    owners.push(part);
    return owners.length - 1;
  });
  return { ofRow, parts: Int32Array.from(owners) };
}
