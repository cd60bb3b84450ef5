import { trimPath } from '../../config/paths.ts';
import { isTrainingOutput, runsCommand } from '../../config/reported-origin.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import type { FileDigest } from '../../evidence/schema/envelope.ts';

/**
 * Why a file of numbers is not what this run wrote: the stage that must write it did not pass, or its evidence does not name
 * the file with this content. Undefined where it does, and where no command of the file makes anything.
 */
export function findOriginFault(
  config: Config,
  file: FileDigest,
  { training, prediction }: EvidenceSet,
): string | undefined {
  if (!runsCommand(config)) return undefined;
  const isTrained = isTrainingOutput(config, file.path);
  const [stage, document] = isTrained ? (['training', training] as const) : (['prediction', prediction] as const);
  if (!document) return `nothing tells that it is of this run: there is no ${stage} evidence`;
  if (document.outcome !== 'pass') return `it is not of this run: the ${stage} did not pass`;
  const written = document.outputs.find(({ path }) => trimPath(path) === trimPath(file.path));
  if (!written) return `it is not of this run: the ${stage} evidence does not name it`;
  return written.sha256 === file.sha256 ? undefined : `it has another content than the ${stage} of this run wrote`;
}
