import { normalize } from 'node:path/posix';
import type { FileDigest } from '../evidence/schema/envelope.ts';
import type { PredictionEvidence } from '../evidence/schema/training.ts';

/** Why the predictions file is not the one that the prediction stage wrote; undefined when it is, or no stage ran. */
export function findPredictionFault(
  prediction: PredictionEvidence | undefined,
  path: string,
  file: FileDigest | null,
): string | undefined {
  if (!prediction) return undefined;
  if (prediction.outcome !== 'pass') return `the predictions were not made: ${prediction.reason}`;
  const written = prediction.outputs.find((output) => normalize(output.path) === normalize(path));
  if (!written) return `the prediction evidence does not speak of \`${path}\``;
  if (!file || file.sha256 === written.sha256) return undefined;
  return `\`${path}\` is not the file that was predicted: its content has changed since (${file.sha256}, not ${written.sha256})`;
}
