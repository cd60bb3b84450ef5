import { runsCommand } from '../../config/reported-origin.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import type { Metric } from '../../evidence/schema/evaluation.ts';
import type { PredictionEvidence } from '../../evidence/schema/training.ts';
import type { Findings } from '../measuring.ts';

/**
 * What an evaluation comes to where every number is reported: no test set and no predictions are known, so nothing of it can
 * be compared row by row. It passes where each number was read, and where the command that writes the files did not fail; a
 * file without commands has numbers that lay there before, and that is said.
 */
export function concludeReported(
  config: Config,
  metrics: readonly Metric[],
  prediction: PredictionEvidence | undefined,
): Findings {
  const blank = { testSet: null, predictions: null, selfReported: false, join: null, metrics: [], confusion: null };
  const refuse = (reason: string): Findings => ({ ...blank, outcome: 'cannot-measure', reason });
  if (prediction && prediction.outcome !== 'pass') return refuse(`the numbers were not written: ${prediction.reason}`);
  const missing = metrics.filter(({ value }) => value === null);
  if (missing.length > 0) return refuse(missing.map(({ reason }) => reason ?? 'a number is missing').join('; '));
  const [count, noun] = [metrics.length, metrics.length === 1 ? 'number' : 'numbers'];
  const found = runsCommand(config) ? '' : '; no command of this run wrote them';
  return { ...blank, outcome: 'pass', reason: `${count} ${noun}, reported and not measured here${found}` };
}
