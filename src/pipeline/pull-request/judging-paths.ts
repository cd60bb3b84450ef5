import { join } from 'node:path/posix';
import { listPromiseFiles } from '../../config/data-files.ts';
import { listDatasets } from '../../config/project.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { KEPT_PATHS } from '../kept-predictions.ts';
import { fromRoot } from './commit-files.ts';

/** The files that a model is judged by or on, from the root of the repository, each in one list. */
export interface JudgingPaths {
  /** What judges: contracts, labels, waivers, baselines, modelgate.yml itself. */
  readonly judging: readonly string[];
  /** What is judged: the contents of data sets, documents and checklists. */
  readonly judged: readonly string[];
  /** Of `judged`, what data sets name: files, folders and patterns. */
  readonly datasets: readonly string[];
  /** Of `judged`, the checklists. */
  readonly checklists: readonly string[];
}

/** Sorts the files that a configuration names. What would be both judges. */
export function listJudgingPaths(config: Config, file: string): JudgingPaths {
  const datasets = listDatasets(config).map(([, dataset]) => dataset);
  const controls = config.governance?.controls ?? [];
  const baselines = (config.gates?.rules ?? []).flatMap(({ against }) => {
    if (typeof against !== 'object') return [];
    return 'file' in against ? [against.file] : listRunFiles(against.run);
  });
  const find = (paths: readonly (string | undefined)[]) =>
    new Set(paths.flatMap((path) => (path === undefined ? [] : [fromRoot(file, path)])));
  const judging = find([
    ...datasets.flatMap(listPromiseFiles),
    config.evaluate?.labels?.path,
    config.evaluate?.['operating-point']?.labels,
    config.governance?.waivers,
    ...baselines,
  ]).add(file);
  const judged = find([
    ...datasets.map(({ path }) => path),
    ...controls.flatMap(({ document, checklist }) => [document, checklist]),
  ]);
  const sets = find(datasets.map(({ path }) => path));
  const checklists = find(controls.map(({ checklist }) => checklist));
  const rest = (paths: ReadonlySet<string>) => [...paths].filter((path) => !judging.has(path));
  return { judging: [...judging], judged: rest(judged), datasets: rest(sets), checklists: rest(checklists) };
}

/** What of an earlier run folder is read. */
function listRunFiles(folder: string): string[] {
  return [join('evidence', 'evaluation.json'), ...KEPT_PATHS].map((name) => join(folder, name));
}
