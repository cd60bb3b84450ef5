import type { Engine } from '../../engine/connection.ts';
import type { AskedView } from '../family.ts';
import { type JoinedTable, namePredicted } from '../joined-table.ts';
import { renderPart } from '../view.ts';
import { type Detail, fetchPartCells, type PartCells } from './cell-query.ts';
import { fetchWeightScale, renderFixedWeight } from './fixed-weights.ts';

/** More clusters are resampled in blocks. A block is a random lot of whole clusters, so blocks are independent as well. */
const MAX_UNITS = 2000;
/** Of one view, so many clusters and blocks of all its parts are read: work that is done in a second. */
const MAX_VIEW_UNITS = 50_000;
/** Blocks are never fewer than this: the error of their spread is then at most a tenth. */
const MIN_UNITS = 50;
/** More cells of one part than this are not read. */
export const MAX_CELLS = 1_000_000;
/** Of rows with weights, more cells than this are read without the single weights: no resample could hold them. */
export const MAX_WEIGHTED_CELLS = 10_000;

const CUBE = 'counted_cells';

/** Counts rows by true class, answers, and all that parts rows, once; then adds up for the parts of every view. */
export async function fetchCells(
  engine: Engine,
  table: JoinedTable,
  views: readonly AskedView[],
): Promise<ReadonlyMap<string, readonly PartCells[]>> {
  const scale = table.weighted ? await fetchWeightScale(engine) : 1;
  const detail: Detail = table.clustered ? 'units' : table.weighted ? await chooseWeightDetail(engine) : 'rows';
  await createCube(engine, table, views, detail, scale);
  try {
    const found = new Map<string, readonly PartCells[]>();
    for (const view of views) found.set(view.name, await fetchView(engine, { table, view, detail, scale }));
    return found;
  } finally {
    await engine.run(`DROP TABLE ${CUBE}`);
  }
}

/** Weights that are nearly all different do not group rows; only small parts are then read by single weights. */
async function chooseWeightDetail(engine: Engine): Promise<Detail> {
  const [row] = await engine.rows<{ n: number }>('SELECT count(DISTINCT weight) AS n FROM joined');
  return (row?.n ?? 0) > MAX_WEIGHTED_CELLS ? 'sums' : 'weights';
}

async function createCube(
  engine: Engine,
  table: JoinedTable,
  views: readonly AskedView[],
  detail: Detail,
  scale: number,
): Promise<void> {
  const items = [
    'truth',
    ...table.sides.map(namePredicted),
    ...new Set(views.flatMap((view) => view.columns)),
    ...(detail === 'units' ? [`${await renderUnit(engine)} AS unit`] : []),
    ...(detail === 'weights' ? ['weight'] : []),
    'count(*) AS n',
    ...(table.weighted && detail !== 'weights' ? [`sum(${renderFixedWeight('weight', scale)}) AS mass`] : []),
  ];
  await engine.run(`CREATE TEMP TABLE ${CUBE} AS SELECT ${items.join(', ')} FROM joined GROUP BY ALL`);
}

/** SQL for the unit of a row: its cluster, or the block of its cluster by a hash, which no order of clusters can bias. */
async function renderUnit(engine: Engine): Promise<string> {
  const [row] = await engine.rows<{ n: number }>('SELECT count(DISTINCT cluster) AS n FROM joined');
  return (row?.n ?? 0) > MAX_UNITS ? renderBlock('cluster', MAX_UNITS) : 'cluster';
}

function renderBlock(unit: string, blocks: number): string {
  return `CAST(hash(${unit}) % ${blocks} AS BIGINT)`;
}

interface Reading {
  readonly table: JoinedTable;
  readonly view: AskedView;
  readonly detail: Detail;
  readonly scale: number;
}

async function fetchView(engine: Engine, { table, view, detail, scale }: Reading): Promise<PartCells[]> {
  const keys = ['truth', ...table.sides.map(namePredicted)];
  const common = { view, keys, weighted: table.weighted, scale, source: CUBE };
  if (detail === 'rows') return fetchPartCells(engine, { ...common, detail, most: MAX_CELLS });
  if (detail === 'units') {
    const clusters = await fetchClusters(engine, view);
    const blocks = Math.max(MIN_UNITS, Math.floor(MAX_VIEW_UNITS / Math.max(1, clusters.size)));
    const unit = blocks < MAX_UNITS ? renderBlock('unit', blocks) : 'unit';
    const parts = await fetchPartCells(engine, { ...common, detail, unit, most: MAX_CELLS });
    return parts.map((part) => ({ ...part, n: clusters.get(part.part) ?? part.n }));
  }
  if (detail === 'weights') {
    const parts = await fetchPartCells(engine, { ...common, detail, most: MAX_WEIGHTED_CELLS });
    if (parts.every(({ cells }) => cells)) return parts;
    const mass = `n * ${renderFixedWeight('weight', scale)}`;
    return replaceParts(await fetchPartCells(engine, { ...common, detail: 'sums', mass, most: MAX_CELLS }), parts);
  }
  const sums = await fetchPartCells(engine, { ...common, detail, most: MAX_CELLS });
  if (sums.every(({ rows }) => rows > MAX_WEIGHTED_CELLS)) return sums;
  const small = `(SELECT *, 1 AS n FROM joined WHERE ${renderPart(view)} IN (
    SELECT ${renderPart(view)} FROM joined GROUP BY ALL HAVING count(*) <= ${MAX_WEIGHTED_CELLS}))`;
  const single = { ...common, source: small, detail: 'weights', most: MAX_WEIGHTED_CELLS } as const;
  return replaceParts(sums, await fetchPartCells(engine, single));
}

/** The parts, those that `better` has cells of in its words. */
function replaceParts(parts: readonly PartCells[], better: readonly PartCells[]): PartCells[] {
  const known = new Map(better.filter(({ cells }) => cells).map((part) => [part.part, part]));
  return parts.map((part) => known.get(part.part) ?? part);
}

async function fetchClusters(engine: Engine, view: AskedView): Promise<ReadonlyMap<string, number>> {
  const rows = await engine.rows<{ part: string; n: number }>(
    `SELECT ${renderPart(view)} AS part, count(DISTINCT cluster) AS n FROM joined GROUP BY ALL`,
  );
  return new Map(rows.map(({ part, n }) => [part, n]));
}
