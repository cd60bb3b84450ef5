import type { Project } from '../../config/project.ts';
import type { DataCheckConfig } from '../../config/schema/modelgate.ts';
import type { Engine } from '../../engine/connection.ts';
import { describePace, type Pace } from '../../engine/pace.ts';
import type { Problem } from '../../errors.ts';
import { worstOutcome } from '../../evidence/document.ts';
import type { CrossCheck } from '../../evidence/schema/data.ts';
import { during, type Progress } from '../../progress.ts';
import type { CheckedDataset } from '../dataset-check.ts';
import { runDrift } from '../drift/drift.ts';
import { runLabelLeakage } from '../leakage/label-leakage.ts';
import { runTimeOrder } from '../leakage/time-order.ts';
import { runPrivacy } from '../privacy/privacy.ts';
import { runNoOverlap } from './overlap.ts';
import type { CrossResult, CrossRunner, CrossScene } from './scene.ts';

/** The checks that hold a data set against itself, which says nothing. */
export function findCrossProblems({ config, locate }: Project): Problem[] {
  return (config.data?.checks ?? []).flatMap(({ drift, 'time-order': order }, index) => {
    const [rule, key] = drift ? (['drift', 'to'] as const) : (['time-order', 'after'] as const);
    const isSame = drift ? drift.from === drift.to : order !== undefined && order.before === order.after;
    if (!isSame) return [];
    const place = locate(['data', 'checks', index, rule, key]);
    return [{ ...place, found: 'a data set is compared with itself', fix: 'Name two data sets.' }];
  });
}

/**
 * Holds data sets against each other as `data.checks` asks; a no-overlap check gives one result for each pair. All of them
 * are files: `findTableProblems` refuses checks that name a table of a database.
 */
export async function checkCrosswise(
  engine: Engine,
  project: Project,
  datasets: readonly CheckedDataset[],
  { progress, pace }: { readonly progress: Progress; readonly pace: Pace },
): Promise<CrossCheck[]> {
  const results: CrossCheck[] = [];
  const find = (name: string): CheckedDataset => {
    const found = datasets.find(({ source }) => source.name === name);
    if (!found) throw new Error('a check names a data set that was not read');
    return found;
  };
  for (const [index, check] of (project.config.data?.checks ?? []).entries()) {
    const [rule] = Object.keys(check) as (keyof DataCheckConfig)[];
    if (rule === undefined) throw new Error('a check of no kind');
    const { file, line, column } = project.locate(['data', 'checks', index, rule], 'key');
    const step = progress.start(`Checking ${rule}`, () => describePace(pace));
    const found = await during(step, () => runCheck({ engine, project, find }, rule, check));
    const came = found.map(({ text, outcome }) => `${text}: ${outcome}`).join('; ');
    if (worstOutcome(found.map(({ outcome }) => outcome)) === 'pass') step.done(came);
    else step.fail(came);
    results.push(...found.map((result) => ({ ...result, place: { file, line, column } })));
  }
  return results;
}

/** Every kind of check, by its key in modelgate.yml. */
const RUNNERS: { readonly [K in keyof Required<DataCheckConfig>]: CrossRunner<K> } = {
  'no-overlap': runNoOverlap,
  drift: runDrift,
  'label-leakage': runLabelLeakage,
  'time-order': runTimeOrder,
  privacy: runPrivacy,
};

function runCheck<K extends keyof DataCheckConfig>(
  scene: CrossScene,
  rule: K,
  check: DataCheckConfig,
): Promise<CrossResult[]> {
  const asked = check[rule];
  if (asked === undefined) throw new Error('a check of no kind');
  return RUNNERS[rule](scene, asked);
}
