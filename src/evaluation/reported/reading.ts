import { readFile, stat } from 'node:fs/promises';
import { resolveExisting } from '../../config/paths.ts';
import type { Project } from '../../config/project.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import type { FileDigest } from '../../evidence/schema/envelope.ts';
import type { Metric } from '../../evidence/schema/evaluation.ts';
import { describeError, type Unmeasured } from '../sources.ts';
import { MAX_REPORTED_BYTES } from './document.ts';
import { parseReported } from './reported.ts';

/** What the files under `evaluate.reported` say. */
export interface ReportedNumbers {
  readonly metrics: Metric[];
  readonly files: FileDigest[];
}

/**
 * Reads the numbers that somebody else measured. A file that is missing or cannot be read gives metrics without a value.
 * `placed` says where files lie that do not lie where modelgate.yml says: absolute, by their paths there.
 */
export async function readReported(
  project: Project,
  placed: ReadonlyMap<string, string> = new Map(),
): Promise<ReportedNumbers> {
  const metrics: Metric[] = [];
  const files: FileDigest[] = [];
  for (const config of project.config.evaluate?.reported ?? []) {
    const { path } = config;
    const found = await readText(project, path, placed.get(path));
    if ('text' in found) files.push(found.digest);
    metrics.push(...parseReported(config, 'text' in found ? found.text : found));
  }
  return { metrics, files };
}

async function readText(
  project: Project,
  path: string,
  place: string | undefined,
): Promise<{ readonly text: string; readonly digest: FileDigest } | Unmeasured> {
  try {
    const real = place ?? (await resolveExisting(project, path));
    const entry = await stat(real);
    if (!entry.isFile()) return { reason: 'it is not a file' };
    if (entry.size > MAX_REPORTED_BYTES)
      return { reason: `it has ${entry.size} bytes; at most ${MAX_REPORTED_BYTES} are read` };
    const text = await readFile(real, 'utf8');
    return { text: text.replace(/^\uFEFF/, ''), digest: { path, ...(await hashFile(real)) } };
  } catch (error) {
    return { reason: `it cannot be read: ${describeError(error, place ?? path)}` };
  }
}
