import type { Engine } from '../../engine/connection.ts';
import { FRACTION_BITS } from '../../statistics/moments.ts';
import { fetchWeightScale } from '../counted/fixed-weights.ts';
import type { JoinedTable } from '../joined-table.ts';
import type { ScoreColumns } from '../score-columns.ts';
import { renderPart, type View } from '../view.ts';
import { arrangeCells } from './cells.ts';
import type { CalibratedPart, Calibration, CalibrationCell } from './part.ts';
import { renderAdaptiveBin, renderEqualBin, renderGap, renderTops } from './terms.ts';

/** Cells of one view that are told apart by weight and cluster, at most; beyond, there are values but no limits. */
const MAX_CELLS = 200_000;
const UNIT = `${2 ** FRACTION_BITS}::DOUBLE`;

interface CellRow {
  readonly part: string;
  readonly n: number;
  readonly weight?: number;
  readonly mass?: number | bigint;
  readonly [key: string]: number | bigint | string | null | undefined;
}

/** The cells of every part of a view, by one scan. */
export async function fetchCalibrations(
  engine: Engine,
  table: JoinedTable,
  scores: ScoreColumns,
  view: View,
  binning: keyof CalibratedPart,
): Promise<Map<string, Calibration>> {
  const { sides, weighted, clustered } = table;
  const render = binning === 'equal' ? renderEqualBin : renderAdaptiveBin;
  const own = [...(weighted ? ['weight'] : []), ...(clustered ? ['cluster'] : [])];
  // A common factor of the weights changes nothing.
  const scale = weighted ? await fetchWeightScale(engine) : 1;
  const read = [...(weighted ? [`weight / '${scale}'::DOUBLE AS weight`] : []), ...(clustered ? ['cluster'] : [])];
  const keys = ['part', ...sides.flatMap((side) => [`bin_${side}`, `right_${side}`])];
  const cells = `WITH tops AS (SELECT ${[`${renderPart(view)} AS part`, ...read, ...sides.flatMap((side) => renderTops(table, scores, side))].join(', ')} FROM joined),
    cells AS (SELECT *, ${sides.map((side) => `${render(side)} AS bin_${side}`).join(', ')} FROM tops)`;
  const size = own.length === 0 ? 0 : await countCells(engine, cells, [...keys, ...own]);
  const isFrozen = size > MAX_CELLS;
  const group = isFrozen ? keys : [...keys, ...own];
  const rows = await engine.rows<CellRow>(
    `${cells} SELECT ${group.join(', ')}, count(*) AS n, ${[
      ...(weighted && isFrozen ? [`sum(CAST(weight * ${UNIT} AS HUGEINT)) AS mass`] : []),
      ...sides.map(
        (side) => `sum(CAST(${weighted ? 'weight * ' : ''}${renderGap(side)} * ${UNIT} AS HUGEINT)) AS gap_${side}`,
      ),
    ].join(', ')} FROM cells GROUP BY ${group.join(', ')}`,
  );
  const frozen = `its rows fall into ${size} cells of weights and clusters, more than the ${MAX_CELLS} that are told apart`;
  return new Map(
    [...gather(rows, table)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([part, found]) => [part, { cells: arrangeCells(found), ...(isFrozen ? { frozen } : {}) }]),
  );
}

async function countCells(engine: Engine, cells: string, keys: readonly string[]): Promise<number> {
  const [row] = await engine.rows<{ n: number }>(
    `${cells} SELECT count(*) AS n FROM (SELECT DISTINCT ${keys.join(', ')} FROM cells)`,
  );
  return row?.n ?? 0;
}

function gather(rows: readonly CellRow[], { sides, clustered }: JoinedTable): Map<string, CalibrationCell[]> {
  const parts = new Map<string, CalibrationCell[]>();
  for (const row of rows) {
    const cell = {
      count: row.n,
      weight: readWeight(row),
      cluster: clustered && row['cluster'] !== undefined ? Number(row['cluster']) : undefined,
      bins: sides.map((side) => Number(row[`bin_${side}`])),
      rights: sides.map((side) => Number(row[`right_${side}`])),
      gaps: sides.map((side) => BigInt(row[`gap_${side}`] ?? 0)),
    };
    const found = parts.get(row.part);
    if (found) found.push(cell);
    else parts.set(row.part, [cell]);
  }
  return parts;
}

function readWeight({ weight, mass, n }: CellRow): number {
  return mass === undefined ? Number(weight ?? 1) : (Number(mass) / n) * 2 ** -FRACTION_BITS;
}
