import type { Engine } from '../../engine/connection.ts';
import type { AskedView } from '../family.ts';
import { renderPart } from '../view.ts';
import { renderSummedWeight } from './fixed-weights.ts';

/**
 * What a cell is told apart by beside classes: by nothing, so that its rows are alike; by the weight of its rows; by the
 * unit that they belong to; or again by nothing, with the sum of their different weights.
 */
export type Detail = 'rows' | 'weights' | 'units' | 'sums';

/** The cells of one part, each as numbers: the true class, the answers, how many rows, what they weigh, their unit. */
export interface PartCells {
  readonly part: string;
  readonly rows: number;
  /** Independent units: rows or clusters. */
  readonly n: number;
  /** How many cells there are. */
  readonly size: number;
  /** Null where they are too many. */
  readonly cells: readonly (readonly number[])[] | null;
  readonly detail: Detail;
}

export interface CellQuery {
  readonly view: AskedView;
  /** The columns of classes. */
  readonly keys: readonly string[];
  readonly detail: Detail;
  /** SQL for the unit of a row of the source. */
  readonly unit?: string;
  readonly weighted: boolean;
  /** Of the weights. */
  readonly scale: number;
  /** SQL for what a row of the source weighs in whole steps. */
  readonly mass?: string;
  /** What has the columns of classes and parts, and `n` rows in each of its rows. */
  readonly source: string;
  /** The most cells of a part. */
  readonly most: number;
}

/** Adds up the source for each part of a view, in the order of their names. */
export async function fetchPartCells(engine: Engine, query: CellQuery): Promise<PartCells[]> {
  const { view, keys, detail, unit = 'unit', weighted, scale, mass = 'mass', source, most } = query;
  const isSummed = weighted && detail !== 'weights';
  const inner = [
    `${renderPart(view)} AS part`,
    ...keys,
    ...(detail === 'units' ? [`${unit} AS own`] : []),
    ...(detail === 'weights' ? ['weight'] : []),
    'CAST(sum(n) AS DOUBLE) AS n',
    ...(isSummed ? [`sum(${mass}) AS mass`] : []),
  ];
  const weight = isSummed ? renderSummedWeight('mass', scale) : detail === 'weights' ? 'weight' : 'n';
  const cell = [...keys.map((key) => `${key}::DOUBLE`), 'n', weight, ...(detail === 'units' ? ['own::DOUBLE'] : [])];
  const rows = await engine.rows<Pick<PartCells, 'part' | 'rows' | 'size'> & { readonly cells: number[] | null }>(
    `SELECT part, CAST(sum(n) AS BIGINT) AS "rows", count(*) AS size,
       CASE WHEN count(*) <= ${most} THEN flatten(list([${cell.join(', ')}])) END AS cells
     FROM (SELECT ${inner.join(', ')} FROM ${source} GROUP BY ALL) GROUP BY part`,
  );
  return rows
    .map((row) => ({ ...row, cells: row.cells && cutCells(row.cells, cell.length), n: row.rows, detail }))
    .sort((a, b) => (a.part < b.part ? -1 : 1));
}

/** A list of lists takes the engine about twice as long to hand over as one list. */
function cutCells(numbers: readonly number[], width: number): number[][] {
  return Array.from({ length: numbers.length / width }, (_, at) => numbers.slice(at * width, (at + 1) * width));
}
