import { USUAL_TAIL } from '../../config/usual-level.ts';
import { roundDyadic, ZERO } from '../../statistics/dyadic.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { computeMcNemar, computePairedLimits } from '../../statistics/paired-proportion.ts';
import { computeProportionLimits } from '../../statistics/proportion.ts';
import type { VectorSums } from '../../statistics/vector-sums.ts';

/** The share of units whose number is 1, where all others have 0. */
export function estimateProportion({ units, sums }: VectorSums): Estimate {
  const successes = roundDyadic(sums[1] ?? ZERO);
  return {
    value: successes / units,
    n: units,
    method: computeProportionLimits(successes, units, USUAL_TAIL).method,
    computeLimits: (tail) => computeProportionLimits(successes, units, tail).limits,
  };
}

/** The first share less the second, from the sums of the difference: it is 1 or −1 where only one of the two has a 1. */
export function contrastProportions({ units, sums, products }: VectorSums): Estimate {
  const difference = roundDyadic(sums[2] ?? ZERO);
  // Of w, first and difference: 00, 01, 02, 11, 12, 22.
  const discordant = roundDyadic(products[5] ?? ZERO);
  const onlyFirst = (discordant + difference) / 2;
  const onlySecond = (discordant - difference) / 2;
  return {
    value: difference / units,
    n: units,
    method: computePairedLimits(onlyFirst, onlySecond, units, USUAL_TAIL).method,
    sign: computeMcNemar(onlyFirst, onlySecond),
    computeLimits: (tail) => computePairedLimits(onlyFirst, onlySecond, units, tail).limits,
  };
}
