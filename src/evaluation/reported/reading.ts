import { readFile, stat } from 'node:fs/promises';
import { resolveExisting } from '../../config/paths.ts';
import type { Project } from '../../config/project.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import type { FileDigest } from '../../evidence/schema/envelope.ts';
import type { Metric } from '../../evidence/schema/evaluation.ts';
import { describeError, type Unmeasured } from '../sources.ts';
import { MAX_REPORTED_BYTES } from './document.ts';
import { findOriginFault } from './origin.ts';
import { parseReported } from './reported.ts';

/** What the files under `evaluate.reported` say. */
export interface ReportedNumbers {
  readonly metrics: Metric[];
  readonly files: FileDigest[];
}

/**
 * Reads the numbers that somebody else measured. A file that is missing, cannot be read or is not of this run gives metrics
 * without a value; `parents` tell what this run wrote.
 */
export async function readReported(project: Project, parents: EvidenceSet = {}): Promise<ReportedNumbers> {
  const metrics: Metric[] = [];
  const files: FileDigest[] = [];
  for (const config of project.config.evaluate?.reported ?? []) {
    const { path } = config;
    const found = await readText(project, path, parents);
    if ('text' in found) files.push(found.digest);
    metrics.push(...parseReported(config, 'text' in found ? found.text : found));
  }
  return { metrics, files };
}

async function readText(
  project: Project,
  path: string,
  parents: EvidenceSet,
): Promise<{ readonly text: string; readonly digest: FileDigest } | Unmeasured> {
  try {
    const real = await resolveExisting(project, path);
    const entry = await stat(real);
    if (!entry.isFile()) return { reason: 'it is not a file' };
    if (entry.size > MAX_REPORTED_BYTES)
      return { reason: `it has ${entry.size} bytes; at most ${MAX_REPORTED_BYTES} are read` };
    const text = await readFile(real, 'utf8');
    const digest = { path, ...(await hashFile(real)) };
    const fault = findOriginFault(project.config, digest, parents);
    return fault === undefined ? { text: text.replace(/^\uFEFF/, ''), digest } : { reason: fault };
  } catch (error) {
    return { reason: `it cannot be read: ${describeError(error, path)}` };
  }
}
