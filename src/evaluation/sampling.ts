import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Project } from '../config/project.ts';
import { findRowEvaluation } from '../config/row-evaluation.ts';
import type { EvaluateConfig, Task } from '../config/schema/modelgate.ts';
import { type Engine, openEngine } from '../engine/connection.ts';
import type { LibraryOptions } from '../engine/library.ts';
import { detectFormat, type Format } from '../engine/tables.ts';
import { type Joined, joinTables } from './joining.ts';
import { type AnswerSource, nameRole, openTables } from './opening.ts';
import type { MetricRequest } from './requests.ts';
import { fetchChanges, type RowChanges } from './row-changes.ts';
import { fetchSamples } from './sampled.ts';
import type { Samples } from './samples.ts';
import { describeError, type Source, type Unmeasured } from './sources.ts';
import { arrangeViews } from './views.ts';

export type { MovedRows, RowChanges } from './row-changes.ts';

/** A file of answers: the candidate’s, or a baseline’s. */
export interface SideInput {
  /** Absolute. */
  readonly path: string;
  /** As messages name it. */
  readonly shown: string;
  /** Without it the name decides. */
  readonly format?: Format;
  readonly columns: EvaluateConfig['predictions'];
  /** The positive class is predicted from this score on. */
  readonly threshold?: number;
}

export interface SamplingInput {
  readonly project: Project;
  readonly task: Task;
  readonly labels: { readonly path: string; readonly shown: string };
  /** The candidate, and perhaps a baseline to pair it with. */
  readonly sides: readonly SideInput[];
  readonly requests: readonly MetricRequest[];
  readonly library: LibraryOptions;
  /** The folder where the engine may spill. */
  readonly temporary: string;
  readonly signal?: AbortSignal | undefined;
  /** Ids of changed rows that are told, each way; without it none. */
  readonly idLimit?: number;
}

/**
 * Reads labels and predictions once and keeps the statistics that the requests need. Whatever keeps the rows from being
 * measured is an answer with its reason; an abort throws the signal's.
 */
export async function openSamples(
  input: SamplingInput,
): Promise<{ readonly samples: Samples; readonly changes?: RowChanges } | Unmeasured> {
  const labels = await findFile(input.labels, 'labels');
  const sides: (AnswerSource | Unmeasured)[] = [];
  for (const [at, side] of input.sides.entries()) {
    const found = await findFile(side, nameRole(at === 0 ? 0 : 1));
    const { columns, threshold } = side;
    sides.push('reason' in found ? found : { ...found, columns, ...(threshold === undefined ? {} : { threshold }) });
  }
  const unfound = [labels, ...sides].flatMap((source) => ('reason' in source ? [source.reason] : []));
  if ('reason' in labels || unfound.length > 0) return { reason: unfound.join('; ') };
  const found = sides.flatMap((side) => ('reason' in side ? [] : [side]));
  const engine = await openEngine({
    files: [...new Set([labels.path, ...found.map(({ path }) => path)])],
    library: input.library,
    temporary: join(input.temporary, 'engine'),
    ...(input.signal ? { signal: input.signal } : {}),
  });
  try {
    return await sample(engine, input, labels, found);
  } finally {
    await engine.close();
  }
}

async function sample(engine: Engine, input: SamplingInput, labels: Source, sides: readonly AnswerSource[]) {
  const { project, task, requests, signal } = input;
  const evaluate = findRowEvaluation(project.config);
  if (!evaluate) throw new Error('samples are of rows');
  const viewing = arrangeViews(project.config, requests);
  const opening = { task, evaluate, labels, sides, requests, slices: viewing.slices, signal };
  const opened = await openTables(engine, opening);
  if ('reason' in opened) return opened;
  const joined: Joined = await joinTables(engine, opened, evaluate.costs, signal);
  if ('reason' in joined) return { reason: joined.reason };
  const samples = await fetchSamples(engine, joined.table, viewing, opened.scoresLack);
  if ('reason' in samples) return samples;
  if (joined.table.sides.length === 1) return { samples };
  return { samples, changes: await fetchChanges(engine, joined.table, input.idLimit ?? 0) };
}

async function findFile(
  { path, shown, format }: { readonly path: string; readonly shown: string; readonly format?: Format },
  role: string,
): Promise<Source | Unmeasured> {
  const known = format ?? detectFormat(shown) ?? detectFormat(path);
  if (!known) return { reason: `the ${role} file \`${shown}\` is not named .csv, .parquet, .jsonl or .ndjson` };
  try {
    return { shown, path: await realpath(path), format: known };
  } catch (error) {
    return { reason: `the ${role} file \`${shown}\` cannot be read: ${describeError(error, path)}` };
  }
}
