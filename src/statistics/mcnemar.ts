import { computeLowerTail, computeUpperTail } from './binomial-tail.ts';
import type { Sign } from './estimate.ts';

/**
 * The exact test of whether one of two answers on the same rows is right more often than the other. Of the rows where
 * just one is right, each is as likely to be the one as the other where there is no difference; without such rows
 * both probabilities are 1.
 * Source: Q. McNemar, "Note on the sampling error of the difference between correlated proportions or percentages",
 * Psychometrika 12 (1947), with the binomial distribution in place of its approximation.
 */
export function computeMcNemar(onlyFirst: number, onlySecond: number): Sign {
  const discordant = onlyFirst + onlySecond;
  return {
    method: 'exact-mcnemar',
    above: computeUpperTail(onlyFirst, discordant, 0.5),
    below: computeLowerTail(onlyFirst, discordant, 0.5),
  };
}
