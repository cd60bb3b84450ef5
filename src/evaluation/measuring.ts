import type { Config, Task } from '../config/schema/modelgate.ts';
import type { Engine } from '../engine/connection.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import { fetchClasses, findClassFault } from './classes.ts';
import { findMissingColumns, type WantedColumn } from './columns.ts';
import { arrangeConfusion } from './confusion.ts';
import { countTallies, joinSides } from './counting.ts';
import { describeJoinFaults } from './join-faults.ts';
import { countJoin, type JoinReport, loadSides, type Sides } from './joining.ts';
import { computeMetrics } from './metrics.ts';
import { listRequests, type MetricRequest } from './requests.ts';
import { resolveScores } from './score-columns.ts';
import { describeError, openSource, type Source, type Unmeasured } from './sources.ts';

/** What scoring adds to the envelope. */
export type Findings = Pick<
  EvaluationEvidence,
  'outcome' | 'reason' | 'testSet' | 'predictions' | 'selfReported' | 'join' | 'metrics' | 'confusion'
>;

/** A confusion matrix of more classes is too large to read, and is left out. */
const MAX_CONFUSION_CLASSES = 100;

interface Measuring {
  readonly config: Config;
  readonly task: Task;
  readonly labels: Source;
  readonly predictions: Source;
  readonly signal: AbortSignal | undefined;
}

type Found = Pick<Findings, 'reason'> & Partial<Findings>;

/** Reads both files, joins them and computes. The reason of a failure comes with all that was found before it. */
export async function measureSources(engine: Engine, measuring: Measuring): Promise<Found> {
  const { config, task, labels, predictions, signal } = measuring;
  const requests = listRequests(config);
  const sides = await openSides(engine, measuring, requests);
  if ('reason' in sides) return sides;
  let report: JoinReport;
  try {
    await loadSides(engine, sides);
    report = await countJoin(engine, sides.scores);
  } catch (error) {
    signal?.throwIfAborted();
    return { reason: `the rows cannot be read: ${describeError(error, predictions.path)}` };
  }
  const { join } = report;
  const names = { labels: labels.digest.path, predictions: predictions.digest.path, regression: sides.regression };
  const fault = describeJoinFaults(report, names);
  if (fault !== undefined) return { join, reason: fault };
  const classes = sides.regression ? [] : await fetchClasses(engine);
  if ('reason' in classes) return { join, ...classes };
  const classFault = sides.regression ? undefined : findClassFault(classes, task, sides.scores);
  if (classFault !== undefined) return { join, reason: classFault };
  await joinSides(engine, sides, task === 'binary-classification');
  const list = classes.map(({ name }) => name);
  const tallies = await countTallies(engine, sides, list, requests);
  if ('reason' in tallies) return { join, ...tallies };
  const metrics = computeMetrics(tallies, requests);
  const confusion =
    sides.regression || list.length > MAX_CONFUSION_CLASSES
      ? null
      : { classes: list, counts: arrangeConfusion(tallies.whole.cells, list.length) };
  return { join, metrics, confusion, ...conclude(config, metrics, tallies.whole.n) };
}

async function openSides(
  engine: Engine,
  { config, task, labels, predictions, signal }: Measuring,
  requests: readonly MetricRequest[],
): Promise<Sides | Unmeasured> {
  const { evaluate } = config;
  if (!evaluate) throw new Error('scoring needs `evaluate`');
  const labelTable = await openSource(engine, labels, 'labels', signal);
  const predictionTable = await openSource(engine, predictions, 'predictions', signal);
  if ('reason' in labelTable || 'reason' in predictionTable) {
    const unread = [labelTable, predictionTable].flatMap((table) => ('reason' in table ? [table.reason] : []));
    return { reason: unread.join('; ') };
  }
  const scores = resolveScores(config);
  if (scores?.single && evaluate.positive === undefined) {
    return {
      reason:
        '`predictions.scores` names one column, and `evaluate.positive` does not say which class it is the probability of',
    };
  }
  const named = [
    evaluate.positive,
    ...requests.map(({ positive }) => positive),
    ...(scores?.columns ?? []).map(({ className }) => className),
  ];
  if (named.some((name) => name?.includes('\0')))
    return { reason: 'a class of modelgate.yml has a NUL character in its name' };
  const columns = [...new Set(requests.flatMap(({ column, group }) => [column, group]))].filter(
    (name) => name !== undefined,
  );
  const wantedLabels: WantedColumn[] = [
    { key: 'labels.id', column: evaluate.labels.id },
    { key: 'labels.label', column: evaluate.labels.label },
    ...columns.map((column) => ({ key: 'a slice or a group', column })),
  ];
  const wantedPredictions: WantedColumn[] = [
    { key: 'predictions.id', column: evaluate.predictions.id },
    { key: 'predictions.prediction', column: evaluate.predictions.prediction },
    ...(scores?.columns ?? []).map(({ column }) => ({ key: 'predictions.scores', column })),
  ];
  const missing = [
    findMissingColumns(labelTable, labels.digest.path, wantedLabels),
    findMissingColumns(predictionTable, predictions.digest.path, wantedPredictions),
  ].filter((text) => text !== undefined);
  if (missing.length > 0) return { reason: missing.join('; ') };
  return {
    labels: { table: labelTable, id: evaluate.labels.id, label: evaluate.labels.label },
    predictions: {
      table: predictionTable,
      id: evaluate.predictions.id,
      prediction: evaluate.predictions.prediction,
    },
    scores,
    columns,
    regression: task === 'regression',
  };
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
