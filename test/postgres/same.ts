import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readProject } from '../../src/config/project.ts';
import { checkData } from '../../src/data/check.ts';
import { computeSha256 } from '../../src/evidence/digest.ts';
import type { DataEvidence, Finding } from '../../src/evidence/schema/data.ts';
import { findViolations } from '../../src/evidence/validation.ts';
import { SILENT } from '../../src/progress.ts';
import type { Cluster } from './cluster.ts';

/** Checks the data of a project in a folder of its own; `environment` is all that the check knows of connections. */
export async function checkProject(
  data: unknown,
  files: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv,
): Promise<DataEvidence> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'modelgate-same-')));
  try {
    await mkdir(folder, { recursive: true });
    const all = { 'modelgate.yml': JSON.stringify({ version: 1, model: 'birds', data }), ...files };
    for (const [name, content] of Object.entries(all)) await writeFile(join(folder, name), content);
    const project = await readProject(join(folder, 'modelgate.yml'), folder);
    const provenance = {
      ...{ model: 'birds', commit: null, dirty: false, config: computeSha256('config') },
      now: () => new Date('2026-11-22T09:00:00Z'),
    };
    const library = { environment: { ...process.env, ...environment }, progress: SILENT };
    const evidence = await checkData({
      project,
      provenance,
      temporary: join(folder, 'spill'),
      library,
      progress: SILENT,
    });
    const violations = findViolations('data', evidence);
    if (violations.length > 0) throw new Error(violations.join('\n'));
    return evidence;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Rows as a CSV file: texts in quotes, nothing for null. */
export function renderCsv(columns: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  const cell = (value: string | null) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`);
  return [columns.map(cell), ...rows.map((row) => row.map(cell))].map((row) => `${row.join(',')}\n`).join('');
}

/** Makes a table of the given types with the rows. */
export async function loadTable(
  cluster: Cluster,
  name: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly (readonly (string | null)[])[],
): Promise<void> {
  const declared = Object.entries(columns).map(([column, type]) => `"${column.replaceAll('"', '""')}" ${type}`);
  const literal = (value: string | null) => (value === null ? 'null' : `'${value.replaceAll("'", "''")}'`);
  const values = rows.map((row) => `(${row.map(literal).join(', ')})`);
  const insert = values.length === 0 ? '' : `insert into ${name} values ${values.join(', ')};`;
  await cluster.run(`drop table if exists ${name}; create table ${name} (${declared.join(', ')}); ${insert}`);
}

/** What the findings came to, without what only a file or only a table has. */
export function compare(findings: readonly Finding[]): unknown[] {
  return findings.map(({ rule, column, outcome, level, count, share, reason }) => {
    const common = reason.replace('the file has', 'the table has').replace(/: the file stores the column as .*/, '');
    return { rule, column, outcome, level, count, share, reason: common };
  });
}
