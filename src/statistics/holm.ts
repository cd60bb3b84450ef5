/**
 * P-values adjusted so that the probability of even one false rejection among all is held: each times the number of
 * those at least as large, made monotone, at most 1. The order of the input is kept.
 * Source: S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).
 */
export function adjustHolm(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length);
  let least = 0;
  for (const [rank, place] of sortPlaces(pValues).entries()) {
    least = Math.max(least, Math.min(1, (pValues.length - rank) * (pValues[place] ?? 1)));
    adjusted[place] = least;
  }
  return adjusted;
}

/**
 * P-values adjusted so that the expected share of false rejections among all rejections is held, for independent tests.
 * Source: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995).
 */
export function adjustBenjaminiHochberg(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length);
  let most = 1;
  for (const [rank, place] of [...sortPlaces(pValues).entries()].reverse()) {
    most = Math.min(most, (pValues.length / (rank + 1)) * (pValues[place] ?? 1));
    adjusted[place] = most;
  }
  return adjusted;
}

/** The places of the p-values from the smallest on. One that is not a number would hide the others: a bug. */
function sortPlaces(pValues: readonly number[]): number[] {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new Error(`${wrong} is no p-value`);
  return pValues.map((_, place) => place).sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
}
