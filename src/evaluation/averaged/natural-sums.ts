import { type Dyadic, multiplyDyadic, toDyadic } from '../../statistics/dyadic.ts';
import { type Combination, combineSums, type VectorSums } from '../../statistics/vector-sums.ts';
import { FRACTION_BITS } from './frames.ts';
import type { FramedSums } from './sum-query.ts';
import { type Design, listBases, nameVariable, type Variable } from './variables.ts';

const ONE: Dyadic = { mantissa: 1n, exponent: 0 };
const TWO: Dyadic = { mantissa: 1n, exponent: 1 };

/** The sums of one design, in the numbers' own units: without their frames, which loses nothing. */
export function takeNaturalSums(
  framed: FramedSums,
  design: Design,
  variables: readonly Variable[],
  pairs: readonly (readonly [number, number])[],
): VectorSums {
  const names = variables.map(nameVariable);
  const places = design.map((variable) => names.indexOf(nameVariable(variable)));
  const pairPlaces = new Map(pairs.map(([i, j], at) => [`${i} ${j}`, at]));
  const findProduct = (i: number, j: number) => {
    const at = pairPlaces.get(i < j ? `${i} ${j}` : `${j} ${i}`) ?? Number.NaN;
    return framed.products[1 + variables.length + at];
  };
  const own: VectorSums = {
    units: framed.units,
    sums: [framed.sums[0], ...places.map((at) => framed.sums[1 + at])].map(toNumber),
    products: [
      framed.products[0],
      ...places.map((at) => framed.products[1 + at]),
      ...places.flatMap((i, at) => places.slice(at).map((j) => findProduct(i, j))),
    ].map(toNumber),
  };
  return combineSums(own, listCombinations(framed, design, variables));
}

/** x = low + scale · u, and x² = low² + 2 · low · scale · u + scale² · u², each times how much the row counts. */
function listCombinations(framed: FramedSums, design: Design, variables: readonly Variable[]): Combination[] {
  const weight = toDyadic(framed.frames.weight);
  const bases = listBases(variables).map(nameVariable);
  const own = design.map(nameVariable);
  return [
    [[0, weight]],
    ...design.map((variable, at): Combination => {
      const base = 'sql' in variable ? nameVariable(variable) : variable.squareOf;
      const frame = framed.frames.bases[bases.indexOf(base)] ?? { low: Number.NaN, scale: Number.NaN };
      const low = toDyadic(frame.low);
      const scale = toDyadic(frame.scale);
      const weighted = multiplyDyadic(weight, scale);
      if ('sql' in variable) {
        return [
          [0, multiplyDyadic(weight, low)],
          [at + 1, weighted],
        ];
      }
      return [
        [0, multiplyDyadic(weight, multiplyDyadic(low, low))],
        [own.indexOf(base) + 1, multiplyDyadic(TWO, multiplyDyadic(weighted, low))],
        [at + 1, multiplyDyadic(weighted, scale)],
      ];
    }),
  ];
}

function toNumber(sum: bigint | undefined): Dyadic {
  if (sum === undefined) throw new Error('a sum was not asked for');
  return { mantissa: sum, exponent: -FRACTION_BITS };
}

/** The sums of numbers less `centre` times how much the unit counts, and of their squares about it. */
export function centreSums(sums: VectorSums, place: number, squarePlace: number, centre: number): VectorSums {
  const c = toDyadic(centre);
  const minus: Dyadic = { mantissa: -c.mantissa, exponent: c.exponent };
  return combineSums(
    sums,
    sums.sums.map((_, at): Combination => {
      if (at === place) {
        return [
          [at, ONE],
          [0, minus],
        ];
      }
      if (at !== squarePlace) return [[at, ONE]];
      return [
        [at, ONE],
        [place, multiplyDyadic(TWO, minus)],
        [0, multiplyDyadic(c, c)],
      ];
    }),
  );
}
