import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { readProject } from '../../src/config/project.ts';
import { findRowEvaluation } from '../../src/config/row-evaluation.ts';
import type { Config, Rule } from '../../src/config/schema/modelgate.ts';
import type { MetricRequest } from '../../src/evaluation/requests.ts';
import { openSamples, type SamplingInput, type SideInput } from '../../src/evaluation/sampling.ts';
import { type ScoreInput, score } from '../../src/evaluation/score.ts';
import type { EvaluationEvidence, Metric } from '../../src/evidence/schema/evaluation.ts';
import { findViolations } from '../../src/evidence/validation.ts';
import { SILENT } from '../../src/progress.ts';

export const DIGEST = `sha256:${'c'.repeat(64)}`;

const METRIC_OF: Readonly<Record<string, string[]>> = { regression: ['mae'], ranking: ['ndcg'] };

type Evaluate = NonNullable<Config['evaluate']>;

/** A modelgate.yml that evaluates out/predictions.csv on data/test.csv. */
export function createConfig(task: NonNullable<Config['task']>, evaluate: Partial<Evaluate>, rules?: Rule[]): Config {
  return {
    version: 1,
    model: 'sample',
    task,
    evaluate: {
      predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', ...evaluate.predictions },
      labels: { path: 'data/test.csv', id: 'id', label: 'label', ...evaluate.labels },
      metrics: METRIC_OF[task] ?? ['accuracy'],
      ...Object.fromEntries(Object.entries(evaluate).filter(([key]) => key !== 'predictions' && key !== 'labels')),
    },
    ...(rules ? { gates: { rules } } : {}),
  };
}

/** Writes modelgate.yml and the files into a folder of their own, works there, and removes it. */
async function withFolder<T>(
  config: Config,
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'score-'));
  try {
    for (const [path, content] of Object.entries({ 'modelgate.yml': stringify(config), ...files })) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes the files into a folder of their own, scores there, and removes it. A document that breaks its schema throws. */
export async function scoreFiles(
  config: Config,
  files: Readonly<Record<string, string | Uint8Array>>,
  extra: Partial<ScoreInput> = {},
  prepare: (folder: string) => Promise<void> = async () => {},
): Promise<EvaluationEvidence> {
  return withFolder(config, files, async (folder) => {
    await prepare(folder);
    const evidence = await score({
      project: await readProject(join(folder, 'modelgate.yml')),
      provenance: {
        model: config.model,
        commit: null,
        dirty: false,
        config: DIGEST,
        now: () => new Date('2026-11-22T09:00:00Z'),
      },
      library: { environment: process.env, progress: SILENT },
      temporary: join(folder, 'temporary'),
      progress: SILENT,
      parents: {},
      ...extra,
    });
    const violations = findViolations('evaluation', JSON.parse(JSON.stringify(evidence)));
    if (violations.length > 0) throw new Error(violations.join('; '));
    return evidence;
  });
}

/** Samples of the candidate beside the baseline in `base.csv`; without that file, of the candidate alone. */
export async function sampleFiles(
  config: Config,
  files: Readonly<Record<string, string | Uint8Array>>,
  requests: readonly MetricRequest[],
  extra: Partial<SamplingInput> = {},
  baseline: Partial<SideInput> = {},
): ReturnType<typeof openSamples> {
  return withFolder(config, files, async (folder) => {
    const project = await readProject(join(folder, 'modelgate.yml'));
    const { task } = project.config;
    const evaluate = findRowEvaluation(project.config);
    if (!evaluate || !task) throw new Error('the sample needs `task` and rows');
    const columns = evaluate.predictions;
    const candidate = { path: join(folder, columns.path), shown: columns.path, columns };
    const base = { path: join(folder, 'base.csv'), shown: 'base.csv', columns, ...baseline };
    return openSamples({
      project,
      task,
      labels: { path: join(folder, evaluate.labels.path), shown: evaluate.labels.path },
      sides: 'base.csv' in files ? [candidate, base] : [candidate],
      requests,
      library: { environment: process.env, progress: SILENT },
      temporary: join(folder, 'temporary'),
      ...extra,
    });
  });
}

/** Two CSV files from rows of true and predicted values, with ids of our own and further columns by name. */
export function writeRows(
  truth: readonly (string | number)[],
  predicted: readonly (string | number)[],
  labelColumns: Readonly<Record<string, readonly (string | number)[]>> = {},
  predictionColumns: Readonly<Record<string, readonly (string | number)[]>> = {},
): Record<string, string> {
  const render = (head: string, values: readonly (string | number)[], more: typeof labelColumns) =>
    [
      ['id', head, ...Object.keys(more)].join(','),
      ...values.map((value, row) => [`r${row}`, value, ...Object.values(more).map((column) => column[row])].join(',')),
    ].join('\n');
  return {
    'data/test.csv': `${render('label', truth, labelColumns)}\n`,
    'out/predictions.csv': `${render('predicted', predicted, predictionColumns)}\n`,
  };
}

/** The metric of this name on all rows, or on one slice value. */
export function findMetric(evidence: EvaluationEvidence, name: string, slice?: string): Metric {
  const found = evidence.metrics.find((metric) => metric.name === name && metric.slice?.value === slice);
  if (!found) throw new Error(`no ${name}${slice === undefined ? '' : ` of ${slice}`}: ${evidence.reason}`);
  return found;
}
