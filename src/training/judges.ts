import { basename, join } from 'node:path';
import { listPromiseFiles } from '../config/data-files.ts';
import { listDatasets, listFileDatasets, type Project } from '../config/project.ts';
import { listDataFiles } from '../data/data-files.ts';
import { UserMistake } from '../errors.ts';
import { listDatasetFiles } from '../evidence/dataset-files.ts';
import type { EvidenceSet } from '../evidence/document.ts';
import { hashFile } from '../evidence/file-hash.ts';
import type { FileDigest } from '../evidence/schema/envelope.ts';
import { watchFiles } from './changes.ts';
import { isAbsent } from './files.ts';

/**
 * Everything that a candidate is judged by, as paths relative to the folder of modelgate.yml: the file itself, data and
 * contracts, labels, baselines, and the papers of governance.
 */
export function listJudges({ config, file }: Project): string[] {
  const baselines = (config.gates?.rules ?? []).map(({ against }) => {
    if (typeof against !== 'object') return undefined;
    return 'file' in against ? against.file : join(against.run, 'evidence', 'evaluation.json');
  });
  const paths = [
    basename(file),
    ...listDatasets(config).flatMap(([, dataset]) => [dataset.path, ...listPromiseFiles(dataset)]),
    config.evaluate?.labels?.path,
    config.evaluate?.['operating-point']?.labels,
    config.governance?.waivers,
    ...(config.governance?.controls ?? []).flatMap((control) => [control.document, control.checklist]),
    ...baselines,
  ];
  return [...new Set(paths.filter((path) => path !== undefined))];
}

/**
 * Remembers the files that a candidate is judged by, before its command starts. Afterwards names the first that the
 * command made, changed or removed; undefined when it left them alone. Files that the data stage digested are not read
 * a second time.
 */
export async function watchJudges(project: Project, evidence: EvidenceSet): Promise<() => Promise<string | undefined>> {
  const known = new Map(
    evidence.data?.datasets.flatMap(listDatasetFiles).map(({ path, sha256, size }) => [path, { sha256, size }]),
  );
  const present: FileDigest[] = [];
  const absent: string[] = [];
  const listParts = () => listPartNames(project);
  const parts = await listParts();
  const several = new Set(parts.keys());
  for (const path of [...listJudges(project).filter((judge) => !several.has(judge)), ...[...parts.values()].flat()]) {
    const digest = known.get(path) ?? (await digestIfThere(join(project.folder, path)));
    if (digest) present.push({ path, ...digest });
    else absent.push(path);
  }
  const findChange = await watchFiles(project, present);
  return async () => {
    for (const path of absent) if (await digestIfThere(join(project.folder, path))) return path;
    const before = new Set([...parts.values()].flat());
    const added = [...(await listParts()).values()].flat().find((path) => !before.has(path));
    return added ?? findChange();
  };
}

/** The files of the data sets that are several, by the path that stands for them; none where nothing can be found. */
async function listPartNames(project: Project): Promise<ReadonlyMap<string, readonly string[]>> {
  const parts = new Map<string, readonly string[]>();
  for (const [, { path, format }] of listFileDatasets(project.config)) {
    const found = await listDataFiles(project, path, format).catch((error: unknown) => {
      if (error instanceof UserMistake) return undefined;
      throw error;
    });
    if (found?.several)
      parts.set(
        path,
        found.files.map(({ shown }) => shown),
      );
  }
  return parts;
}

async function digestIfThere(path: string): Promise<{ sha256: string; size: number } | undefined> {
  try {
    return await hashFile(path);
  } catch (error) {
    if (isAbsent(error) || (error as NodeJS.ErrnoException).code === 'EISDIR') return undefined;
    throw error;
  }
}
