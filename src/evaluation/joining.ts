import type { Config } from '../config/schema/modelgate.ts';
import type { Engine } from '../engine/connection.ts';
import type { Join } from '../evidence/schema/evaluation.ts';
import { fetchClasses, findClassFault } from './classes.ts';
import { describeJoinFaults } from './join-faults.ts';
import { countAnswerFaults, countLabelFaults, countMeetings, type JoinReport, summarizeJoin } from './join-report.ts';
import { createJoined, dropLoaded } from './joined-rows.ts';
import type { JoinedTable, Side } from './joined-table.ts';
import { loadTables } from './loading.ts';
import type { Opened } from './opening.ts';
import { describeError } from './sources.ts';

/** The rows of all files side by side, or why they cannot be put so. `join` is there as soon as the rows were counted. */
export type Joined =
  | { readonly table: JoinedTable; readonly join: Join }
  | { readonly reason: string; readonly join?: Join };

/** Reads the opened files and joins them by id into the temporary table `joined`, of which nothing else remains. */
export async function joinTables(
  engine: Engine,
  opened: Opened,
  costs: NonNullable<Config['evaluate']>['costs'],
  signal: AbortSignal | undefined,
): Promise<Joined> {
  try {
    await loadTables(engine, opened);
  } catch (error) {
    signal?.throwIfAborted();
    const paths = opened.sides.flatMap(({ table }) => table.files.map(({ path }) => path));
    const path = paths.find((own) => String(error).includes(own)) ?? '';
    return { reason: `the rows cannot be read: ${describeError(error, path)}` };
  }
  const labels = await countLabelFaults(engine, opened);
  const answers = [];
  for (const at of opened.sides.keys()) answers.push(await countAnswerFaults(engine, opened, at as Side));
  const classes = opened.numeric ? [] : await fetchClasses(engine, opened);
  const classFault = 'reason' in classes ? classes.reason : findFault(opened, classes);
  const sound =
    labels.rows > 0 &&
    [labels, ...answers].every(({ rows, invalidRows }) => rows === labels.rows && invalidRows === 0) &&
    !labels.weightless &&
    labels.varying.length === 0;
  if (sound && classFault === undefined && !('reason' in classes)) {
    const names = classes.map(({ name }) => name);
    if (await createJoined(engine, opened, names, labels.rows)) {
      await dropLoaded(engine, opened);
      return { table: describeTable(opened, names, labels.rows, costs), join: joinOf(labels.rows) };
    }
  }
  const met = await countMeetings(engine, opened);
  const report: JoinReport = {
    labels: { ...labels, duplicatedIds: met.labels },
    sides: answers.flatMap((answer, at) => {
      const meeting = met.sides[at];
      return meeting ? [{ ...answer, ...meeting }] : [];
    }),
  };
  const reason = describeJoinFaults(report, {
    labels: opened.labels.shown,
    sides: opened.sides.map(({ shown }) => shown),
    task: opened.task,
    weight: opened.labels.columns.weight,
  });
  const fault = reason ?? classFault;
  if (fault === undefined) throw new Error('rows that meet could not be joined');
  return { reason: fault, join: summarizeJoin(report) };
}

function findFault(opened: Opened, classes: Parameters<typeof findClassFault>[0]): string | undefined {
  return opened.numeric ? undefined : findClassFault(classes, opened);
}

function joinOf(rows: number): Join {
  return {
    labels: rows,
    predictions: rows,
    matched: rows,
    missingPredictions: 0,
    unexpectedPredictions: 0,
    duplicatedIds: 0,
    invalidRows: 0,
  };
}

function describeTable(
  opened: Opened,
  classes: readonly string[],
  rows: number,
  costs: NonNullable<Config['evaluate']>['costs'],
): JoinedTable {
  const { weight, cluster } = opened.labels.columns;
  return {
    task: opened.task,
    sides: opened.sides.map((_, at) => at as Side),
    rows,
    classes,
    scores: opened.scores,
    hasLimits: opened.hasLimits,
    weighted: weight !== undefined,
    clustered: cluster !== undefined,
    costs: costs && classes.map((truth) => classes.map((predicted) => readCost(costs, truth, predicted))),
  };
}

/** What is not named costs nothing. A class called `constructor` is a class like any other. */
function readCost(costs: Readonly<Record<string, Readonly<Record<string, number>>>>, truth: string, predicted: string) {
  const row = Object.hasOwn(costs, truth) ? costs[truth] : undefined;
  return row && Object.hasOwn(row, predicted) ? (row[predicted] ?? 0) : 0;
}
