import type { Project } from '../config/project.ts';
import type { Config, DataCheckConfig } from '../config/schema/modelgate.ts';
import type { Engine } from '../engine/connection.ts';
import type { Problem } from '../errors.ts';
import { worstOutcome } from '../evidence/document.ts';
import type { CrossCheck } from '../evidence/schema/data.ts';
import type { Progress } from '../progress.ts';
import type { CheckedDataset } from './dataset-check.ts';
import { checkDrift } from './drift.ts';
import { checkOverlap } from './overlap.ts';

/** The checks that hold a data set against itself, which says nothing. */
export function findCrossProblems({ config, locate }: Project): Problem[] {
  return (config.data?.checks ?? []).flatMap(({ drift }, index) => {
    if (drift === undefined || drift.from !== drift.to) return [];
    const place = locate(['data', 'checks', index, 'drift', 'to']);
    return [{ ...place, found: 'a data set is compared with itself', fix: 'Name two data sets.' }];
  });
}

/** Holds data sets against each other as `data.checks` asks; a no-overlap check gives one result for each pair. */
export async function checkCrosswise(
  engine: Engine,
  project: Project,
  datasets: readonly CheckedDataset[],
  progress: Progress,
): Promise<CrossCheck[]> {
  const results: CrossCheck[] = [];
  for (const [index, check] of (project.config.data?.checks ?? []).entries()) {
    const rule = check.drift ? 'drift' : 'no-overlap';
    const { file, line, column } = project.locate(['data', 'checks', index, rule], 'key');
    const step = progress.start(`Checking ${rule}`);
    try {
      const found = await runCheck(engine, project, datasets, check);
      const came = found.map(({ text, outcome }) => `${text}: ${outcome}`).join('; ');
      if (worstOutcome(found.map(({ outcome }) => outcome)) === 'pass') step.done(came);
      else step.fail(came);
      results.push(...found.map((result) => ({ ...result, place: { file, line, column } })));
    } catch (error) {
      step.fail();
      throw error;
    }
  }
  return results;
}

async function runCheck(
  engine: Engine,
  { config }: Project,
  datasets: readonly CheckedDataset[],
  check: DataCheckConfig,
): Promise<Omit<CrossCheck, 'place'>[]> {
  const find = (name: string): CheckedDataset => {
    const found = datasets.find(({ source }) => source.name === name);
    if (!found) throw new Error('a check names a data set that was not read');
    return found;
  };
  if (check.drift) {
    const { from, to, 'max-share': maxShare, columns } = check.drift;
    const keys = listKeys(config);
    return [await checkDrift(engine, find(from), find(to), { maxShare, keys, ...(columns ? { columns } : {}) })];
  }
  const { between = [], on = [] } = check['no-overlap'] ?? {};
  const results: Omit<CrossCheck, 'place'>[] = [];
  for (const [position, first] of between.entries()) {
    for (const second of between.slice(position + 1)) {
      results.push(await checkOverlap(engine, find(first), find(second), on));
    }
  }
  return results;
}

/** Columns that only tell rows apart: how they are distributed says nothing. */
function listKeys({ data, evaluate }: Config): string[] {
  const on = (data?.checks ?? []).flatMap((check) => check['no-overlap']?.on ?? []);
  return evaluate?.labels ? [...on, evaluate.labels.id] : on;
}
