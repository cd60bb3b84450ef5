/**
 * P-values adjusted so that the expected share of false rejections among all rejections is held, for independent tests: each
 * times the number of tests over its rank, made monotone from the largest on. The order of the input is kept.
 * Source: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995), procedure (1).
 */
export function adjustBenjaminiHochberg(pValues: readonly number[]): number[] {
  // One that is not a number would hide the others: a bug.
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new Error(`${wrong} is no p-value`);
  const places = pValues.map((_, place) => place).sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const adjusted = new Array<number>(pValues.length);
  let most = 1;
  for (const [rank, place] of [...places.entries()].reverse()) {
    most = Math.min(most, (pValues.length / (rank + 1)) * (pValues[place] ?? 1));
    adjusted[place] = most;
  }
  return adjusted;
}
