import { findRowEvaluation } from '../config/row-evaluation.ts';
import type { Config, Task } from '../config/schema/modelgate.ts';
import type { Engine } from '../engine/connection.ts';
import type { Curve, EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import { fetchConfusion } from './confusion.ts';
import { fetchCurves } from './curves/curves.ts';
import type { JoinedTable } from './joined-table.ts';
import { joinTables } from './joining.ts';
import { describeMetrics } from './metric-entries.ts';
import { type AnswerSource, openTables } from './opening.ts';
import { expandClasses, listRequests } from './requests.ts';
import { resolveReveal } from './reveal.ts';
import { fetchSamples } from './sampled.ts';
import type { HashedSource, Source } from './sources.ts';
import { fetchUnseenLabels } from './unseen-labels.ts';
import { arrangeViews } from './views.ts';

/** What scoring adds to the envelope. */
export type Findings = Pick<
  EvaluationEvidence,
  | 'outcome'
  | 'reason'
  | 'testSet'
  | 'predictions'
  | 'selfReported'
  | 'join'
  | 'metrics'
  | 'confusion'
  | 'curves'
  | 'operatingPoint'
>;

interface Measuring {
  readonly config: Config;
  readonly task: Task;
  readonly labels: HashedSource;
  readonly predictions: AnswerSource;
  /** The data that the model was trained on, where they are at hand. */
  readonly training: Source | undefined;
  readonly signal: AbortSignal | undefined;
}

type Found = Pick<Findings, 'reason'> & Partial<Findings>;

/** Reads both files, joins them and computes. The reason of a failure comes with all that was found before it. */
export async function measureSources(engine: Engine, measuring: Measuring): Promise<Found> {
  const { config, task, labels, predictions, training, signal } = measuring;
  const evaluate = findRowEvaluation(config);
  if (!evaluate) throw new Error('rows are scored where `evaluate` names none');
  const requests = listRequests(config);
  const { slices } = arrangeViews(config, requests);
  const opened = await openTables(engine, { task, evaluate, labels, sides: [predictions], requests, slices, signal });
  if ('reason' in opened) return opened;
  const joined = await joinTables(engine, opened, evaluate.costs, signal);
  if ('reason' in joined) return joined;
  const { table, join } = joined;
  const asked = expandClasses(requests, table.classes, task);
  const samples = await fetchSamples(engine, table, arrangeViews(config, asked), opened.scoresLack);
  if ('reason' in samples) return { join, ...samples };
  const metrics = await describeMetrics(samples, asked, signal);
  const unseenLabels =
    training && table.classes.length > 0
      ? await fetchUnseenLabels(engine, table, training, evaluate.labels.label, signal)
      : undefined;
  const curves = await fetchAskedCurves(engine, table, config);
  return {
    join: { ...join, ...(unseenLabels ? { unseenLabels } : {}) },
    metrics,
    confusion: await fetchConfusion(engine, table),
    ...(curves.length > 0 ? { curves } : {}),
    ...conclude(config, metrics, table.rows),
  };
}

/** The curves of a binary score; that of calibration only where a calibration error is asked for. */
async function fetchAskedCurves(engine: Engine, table: JoinedTable, config: Config): Promise<Curve[]> {
  const { positive = table.classes.at(-1), metrics = [] } = config.evaluate ?? {};
  if (table.task !== 'binary-classification' || !table.scores || positive === undefined) return [];
  const wantsCalibration = metrics.some((name) => name === 'ece' || name === 'adaptive-ece');
  const curves = await fetchCurves(engine, table, positive, resolveReveal(config));
  return curves.filter(({ kind }) => kind !== 'calibration' || wantsCalibration);
}

/** A slice without a value is for the rule that asks for it to judge; a number that `evaluate` asks for is not. */
function conclude(config: Config, metrics: Findings['metrics'], rows: number): Pick<Findings, 'outcome' | 'reason'> {
  const asked = new Set(config.evaluate?.metrics);
  const missing = metrics.filter(
    ({ name, slice, group, value }) => value === null && !slice && !group && asked.has(name),
  );
  if (missing.length > 0) {
    return {
      outcome: 'cannot-measure',
      reason: missing.map(({ name, reason }) => `\`${name}\` cannot be measured: ${reason}`).join('; '),
    };
  }
  return {
    outcome: 'pass',
    reason: `${asked.size} ${asked.size === 1 ? 'metric' : 'metrics'} on ${rows} ${rows === 1 ? 'row' : 'rows'}`,
  };
}
