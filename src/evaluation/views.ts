import type { Config } from '../config/schema/modelgate.ts';
import type { Engine } from '../engine/connection.ts';
import type { AskedView } from './family.ts';
import { type JoinedTable, nameSlice } from './joined-table.ts';
import type { MetricRequest } from './requests.ts';
import type { Unmeasured } from './sources.ts';
import { nameView, renderPart } from './view.ts';

/** A view with more values is none to slice by. */
const MAX_SLICE_VALUES = 1000;

/** The views that requests ask for, and the columns of the labels that these need, in the order of `slice_<i>`. */
export interface Viewing {
  /** The first is of all rows. */
  readonly views: readonly AskedView[];
  readonly slices: readonly string[];
  /** By a column of groups: the requests that compare them. */
  readonly groups: readonly AskedView[];
}

/** Sorts requests by what they look at. A view of two columns is known by the file’s slices. */
export function arrangeViews(config: Config, requests: readonly MetricRequest[]): Viewing {
  const slices = [
    ...(config.evaluate?.slices ?? []),
    ...(config.gates?.rules ?? []).flatMap(({ slice }) => (slice === undefined ? [] : [slice])),
  ];
  const columnsOf = new Map<string, readonly string[]>(
    slices.map((slice) => [nameView(slice), typeof slice === 'string' ? [slice] : slice]),
  );
  const names = keepDistinct(requests.map(({ column }) => column));
  const groups = keepDistinct(requests.map(({ group }) => group));
  const columns = keepDistinct([...names.flatMap((name) => columnsOf.get(name) ?? [name]), ...groups]);
  const place = (column: string) => nameSlice(columns.indexOf(column));
  return {
    slices: columns,
    views: [
      { name: '', columns: [], requests: requests.filter(({ column, group }) => column === undefined && !group) },
      ...names.map((name) => ({
        name,
        columns: (columnsOf.get(name) ?? [name]).map(place),
        requests: requests.filter(({ column }) => column === name),
      })),
    ],
    groups: groups.map((name) => ({
      name,
      columns: [place(name)],
      requests: requests.filter(({ group }) => group === name),
    })),
  };
}

function keepDistinct(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names)].filter((name) => name !== undefined);
}

/** The values of a view in the order of their code units, with their rows; in a ranking, with their queries. */
export async function fetchValues(
  engine: Engine,
  table: JoinedTable,
  view: AskedView,
): Promise<{ value: string; n: number }[] | Unmeasured> {
  const rows = await engine.rows<{ value: string; n: number }>(
    `SELECT ${renderPart(view)} AS value, ${table.task === 'ranking' ? 'count(DISTINCT query)' : 'count(*)'} AS n
     FROM joined GROUP BY ALL LIMIT ${MAX_SLICE_VALUES + 1}`,
  );
  if (rows.length <= MAX_SLICE_VALUES) return rows.sort((a, b) => (a.value < b.value ? -1 : 1));
  const [all] = await engine.rows<{ n: number }>(`SELECT count(DISTINCT ${renderPart(view)}) AS n FROM joined`);
  const what = view.columns.length > 1 ? 'the intersection' : 'the column';
  return { reason: `${what} \`${view.name}\` has ${all?.n} values; slices are of at most ${MAX_SLICE_VALUES}` };
}
