import { join } from 'node:path';
import { normalize } from 'node:path/posix';
import { listFileDatasets, type Project } from '../config/project.ts';
import { measuresRows } from '../config/row-evaluation.ts';
import type { EvaluateConfig } from '../config/schema/modelgate.ts';
import { openEngine } from '../engine/connection.ts';
import type { LibraryOptions } from '../engine/library.ts';
import type { EvidenceSet } from '../evidence/document.ts';
import { createEnvelope, type Provenance } from '../evidence/envelope.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import { isHeard } from '../log.ts';
import type { Progress } from '../progress.ts';
import { type Findings, measureSources } from './measuring.ts';
import { computeMeasuringDigest } from './measuring-digest.ts';
import { fetchOperatingPoint } from './operating-point/operating-point.ts';
import { findPredictionFault } from './prediction-trust.ts';
import { concludeReported } from './reported/alone.ts';
import { readReported } from './reported/reading.ts';
import { resolveReveal } from './reveal.ts';
import { renderSentence } from './sentence.ts';
import { findSource, locateSource } from './source-files.ts';
import type { HashedSource, Source, Unmeasured } from './sources.ts';

export interface ScoreInput {
  readonly project: Project;
  readonly provenance: Provenance;
  readonly library: LibraryOptions;
  /** The folder where the engine may spill. */
  readonly temporary: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  /** Of the process, which tells whether its log is a workflow’s. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly parents: EvidenceSet;
  /** A baseline's predictions instead of the candidate's: relative to modelgate.yml, or absolute. */
  readonly predictions?: string;
  /** From which score on that baseline predicts the positive class; without it its own predictions count. */
  readonly threshold?: number | undefined;
  /** Where files lie that do not lie where modelgate.yml says: absolute. Evidence names them as modelgate.yml does. */
  readonly placed?: { readonly predictions?: string | undefined; readonly labels?: string | undefined };
}

/**
 * Joins the predictions with the labels and computes every metric that the file asks for, or reads what others reported
 * where the file names no rows. Whatever keeps it from measuring is evidence with the outcome `cannot-measure` and its reason.
 */
export async function score(input: ScoreInput): Promise<EvaluationEvidence> {
  const { project, provenance, parents } = input;
  const { task, evaluate } = project.config;
  if (!evaluate) throw new Error('scoring needs `evaluate`');
  const started = provenance.now();
  const step = input.progress.start('Scoring the predictions');
  try {
    const isBaseline = input.predictions !== undefined;
    // Files of numbers are the candidate’s: of a baseline nobody kept them.
    const reported = evaluate.reported && !isBaseline ? await readReported(project, parents) : undefined;
    const findings = measuresRows(evaluate)
      ? await measure(input, evaluate)
      : concludeReported(project.config, reported?.metrics ?? [], parents.prediction);
    const envelope = createEnvelope({
      kind: 'evaluation',
      provenance,
      started,
      parents: isBaseline ? [] : [parents.data, parents.training, parents.prediction],
      modelFiles: isBaseline ? [] : ((parents.training ?? parents.prediction)?.subject.modelFiles ?? []),
    });
    const reason = renderSentence(findings.reason);
    // What comes of a test set with a budget is told once it is counted, and even a number that is missing comes of it.
    const isUncounted = project.config.gates?.budget !== undefined && isHeard(input.environment ?? {});
    if (isUncounted && findings.join) step.done('Scored');
    else if (findings.outcome === 'pass') step.done(tellScore(project, reason));
    else step.fail(tellScore(project, reason));
    return {
      ...envelope,
      ...(task ? { task } : {}),
      reveal: resolveReveal(project.config),
      measuredBy: computeMeasuringDigest(project.config),
      ...findings,
      ...(reported ? { metrics: [...findings.metrics, ...reported.metrics], reported: reported.files } : {}),
      reason,
    };
  } catch (error) {
    step.fail();
    throw error;
  }
}

function tellScore({ config }: Project, reason: string): string {
  return resolveReveal(config) === 'verdict' ? 'Scored; the numbers are withheld' : reason;
}

async function measure(input: ScoreInput, evaluate: EvaluateConfig): Promise<Findings> {
  const { project, parents, signal, placed } = input;
  const { task } = project.config;
  if (!task) throw new Error('scoring rows needs `task`');
  const isBaseline = input.predictions !== undefined;
  const path = input.predictions ?? evaluate.predictions.path;
  const blank = { outcome: 'cannot-measure', join: null, metrics: [], confusion: null } as const;
  const labels = await findSource(project, evaluate.labels.path, 'labels', placed?.labels);
  const predictions = await findSource(project, path, 'predictions', isBaseline ? undefined : placed?.predictions);
  const files = {
    testSet: 'reason' in labels ? null : labels.digest,
    predictions: 'reason' in predictions ? null : predictions.digest,
    selfReported: isSelfReported(labels, predictions, !isBaseline),
  };
  const distrust = isBaseline ? undefined : findPredictionFault(parents.prediction, path, files.predictions);
  if (distrust !== undefined) return { ...blank, ...files, metrics: [], reason: distrust };
  if ('reason' in labels || 'reason' in predictions) {
    const unfound = [labels, predictions].flatMap((source) => ('reason' in source ? [source.reason] : []));
    return { ...blank, ...files, metrics: [], reason: unfound.join('; ') };
  }
  const training = await findTraining(project);
  const validation = isBaseline ? undefined : await findValidation(project, evaluate['operating-point']);
  if (validation && 'reason' in validation) return { ...blank, ...files, metrics: [], reason: validation.reason };
  const strange =
    validation &&
    findPredictionFault(parents.prediction, validation.predictions.digest.path, validation.predictions.digest);
  if (strange !== undefined) return { ...blank, ...files, metrics: [], reason: strange };
  const read = [labels, predictions, training, validation?.predictions, validation?.labels];
  const engine = await openEngine({
    files: [...new Set(read.flatMap((source) => source?.path ?? []))],
    library: input.library,
    temporary: join(input.temporary, 'engine'),
    ...(signal ? { signal } : {}),
  });
  try {
    const { config } = project;
    const point = validation && (await fetchOperatingPoint(engine, { config, ...validation, test: labels, signal }));
    if (point && 'reason' in point) {
      const reason = `no threshold can be chosen: ${point.reason}`;
      return { ...blank, ...files, metrics: [], reason };
    }
    const threshold = point?.threshold ?? input.threshold;
    const columns = evaluate.predictions;
    const side = { ...predictions, columns, ...(threshold === undefined ? {} : { threshold }) };
    const found = await measureSources(engine, { config, task, labels, predictions: side, training, signal });
    return { ...blank, ...files, metrics: [], ...(point ? { operatingPoint: point } : {}), ...found };
  } finally {
    await engine.close();
  }
}

/** The rows that the threshold is chosen on. */
async function findValidation(
  project: Project,
  point: EvaluateConfig['operating-point'],
): Promise<{ predictions: HashedSource; labels: HashedSource } | Unmeasured | undefined> {
  if (!point) return undefined;
  const predictions = await findSource(project, point.predictions, 'validation predictions');
  const labels = await findSource(project, point.labels, 'validation labels');
  if ('reason' in predictions || 'reason' in labels) {
    const unfound = [predictions, labels].flatMap((source) => ('reason' in source ? [source.reason] : []));
    return { reason: unfound.join('; ') };
  }
  return { predictions, labels };
}

/** The data that the model was trained on; undefined where none are named, or at hand. */
async function findTraining(project: Project): Promise<Source | undefined> {
  const dataset = listFileDatasets(project.config).find(([name]) => name === 'train')?.[1];
  if (!dataset) return undefined;
  const found = await locateSource(project, dataset.path, 'training', dataset.format);
  return 'reason' in found ? undefined : found;
}

/** Labels in the file of the predictions, wherever the candidate's two were put. */
function isSelfReported(
  labels: HashedSource | Unmeasured,
  predictions: HashedSource | Unmeasured,
  isCandidate: boolean,
): boolean {
  if ('reason' in labels || 'reason' in predictions) return false;
  const sameName = normalize(labels.digest.path) === normalize(predictions.digest.path);
  return labels.path === predictions.path || (isCandidate && sameName);
}
