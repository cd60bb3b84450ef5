import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { readProject } from '../../src/config/project.ts';
import type { Config, Rule } from '../../src/config/schema/modelgate.ts';
import { type ScoreInput, score } from '../../src/evaluation/score.ts';
import type { EvaluationEvidence, Metric } from '../../src/evidence/schema/evaluation.ts';
import { findViolations } from '../../src/evidence/validation.ts';
import { SILENT } from '../../src/progress.ts';

export const DIGEST = `sha256:${'c'.repeat(64)}`;

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
      metrics: task === 'regression' ? ['mae'] : ['accuracy'],
      ...Object.fromEntries(Object.entries(evaluate).filter(([key]) => key !== 'predictions' && key !== 'labels')),
    },
    ...(rules ? { gates: { rules } } : {}),
  };
}

/** Writes the files into a folder of their own, scores there, and removes it. A document that breaks its schema throws. */
export async function scoreFiles(
  config: Config,
  files: Readonly<Record<string, string | Uint8Array>>,
  extra: Partial<ScoreInput> = {},
  prepare: (folder: string) => Promise<void> = async () => {},
): Promise<EvaluationEvidence> {
  const folder = await mkdtemp(join(tmpdir(), 'score-'));
  try {
    for (const [path, content] of Object.entries({ 'modelgate.yml': stringify(config), ...files })) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
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
  } finally {
    await rm(folder, { recursive: true });
  }
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
