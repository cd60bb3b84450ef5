/** Whether those who change the model see the verdicts (`full`) or not (`none`). */
export type Adaptivity = 'none' | 'full';

/**
 * The error that each of `verdicts` ≥ 1 verdicts on one test set may have, so that all together have at most `error`.
 * Unseen verdicts add up: δ / H. Seen ones may steer what is tested next, so that each of the 2^H histories of passes and
 * failures has its own models: δ / 2^H. Beyond about a thousand verdicts that is 0, at which nothing can be shown.
 * Source: C. Renggli et al., "Continuous integration of machine learning models with ease.ml/ci", MLSys 2019, §3.2–3.3.
 */
export function divideError(error: number, verdicts: number, adaptivity: Adaptivity): number {
  return error / (adaptivity === 'full' ? 2 ** verdicts : verdicts);
}
