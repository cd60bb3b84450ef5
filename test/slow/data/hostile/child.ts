/**
 * Checks the data of the project in a folder, with so many bytes of memory, in a process of its own, and writes what came of it, in JSON: `problems` of
 * the user's, else the outcome, and the most memory that the process held, in MiB.
 */
import { join } from 'node:path';
import { readProject } from '../../../../src/config/project.ts';
import { checkData } from '../../../../src/data/check.ts';
import { UserMistake } from '../../../../src/errors.ts';
import { computeSha256 } from '../../../../src/evidence/digest.ts';
import { SILENT } from '../../../../src/progress.ts';

const [folder = '', memory] = process.argv.slice(2);
const provenance = {
  model: 'birds',
  commit: null,
  dirty: false,
  config: computeSha256('config'),
  now: () => new Date('2026-11-22T09:00:00Z'),
};
const library = { environment: process.env, progress: SILENT };

async function check(): Promise<object> {
  try {
    const project = await readProject(join(folder, 'modelgate.yml'), folder);
    const temporary = join(folder, 'spill');
    const limits = memory === undefined ? {} : { memory: Number(memory) };
    const evidence = await checkData({ project, provenance, temporary, library, progress: SILENT, ...limits });
    return { outcome: evidence.outcome, rows: evidence.datasets.map(({ rows }) => rows) };
  } catch (error) {
    if (error instanceof UserMistake) return { problems: error.problems };
    return { bug: String(error) };
  }
}

const result = await check();
process.stdout.write(JSON.stringify({ ...result, peak: Math.round(process.resourceUsage().maxRSS / 1024) }));
