import type { EvaluateConfig, Task } from '../config/schema/modelgate.ts';
import type { Engine } from '../engine/connection.ts';
import type { Table } from '../engine/tables.ts';
import { findMissingColumns, type WantedColumn } from './columns.ts';
import type { Side } from './joined-table.ts';
import type { MetricRequest } from './requests.ts';
import { arrangeScores, matchScores, type ScoreColumns } from './score-columns.ts';
import { openSource, type Source, type Unmeasured } from './sources.ts';

/** A file of answers, and how to read it. */
export interface AnswerSource extends Source {
  readonly columns: EvaluateConfig['predictions'];
  /** The positive class is predicted from this score on; the column of predictions is then not read. */
  readonly threshold?: number;
}

/** What to open: the truth, and one or two files of answers. */
export interface Opening {
  readonly task: Task;
  readonly evaluate: EvaluateConfig;
  readonly labels: Source;
  readonly sides: readonly AnswerSource[];
  readonly requests: readonly MetricRequest[];
  /** Columns of the labels that slice or group. */
  readonly slices: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** A file of answers that has all columns that it should have. */
export interface OpenedSide {
  readonly table: Table;
  /** As messages name it. */
  readonly shown: string;
  readonly columns: EvaluateConfig['predictions'];
  /** In the order of the scores of the opened files. */
  readonly scoreColumns: readonly string[];
  readonly threshold?: number;
}

export interface Opened {
  readonly task: Task;
  readonly labels: { readonly table: Table; readonly shown: string; readonly columns: EvaluateConfig['labels'] };
  readonly sides: readonly OpenedSide[];
  /** What all sides have scores of. */
  readonly scores: ScoreColumns | undefined;
  /** Why there are none, where only one side has them. */
  readonly scoresLack?: string;
  readonly hasLimits: boolean;
  readonly slices: readonly string[];
  readonly positive: string | undefined;
  /** Whether truth and answers are numbers, not classes. */
  readonly numeric: boolean;
}

/** How a message names the predictions of a side. */
export function nameRole(side: Side): string {
  return side === 0 ? 'predictions' : "baseline's predictions";
}

/** Opens the files as tables and finds their columns; what is missing in any of them is one answer. */
export async function openTables(engine: Engine, opening: Opening): Promise<Opened | Unmeasured> {
  const { task, evaluate, labels, sides, requests, slices, signal } = opening;
  const labelTable = await openSource(engine, labels, 'labels', signal);
  const tables: (Table | Unmeasured)[] = [];
  for (const [at, side] of sides.entries()) {
    tables.push(await openSource(engine, side, nameRole(at as Side), signal));
  }
  const unread = [labelTable, ...tables].flatMap((table) => ('reason' in table ? [table.reason] : []));
  const opened = tables.flatMap((table) => ('reason' in table ? [] : [table]));
  if ('reason' in labelTable || unread.length > 0) return { reason: unread.join('; ') };
  const own = sides.map((side) => arrangeScores(side.columns, evaluate.positive));
  const fault = findNameFault(evaluate, requests, own);
  if (fault) return fault;
  const missing = [
    findMissingColumns(labelTable, labels.shown, listLabelColumns(evaluate.labels, slices)),
    ...opened.map((table, at) => {
      const side = sides[at];
      return side && findMissingColumns(table, side.shown, listAnswerColumns(side, own[at]));
    }),
  ].filter((text) => text !== undefined);
  if (missing.length > 0) return { reason: missing.join('; ') };
  const wanted = own[0];
  const matched = own.map((scores) => (wanted ? matchScores(wanted, scores) : []));
  const lack = matched.flatMap((match, at) =>
    'reason' in match ? [`\`${sides[at]?.shown}\` cannot be paired by scores: ${match.reason}`] : [],
  )[0];
  const bare = sides.find(({ threshold }) => threshold !== undefined && (lack !== undefined || !wanted?.single));
  if (bare) return { reason: lack ?? `there is no single score to hold the threshold of \`${bare.shown}\` against` };
  return {
    task,
    labels: { table: labelTable, shown: labels.shown, columns: evaluate.labels },
    sides: opened.map((table, at) => {
      const side = sides[at];
      const columns = matched[at];
      if (!side || !columns) throw new Error('a side was lost');
      return {
        table,
        shown: side.shown,
        columns: side.columns,
        scoreColumns: lack !== undefined || 'reason' in columns ? [] : columns,
        ...(side.threshold === undefined ? {} : { threshold: side.threshold }),
      };
    }),
    scores: lack === undefined ? wanted : undefined,
    ...(lack === undefined ? {} : { scoresLack: lack }),
    hasLimits: sides.every(({ columns }) => columns.limits !== undefined),
    slices,
    positive: evaluate.positive,
    numeric: task === 'regression' || task === 'ranking',
  };
}

function findNameFault(
  { positive }: EvaluateConfig,
  requests: readonly MetricRequest[],
  scores: readonly (ScoreColumns | undefined)[],
): Unmeasured | undefined {
  if (positive === undefined && scores.some((own) => own?.single)) {
    return {
      reason:
        '`predictions.scores` names one column, and `evaluate.positive` does not say which class it is the probability of',
    };
  }
  const named = [
    positive,
    ...requests.map((request) => request.positive),
    ...scores.flatMap((own) => own?.columns.map(({ className }) => className) ?? []),
  ];
  if (!named.some((name) => name?.includes('\0'))) return undefined;
  return { reason: 'a class of modelgate.yml has a NUL character in its name' };
}

function listLabelColumns(labels: EvaluateConfig['labels'], slices: readonly string[]): WantedColumn[] {
  const optional = (['weight', 'cluster', 'query'] as const).flatMap((key) => {
    const column = labels[key];
    return column === undefined ? [] : [{ key: `labels.${key}`, column }];
  });
  return [
    { key: 'labels.id', column: labels.id },
    { key: 'labels.label', column: labels.label },
    ...optional,
    ...slices.map((column) => ({ key: 'a slice or a group', column })),
  ];
}

function listAnswerColumns({ columns, threshold }: AnswerSource, scores: ScoreColumns | undefined): WantedColumn[] {
  return [
    { key: 'predictions.id', column: columns.id },
    ...(threshold === undefined ? [{ key: 'predictions.prediction', column: columns.prediction }] : []),
    ...(scores?.columns ?? []).map(({ column }) => ({ key: 'predictions.scores', column })),
    ...(columns.limits
      ? [
          { key: 'predictions.limits.low', column: columns.limits.low },
          { key: 'predictions.limits.high', column: columns.limits.high },
        ]
      : []),
  ];
}
