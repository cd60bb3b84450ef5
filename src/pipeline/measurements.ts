import { basename } from 'node:path';
import { resolveExisting } from '../config/paths.ts';
import { findRowEvaluation } from '../config/row-evaluation.ts';
import type { EvaluateConfig, Task } from '../config/schema/modelgate.ts';
import { detectFormat } from '../engine/tables.ts';
import { messageOf, UserMistake } from '../errors.ts';
import type { MetricRequest } from '../evaluation/requests.ts';
import { resolveReveal } from '../evaluation/reveal.ts';
import type { Measurements } from '../evaluation/samples.ts';
import { openSamples, type SideInput } from '../evaluation/sampling.ts';
import type { Unmeasured } from '../evaluation/sources.ts';
import type { EvidenceSet } from '../evidence/document.ts';
import { hashFile } from '../evidence/file-hash.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import type { Comparison } from '../evidence/schema/verdict.ts';
import type { BaselineLookup } from '../gate/baseline.ts';
import { keepDistinct, listCandidateRequests, listMovedRequests, listPairRequests } from './asked-requests.ts';
import { describeChanges } from './row-changes.ts';
import type { Run } from './run.ts';

/** Ids of newly broken, and of newly fixed rows, that evidence keeps. */
const MAX_IDS = 100;

/** What the gate decides with beside evidence, and what changed row by row. */
export interface RuleMeasurements {
  readonly measurements: Measurements;
  /** One for each baseline that was found; none where `reveal: verdict` withholds them. */
  readonly comparisons: readonly Comparison[];
}

const NOTHING_ASKED = { reason: 'no rule asks for more than the evidence holds' };

type Found = Extract<BaselineLookup, { readonly state: 'found' }>;

/**
 * Measures on the rows what the rules ask beyond evidence: the candidate alone, and beside each baseline whose predictions
 * are at hand. Files are read only where they have the content that the evidence speaks of. What cannot be measured is
 * data with its reason. `predictions` is where those of the candidate lie, if not where modelgate.yml says: absolute.
 */
export async function measureForRules(
  run: Run,
  evidence: EvidenceSet,
  baselines: readonly BaselineLookup[],
  { predictions }: { readonly predictions?: string | undefined } = {},
): Promise<RuleMeasurements> {
  const { config } = run.project;
  const alone = listCandidateRequests(config, evidence.evaluation);
  const found = baselines.filter((lookup) => lookup.state === 'found');
  const scene = await findScene(run, evidence.evaluation, predictions);
  const opened = alone.length === 0 ? NOTHING_ASKED : await open(run, scene, [], alone);
  const pairs = new Map<string, Measurements['candidate']>();
  const comparisons: Comparison[] = [];
  const reveal = resolveReveal(config);
  for (const lookup of found) {
    run.signal.throwIfAborted();
    const moved = reveal === 'verdict' ? [] : listMovedRequests(config);
    const requests = keepDistinct([...listPairRequests(config, lookup.name), ...moved]);
    if (reveal === 'verdict' && requests.length === 0) continue;
    const other = 'reason' in scene ? scene : await findOther(scene, lookup);
    const sides = 'reason' in other ? [] : [other];
    const pair = 'reason' in other ? other : await open(run, scene, sides, requests, reveal === 'rows' ? MAX_IDS : 0);
    pairs.set(lookup.name, 'reason' in pair ? pair : pair.samples);
    if (reveal !== 'verdict') comparisons.push(compare(lookup.name, pair, moved));
  }
  return { measurements: { candidate: 'reason' in opened ? opened : opened.samples, pairs }, comparisons };
}

type Opened = Awaited<ReturnType<typeof openSamples>>;

function compare(name: string, pair: Opened, moved: ReturnType<typeof listMovedRequests>): Comparison {
  if ('reason' in pair) return { baseline: name, rows: 0, disagreements: 0, reason: pair.reason };
  if (!pair.changes) throw new Error('two sides were compared without their changes');
  return describeChanges(name, pair.samples, pair.changes, moved);
}

/** The test set and the candidate’s predictions, as they were scored. */
export interface Scene {
  readonly task: Task;
  readonly evaluation: EvaluationEvidence;
  readonly labels: { readonly path: string; readonly shown: string };
  readonly candidate: SideInput;
}

async function open(
  { project, library, temporary, signal }: Run,
  scene: Scene | Unmeasured,
  others: readonly SideInput[],
  requests: readonly MetricRequest[],
  idLimit = 0,
): Promise<Opened> {
  if ('reason' in scene) return scene;
  const { task, labels, candidate } = scene;
  const sides = [candidate, ...others];
  return openSamples({ project, task, labels, sides, requests, library, temporary, signal, idLimit });
}

export async function findScene(
  { project }: Run,
  evaluation: EvaluationEvidence | undefined,
  placed: string | undefined,
): Promise<Scene | Unmeasured> {
  const { task } = project.config;
  const evaluate = findRowEvaluation(project.config);
  if (!task || !evaluate) return { reason: 'modelgate.yml names no predictions and labels' };
  if (!evaluation) return { reason: 'there is no evaluation to judge' };
  const { testSet, predictions, operatingPoint } = evaluation;
  if (!testSet || !predictions) return { reason: evaluation.reason.replace(/\.$/, '') };
  const find = (path: string) => resolveExisting(project, path).catch(readMistake);
  const labels = await find(evaluate.labels.path);
  if (typeof labels !== 'string') return { reason: `the test set cannot be read: ${labels.reason}` };
  const path = placed ?? (await find(evaluate.predictions.path));
  if (typeof path !== 'string') return { reason: `the predictions cannot be read: ${path.reason}` };
  const fault =
    (await findChange(labels, testSet.sha256, `the test set \`${testSet.path}\``)) ??
    (await findChange(path, predictions.sha256, `the predictions \`${predictions.path}\``));
  if (fault) return fault;
  const candidate = describeSide(path, predictions.path, evaluate.predictions, operatingPoint?.threshold);
  return { task, evaluation, labels: { path: labels, shown: testSet.path }, candidate };
}

export async function findOther(
  { task, evaluation, candidate }: Scene,
  lookup: Found,
): Promise<SideInput | Unmeasured> {
  const { name, predictions, evaluation: other } = lookup;
  if (other.model !== evaluation.model) return { reason: `it is of another model, ${other.model}` };
  if (other.task !== task) return { reason: `it was evaluated as a ${other.task}` };
  if (other.testSet?.sha256 !== evaluation.testSet?.sha256) {
    return { reason: 'it was measured on another test set, so the rows are not the same' };
  }
  if (!predictions) return { reason: 'its predictions are not at hand' };
  if ('reason' in predictions) return predictions;
  const { path, sha256, columns = candidate.columns, threshold } = predictions;
  const shown = `${basename(path)} of ${name}`;
  return (
    (await findChange(path, sha256, `the predictions \`${shown}\``)) ?? describeSide(path, shown, columns, threshold)
  );
}

function describeSide(
  path: string,
  shown: string,
  columns: EvaluateConfig['predictions'],
  threshold: number | undefined,
): SideInput {
  const format = detectFormat(shown) ?? detectFormat(path);
  return { path, shown, columns, ...(format ? { format } : {}), ...(threshold === undefined ? {} : { threshold }) };
}

/** That a file is not the one that evidence speaks of. */
async function findChange(path: string, sha256: string, what: string): Promise<Unmeasured | undefined> {
  const found = await hashFile(path).catch(() => undefined);
  if (!found) return { reason: `${what} cannot be read here` };
  return found.sha256 === sha256 ? undefined : { reason: `${what} has another content than what was scored` };
}

function readMistake(error: unknown): Unmeasured {
  if (error instanceof UserMistake) return { reason: error.problems[0]?.found ?? messageOf(error) };
  throw error;
}
