import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import { normalize } from 'node:path/posix';
import { isInside, resolveExisting } from '../config/paths.ts';
import type { Project } from '../config/project.ts';
import type { Task } from '../config/schema/modelgate.ts';
import { openEngine } from '../engine/connection.ts';
import type { LibraryOptions } from '../engine/library.ts';
import { detectFormat } from '../engine/tables.ts';
import type { EvidenceSet } from '../evidence/document.ts';
import { createEnvelope, type Provenance } from '../evidence/envelope.ts';
import { hashFile } from '../evidence/file-hash.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import type { Progress } from '../progress.ts';
import { type Findings, measureSources } from './measuring.ts';
import { findPredictionFault } from './prediction-trust.ts';
import { resolveReveal } from './reveal.ts';
import { renderSentence } from './sentence.ts';
import { describeError, type Source, type Unmeasured } from './sources.ts';

export interface ScoreInput {
  readonly project: Project;
  readonly provenance: Provenance;
  readonly library: LibraryOptions;
  /** The folder where the engine may spill. */
  readonly temporary: string;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
  readonly parents: EvidenceSet;
  /** A baseline's predictions instead of the candidate's: relative to modelgate.yml, or absolute. */
  readonly predictions?: string;
  /** Where files lie that do not lie where modelgate.yml says: absolute. Evidence names them as modelgate.yml does. */
  readonly placed?: { readonly predictions?: string | undefined; readonly labels?: string | undefined };
}

/**
 * Joins the predictions with the labels and computes every metric that the file asks for. Whatever keeps it from
 * measuring is evidence with the outcome `cannot-measure` and its reason.
 */
export async function score(input: ScoreInput): Promise<EvaluationEvidence> {
  const { project, provenance, parents } = input;
  const { task, evaluate } = project.config;
  if (!task || !evaluate) throw new Error('scoring needs `task` and `evaluate`');
  const started = provenance.now();
  const step = input.progress.start('Scoring the predictions');
  try {
    const findings = await measure(input, task);
    const isBaseline = input.predictions !== undefined;
    const envelope = createEnvelope({
      kind: 'evaluation',
      provenance,
      started,
      parents: isBaseline ? [] : [parents.data, parents.training, parents.prediction],
      modelFiles: isBaseline ? [] : ((parents.training ?? parents.prediction)?.subject.modelFiles ?? []),
    });
    const reason = renderSentence(findings.reason);
    const told = resolveReveal(project.config) === 'verdict' ? 'Scored; the numbers are withheld' : reason;
    if (findings.outcome === 'pass') step.done(told);
    else step.fail(told);
    return { ...envelope, task, reveal: resolveReveal(project.config), ...findings, reason };
  } catch (error) {
    step.fail();
    throw error;
  }
}

async function measure(input: ScoreInput, task: Task): Promise<Findings> {
  const { project, parents, signal, placed } = input;
  const { evaluate } = project.config;
  const path = input.predictions ?? evaluate?.predictions.path ?? '';
  const blank = { outcome: 'cannot-measure', join: null, metrics: [], confusion: null } as const;
  const labels = await findSource(project, evaluate?.labels.path ?? '', 'labels', placed?.labels);
  const place = input.predictions === undefined ? placed?.predictions : undefined;
  const predictions = await findSource(project, path, 'predictions', place);
  const testSet = 'reason' in labels ? null : labels.digest;
  const files = {
    testSet,
    predictions: 'reason' in predictions ? null : predictions.digest,
    selfReported: isSelfReported(labels, predictions, input.predictions === undefined),
  };
  const distrust =
    input.predictions === undefined ? findPredictionFault(parents.prediction, path, files.predictions) : undefined;
  if (distrust !== undefined) return { ...blank, ...files, metrics: [], reason: distrust };
  const unfound = [labels, predictions].flatMap((source) => ('reason' in source ? [source.reason] : []));
  if ('reason' in labels || 'reason' in predictions) {
    return { ...blank, ...files, metrics: [], reason: unfound.join('; ') };
  }
  const engine = await openEngine({
    files: [...new Set([labels.path, predictions.path])],
    library: input.library,
    temporary: join(input.temporary, 'engine'),
    ...(signal ? { signal } : {}),
  });
  try {
    const found = await measureSources(engine, { config: project.config, task, labels, predictions, signal });
    return { ...blank, ...files, metrics: [], ...found };
  } finally {
    await engine.close();
  }
}

/** Labels in the file of the predictions, wherever the candidate's two were put. */
function isSelfReported(labels: Source | Unmeasured, predictions: Source | Unmeasured, isCandidate: boolean): boolean {
  if ('reason' in labels || 'reason' in predictions) return false;
  const sameName = normalize(labels.digest.path) === normalize(predictions.digest.path);
  return labels.path === predictions.path || (isCandidate && sameName);
}

/**
 * Finds and hashes a file: a path of modelgate.yml, or an absolute one, which may lie anywhere. `place` is where the file
 * lies instead. That it is missing, no file, or of no known format is an answer, not an exception.
 */
async function findSource(project: Project, path: string, role: string, place?: string): Promise<Source | Unmeasured> {
  try {
    const absolute = place ?? (isAbsolute(path) ? path : undefined);
    const real = absolute === undefined ? await resolveExisting(project, path) : await realpath(absolute);
    if (!(await stat(real)).isFile()) return { reason: `the ${role} file \`${path}\` is not a file` };
    const format = detectFormat(path) ?? detectFormat(real);
    if (!format) return { reason: `the ${role} file \`${path}\` is not named .csv, .parquet, .jsonl or .ndjson` };
    return { digest: { path: nameFile(project, path, real), ...(await hashFile(real)) }, path: real, format };
  } catch (error) {
    return {
      reason: `the ${role} file \`${nameUnread(path)}\` cannot be read: ${describeError(error, place ?? path)}`,
    };
  }
}

/** Evidence names no place of this machine: an absolute path is cut to the repository, or to the file's name. */
function nameFile(project: Project, path: string, real: string): string {
  if (!isAbsolute(path)) return path;
  if (!isInside(project.folder, real)) return basename(real);
  return relative(project.folder, real).split(sep).join('/');
}

function nameUnread(path: string): string {
  return isAbsolute(path) ? basename(path) : path;
}
