import type { Config } from '../config/schema/modelgate.ts';
import { renderCanonical } from '../evidence/canonical.ts';
import { computeSha256 } from '../evidence/digest.ts';

/**
 * The digest of what decides the numbers beside the content of files: the task, the columns of the labels, the positive
 * class, the costs, and what the operating point is to reach. Numbers under two digests answer two questions. What
 * chooses among the numbers is no part of it: metrics, slices, `reveal`; nor are paths, since files have digests of
 * their own, nor the columns of the predictions, which are each model's own.
 */
export function computeMeasuringDigest({ task, evaluate }: Config): string {
  const { path: _path, ...labels } = evaluate?.labels ?? {};
  const { predictions: _predictions, labels: _labels, ...wish } = evaluate?.['operating-point'] ?? {};
  return computeSha256(
    renderCanonical({
      task,
      labels,
      positive: evaluate?.positive,
      costs: evaluate?.costs,
      wish,
    }),
  );
}
