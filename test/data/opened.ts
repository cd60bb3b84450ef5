import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataEvidence, Finding } from '../../src/evidence/schema/data.ts';
import { check, createFolder, writeParquet } from './project.ts';

/** Checks one file against a contract. */
export async function judge(path: string, content: string | Uint8Array, odcs: string): Promise<DataEvidence> {
  return check({ birds: { path, contract: 'c.yaml' } }, { [path]: content, 'c.yaml': odcs });
}

/** The bytes of a Parquet file with the rows of a query. */
export async function pack(query: string): Promise<Uint8Array> {
  const path = join(await createFolder({}), 'x.parquet');
  await writeParquet(path, query);
  return readFile(path);
}

/** What is not passed: rule, column, how many rows, and the examples by row and value. */
export function listOpen(evidence: DataEvidence): unknown[] {
  const open = evidence.datasets[0]?.findings.filter(({ outcome }) => outcome !== 'pass') ?? [];
  return open.map(({ rule, column, count, examples }) => [rule, column, count, examples.map(show)]);
}

function show({ row, value }: Finding['examples'][number]): string {
  return value === undefined ? `${row}` : `${row}: ${value}`;
}
