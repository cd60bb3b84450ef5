import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readProject } from '../../src/config/project.ts';
import { parseSize } from '../../src/config/quantities.ts';
import { checkData } from '../../src/data/check.ts';
import { computeSha256 } from '../../src/evidence/digest.ts';
import { SILENT } from '../../src/progress.ts';
import { renderContract } from './contract.ts';
import type { Format } from './files.ts';

/** Checks the orders as `modelgate data check` does; answers with the number of findings that are no `present`. */
export async function checkOrders(folder: string, format: Format, memory: string | undefined): Promise<number> {
  writeFileSync(join(folder, 'orders.odcs.yaml'), renderContract());
  const file = join(folder, `${format}.yml`);
  const data = {
    // Checks are what is timed, and not the description of the data that goes into the evidence beside them.
    orders: { path: `orders.${format}`, contract: 'orders.odcs.yaml', profile: false },
    customers: { path: `customers.${format}`, profile: false },
  };
  writeFileSync(file, JSON.stringify({ version: 1, model: 'bench', data }));
  const temporary = join(folder, 'temporary');
  mkdirSync(temporary, { recursive: true });
  const bytes = memory === undefined ? undefined : parseSize(memory);
  const { outcome, datasets } = await checkData({
    project: await readProject(file, folder),
    provenance: { model: 'bench', commit: null, dirty: false, config: computeSha256('bench'), now: () => new Date() },
    temporary,
    ...(bytes === undefined ? {} : { memory: bytes }),
    library: { environment: process.env, progress: SILENT },
    progress: SILENT,
  });
  const findings = datasets.flatMap((dataset) => dataset.findings);
  const open = findings.filter((finding) => finding.outcome !== 'pass');
  if (outcome !== 'pass')
    throw new Error(open.map(({ rule, column, reason }) => `${rule} ${column}: ${reason}`).join('\n'));
  return findings.filter(({ rule }) => rule !== 'present').length;
}
