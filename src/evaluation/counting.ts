import type { Engine } from '../engine/connection.ts';
import { nameSlice, type Sides } from './joining.ts';
import type { MetricRequest } from './requests.ts';
import { nameScore, renderRankingScore, renderScoreTerms } from './score-columns.ts';
import type { Unmeasured } from './sources.ts';
import type { Tallies, Tally } from './tally.ts';
import { fetchCalibration, fetchCells, fetchErrors, fetchPlaces, fetchSums } from './tally-queries.ts';

/** A column with more values is no column to slice by. */
const MAX_SLICE_VALUES = 1000;

const WHOLE = 'slice_all';

/**
 * Joins the loaded sides into the temporary table `joined`, one row an id, and drops them.
 * `binary` says that there are two classes.
 */
export async function joinSides(engine: Engine, sides: Sides, binary: boolean): Promise<void> {
  const { scores, regression, columns } = sides;
  const names = (scores?.columns ?? []).map((_, at) => nameScore(at));
  const items = [
    'truth',
    'predicted',
    `'' AS ${WHOLE}`,
    ...columns.map((_, at) => nameSlice(at)),
    ...names,
    ...(scores && !regression ? renderScoreTerms(scores, binary) : []),
  ];
  await engine.run(
    `CREATE TEMP TABLE joined AS SELECT ${items.join(', ')} FROM labels JOIN predictions ON labels.id = predictions.id`,
  );
  await engine.run('DROP TABLE labels');
  await engine.run('DROP TABLE predictions');
}

/** Counts and adds up what the requests need, for all rows and for each value of each column. */
export async function countTallies(
  engine: Engine,
  sides: Sides,
  classes: readonly string[],
  requests: readonly MetricRequest[],
): Promise<Tallies | Unmeasured> {
  const excess = await findExcess(engine, sides.columns);
  if (excess) return { reason: excess };
  const columns = new Map<string, { value: string; tally: Tally }[]>();
  for (const [at, column] of sides.columns.entries()) {
    const asked = requests.filter((request) => request.column === column);
    columns.set(column, await countView(engine, nameSlice(at), sides, classes, asked));
  }
  const asked = requests.filter((request) => request.column === undefined);
  const [whole] = await countView(engine, WHOLE, sides, classes, asked);
  if (!whole) return { reason: 'there are no rows' };
  return { classes, whole: whole.tally, columns };
}

async function findExcess(engine: Engine, columns: readonly string[]): Promise<string | undefined> {
  for (const [at, column] of columns.entries()) {
    const [row] = await engine.rows<{ n: number }>(`SELECT count(DISTINCT ${nameSlice(at)}) AS n FROM joined`);
    if ((row?.n ?? 0) > MAX_SLICE_VALUES) {
      return `the column \`${column}\` has ${row?.n} values; slices are of at most ${MAX_SLICE_VALUES}`;
    }
  }
  return undefined;
}

async function countView(
  engine: Engine,
  view: string,
  sides: Sides,
  classes: readonly string[],
  requests: readonly MetricRequest[],
): Promise<{ value: string; tally: Tally }[]> {
  const asks = (name: string) => requests.some((request) => request.name === name);
  const { scores, regression } = sides;
  if (regression) {
    const errors = await fetchErrors(engine, view);
    return arrange([...errors].map(([value, sums]) => [value, { n: sums.absolute.n, cells: [], errors: sums }]));
  }
  const cells = await fetchCells(engine, view, new Map(classes.map((name, at) => [name, at])));
  const losses = asks('log-loss') && scores ? await fetchSums(engine, view, 'loss') : undefined;
  const briers = asks('brier') && scores ? await fetchSums(engine, view, 'brier') : undefined;
  const calibration = asks('ece') && scores ? await fetchCalibration(engine, view) : undefined;
  const places = await fetchAllPlaces(engine, view, sides, requests);
  return arrange(
    [...cells].map(([value, own]) => {
      const logLoss = losses?.get(value);
      const brier = briers?.get(value);
      const bins = calibration?.get(value);
      const ranks = new Map(
        [...places].flatMap(([positive, sums]) => {
          const found = sums.get(value);
          return found ? [[positive, found] as const] : [];
        }),
      );
      const tally: Tally = {
        n: own.reduce((sum, { count }) => sum + count, 0),
        cells: own,
        ...(logLoss ? { logLoss } : {}),
        ...(brier ? { brier } : {}),
        ...(bins ? { calibration: bins } : {}),
        places: ranks,
      };
      return [value, tally];
    }),
  );
}

async function fetchAllPlaces(engine: Engine, view: string, sides: Sides, requests: readonly MetricRequest[]) {
  const positives = new Set(requests.flatMap(({ name, positive = '' }) => (name === 'roc-auc' ? [positive] : [])));
  const found = new Map<string, Awaited<ReturnType<typeof fetchPlaces>>>();
  for (const positive of positives) {
    const score = sides.scores && renderRankingScore(sides.scores, positive);
    if (score !== undefined) found.set(positive, await fetchPlaces(engine, view, positive, score));
  }
  return found;
}

function arrange(entries: [string, Tally][]): { value: string; tally: Tally }[] {
  return entries.map(([value, tally]) => ({ value, tally })).sort((a, b) => (a.value < b.value ? -1 : 1));
}
