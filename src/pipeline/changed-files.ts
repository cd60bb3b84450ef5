import { join } from 'node:path';
import type { Project } from '../config/project.ts';
import type { EvidenceSet } from '../evidence/document.ts';
import { hashFile } from '../evidence/file-hash.ts';
import type { FileDigest } from '../evidence/schema/envelope.ts';

/**
 * The files of the model, the predictions, the test set, the rows that a threshold was chosen on, the reported numbers and the
 * contracts that are here with another content than the evidence speaks of. A file that is not on this machine is not compared. `predictions` is where those of the candidate
 * lie, if not where modelgate.yml says.
 */
export async function findChangedFiles(
  project: Project,
  evidence: EvidenceSet,
  predictions?: string,
): Promise<string[]> {
  const { data, training, evaluation } = evidence;
  const contracts = (data?.datasets ?? []).flatMap(({ contract, recordSchema }) =>
    [contract ?? [], recordSchema ?? []].flat(),
  );
  const files: Pick<FileDigest, 'path' | 'sha256'>[] = [
    ...(training?.outputs ?? []),
    ...[evaluation?.testSet, evaluation?.predictions].filter((file) => file !== null && file !== undefined),
    ...(evaluation?.reported ?? []),
    ...(evaluation?.operatingPoint ? [evaluation.operatingPoint.predictions, evaluation.operatingPoint.labels] : []),
    ...contracts,
  ];
  const changed: string[] = [];
  for (const { path, sha256 } of new Map(files.map((file) => [`${file.path} ${file.sha256}`, file])).values()) {
    const isPlaced = predictions !== undefined && path === evaluation?.predictions?.path;
    const found = await hashFile(isPlaced ? predictions : join(project.folder, path)).catch(() => undefined);
    if (found && found.sha256 !== sha256) changed.push(path);
  }
  return changed;
}
