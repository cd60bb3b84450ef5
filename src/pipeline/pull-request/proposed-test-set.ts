import posix from 'node:path/posix';
import { repeatCheck } from '../../config/data-checks.ts';
import type { Locate } from '../../config/place.ts';
import { listDatasets, type Project } from '../../config/project.ts';
import type { Config, DataCheckConfig } from '../../config/schema/modelgate.ts';
import type { DataEvidence } from '../../evidence/schema/data.ts';

/** Where the head's version of the labels is put beside the base's, relative to the folder of modelgate.yml. */
export function placeProposed(labels: string): string {
  return posix.join('.modelgate', 'proposed', posix.basename(labels));
}

/** A project whose data sets have the head's version of the labels too, as one of their own. */
export interface ProposedData {
  readonly project: Project;
  readonly name: string;
  /** The path of the labels, which evidence names. */
  readonly path: string;
}

/**
 * Adds the head's version of the labels as a data set beside the base's, under the same contract, and repeats the checks
 * for it; undefined where the labels are no data set.
 */
export function addProposedData(project: Project): ProposedData | undefined {
  const { config, locate } = project;
  const labels = config.evaluate?.labels?.path;
  const datasets = listDatasets(config);
  const found = datasets.find(
    ([, { path }]) => labels !== undefined && path !== undefined && posix.normalize(path) === posix.normalize(labels),
  );
  if (labels === undefined || !found || !config.data) return undefined;
  const [origin, dataset] = found;
  const name = chooseName(
    origin,
    datasets.map(([taken]) => taken),
  );
  const checks = config.data.checks ?? [];
  const repeated = checks.flatMap((check, index) =>
    repeatChecks(check, origin, name).map((again) => ({ again, index })),
  );
  const data = {
    ...config.data,
    [name]: { ...dataset, path: placeProposed(labels) },
    ...(checks.length > 0 ? { checks: [...checks, ...repeated.map(({ again }) => again)] } : {}),
  } as NonNullable<Config['data']>;
  const origins = repeated.map(({ index }) => index);
  const place: Locate = (path, part) => locate(findOrigin(path, { name, origin, count: checks.length, origins }), part);
  return { project: { ...project, config: { ...config, data }, locate: place }, name, path: labels };
}

function chooseName(origin: string, taken: readonly string[]): string {
  const wanted = `${origin}-proposed`;
  return taken.includes(wanted) ? chooseName(wanted, taken) : wanted;
}

/** A pair of data sets that does not hold the labels was checked already. */
function repeatChecks(check: DataCheckConfig, origin: string, name: string): DataCheckConfig[] {
  const overlap = check['no-overlap'];
  if (overlap?.between.includes(origin)) {
    const others = overlap.between.filter((other) => other !== origin);
    return others.map((other) => ({ 'no-overlap': { ...overlap, between: [other, name] } }));
  }
  const repeated = repeatCheck(check, origin, name);
  return repeated ? [repeated] : [];
}

interface Origins {
  readonly name: string;
  readonly origin: string;
  readonly count: number;
  readonly origins: readonly number[];
}

/** What was added stands where its origin is written. */
function findOrigin(
  path: readonly (string | number)[],
  { name, origin, count, origins }: Origins,
): (string | number)[] {
  const [top, key, index, ...rest] = path;
  if (top !== 'data') return [...path];
  if (key === name) return [top, origin, ...path.slice(2)];
  if (key !== 'checks' || typeof index !== 'number' || index < count) return [...path];
  return [top, key, origins[index - count] ?? index, ...rest];
}

/** Names the proposed data set by the path of the labels, and keeps its rows to itself unless they may be shown. */
export function nameProposed(data: DataEvidence, { name, path }: ProposedData, showsRows: boolean): DataEvidence {
  return {
    ...data,
    datasets: data.datasets.map((dataset) => {
      if (dataset.name !== name) return dataset;
      const findings = dataset.findings.map((finding) => (showsRows ? finding : { ...finding, examples: [] }));
      return { ...dataset, path, findings };
    }),
  };
}
