import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { readProject } from '../../src/config/project.ts';
import { checkData } from '../../src/data/check.ts';
import { computeSha256 } from '../../src/evidence/digest.ts';
import type { Provenance } from '../../src/evidence/envelope.ts';
import type { DataEvidence, Finding } from '../../src/evidence/schema/data.ts';
import { findViolations } from '../../src/evidence/validation.ts';
import { type Progress, SILENT } from '../../src/progress.ts';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder of this test’s own with some files in it. */
export async function createFolder(files: Files): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-data-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

const provenance: Provenance = {
  model: 'birds',
  commit: null,
  dirty: false,
  config: computeSha256('config'),
  now: () => new Date('2026-11-22T09:00:00Z'),
};

export const library = { environment: process.env, progress: SILENT };

/** Checks the data of a project that consists of the given files; `data` is the section of modelgate.yml in JSON. */
export async function check(data: unknown, files: Files, more: object = {}): Promise<DataEvidence> {
  const folder = await createFolder({
    'modelgate.yml': JSON.stringify({ version: 1, model: 'birds', data, ...more }),
    ...files,
  });
  return checkFolder(folder);
}

export async function checkFolder(
  folder: string,
  file = 'modelgate.yml',
  progress: Progress = SILENT,
): Promise<DataEvidence> {
  const project = await readProject(join(folder, file), folder);
  const temporary = join(folder, 'spill');
  const evidence = await checkData({ project, provenance, temporary, library, progress });
  const violations = findViolations('data', evidence);
  if (violations.length > 0) throw new Error(violations.join('\n'));
  return evidence;
}

/** A contract in JSON, which is YAML: one table `birds` with the given properties, and rules about the table. */
export function contract(properties: readonly object[], quality: readonly object[] = [], more: object = {}): string {
  return JSON.stringify(
    {
      apiVersion: 'v3.1.0',
      kind: 'DataContract',
      id: 'birds',
      version: '1.0.0',
      status: 'active',
      schema: [{ name: 'birds', properties, quality }],
      ...more,
    },
    null,
    2,
  );
}

/** Checks one CSV file against a contract. */
export async function checkCsv(
  csv: string,
  properties: readonly object[],
  quality: readonly object[] = [],
): Promise<DataEvidence> {
  return check(
    { birds: { path: 'birds.csv', contract: 'birds.odcs.yaml' } },
    { 'birds.csv': csv, 'birds.odcs.yaml': contract(properties, quality) },
  );
}

/** The finding of a rule, the first one unless a column is given. */
export function find(evidence: DataEvidence, rule: string, column?: string): Finding {
  const findings = evidence.datasets.flatMap((dataset) => dataset.findings);
  const found = findings.find(
    (finding) => finding.rule === rule && (column === undefined || finding.column === column),
  );
  if (!found) throw new Error(`no finding ${rule}`);
  return found;
}

/** What a finding came to, in short. */
export function brief({
  outcome,
  count,
  reason,
}: Pick<Finding, 'outcome' | 'count' | 'reason'>): [string, number, string] {
  return [outcome, count, reason];
}

/** The bytes of a parquet file with the rows of a query, written by the engine’s own library outside the sandbox. */
export async function writeParquet(path: string, query: string): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`copy (${query}) to '${path.replaceAll("'", "''")}' (format parquet)`);
  connection.closeSync();
  instance.closeSync();
}
