import { listFileDatasets } from '../../config/project.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { resolveScores } from '../../evaluation/score-columns.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import type { DatasetEvidence } from '../../evidence/schema/data.ts';
import type { ModelInterface } from '../../evidence/schema/manifest.ts';

/**
 * What the model takes and gives. Inputs: the columns that it was trained on, less the id, the label and what it predicts
 * itself. Classes: those that scores are given for, or else those that were found.
 */
export function describeInterface(config: Config, evidence: EvidenceSet): ModelInterface {
  const { predictions, labels } = config.evaluate ?? {};
  const scores = resolveScores(config);
  const outputs = [predictions?.prediction, ...(scores?.columns.map(({ column }) => column) ?? [])].flatMap(
    (column) => column ?? [],
  );
  const columns = findFeatures(config, evidence)?.columns ?? [];
  const aside = [predictions?.id, labels?.id, labels?.label, ...outputs];
  const named = scores && !scores.single ? scores.columns.map(({ className }) => className) : undefined;
  return {
    task: config.task ?? null,
    inputs: sortNames(columns.filter((column) => !aside.includes(column))),
    outputs: sortNames(outputs),
    classes: sortNames(named ?? evidence.evaluation?.confusion?.classes ?? []),
  };
}

/** The data set that shows the model's inputs: `train`, else the one that is scored, else the first. */
function findFeatures(config: Config, { data }: EvidenceSet): DatasetEvidence | undefined {
  const datasets = data?.datasets ?? [];
  const scored = listFileDatasets(config).find(([, { path }]) => path === config.evaluate?.labels?.path)?.[0];
  return [...['train', scored].map((wanted) => datasets.find(({ name }) => name === wanted)), datasets[0]].find(
    (dataset) => dataset !== undefined,
  );
}

/** By code unit, each once: the same on every machine. */
function sortNames(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
