import type { Engine } from '../../engine/connection.ts';
import type { VectorSums } from '../../statistics/vector-sums.ts';
import type { AskedView } from '../family.ts';
import type { JoinedTable, Side } from '../joined-table.ts';
import type { Unmeasured } from '../sources.ts';
import { type ByPart, renderPart } from '../view.ts';
import { createFormula, isAveraged } from './catalogue.ts';
import { renderScored } from './losses.ts';
import { type DesignSums, fetchPartSums, mergeDesigns } from './part-sums.ts';
import { isQueryMetric } from './query-metrics.ts';
import { createQueryTable } from './query-table.ts';
import { type Relation, renderCounting } from './range-query.ts';
import type { Design } from './variables.ts';

/** The sums of one part of a view, by metric and sides. */
export interface AveragedPart {
  readonly sums: DesignSums;
  /** Why nothing can be had of the rows. */
  readonly fault?: Unmeasured;
  /** Why it cannot be put together with other parts of its view. */
  readonly alone?: Unmeasured;
}

const SPLIT_CLUSTERS: Unmeasured = {
  reason: 'a cluster has rows in several of these values, so that their statistics do not add up',
};

const NO_SUMS: DesignSums = { units: 0, count: () => 0, take: () => undefined };

/** Each metric has a reason of its own then. */
const NOTHING_TO_ADD: Unmeasured = { reason: 'there is nothing to add up' };

/** The name of what a metric adds up of one side, or of both: see `Formula`. */
export function nameDesign(metric: string, side: Side | 'both' | 'apart'): string {
  return `${metric} ${side}`;
}

/** What a metric added up, or why it could not. */
export function findSums({ sums, fault }: AveragedPart, design: string): VectorSums | Unmeasured {
  const found = fault ?? sums.take(design);
  if (!found) throw new Error(`the sums ${design} were not fetched`);
  return found;
}

/** Reads the sums of all metrics that are means, of every part of the views that ask for one. */
export async function fetchParts(
  engine: Engine,
  table: JoinedTable,
  views: readonly AskedView[],
): Promise<ByPart<AveragedPart>> {
  const own = views.filter(({ requests }) => requests.some(({ name }) => isAveraged(name)));
  const metrics = [...new Set(own.flatMap(({ requests }) => requests.map(({ name }) => name)))].filter(isAveraged);
  const designs = listDesigns(metrics, table);
  if (designs.size === 0) return fillParts(engine, own, new Map(), NOTHING_TO_ADD);
  if (!metrics.some(isQueryMetric)) return readParts(engine, table, chooseRelation(table), own, designs);
  const columns = [...new Set(own.flatMap((view) => view.columns))];
  const queries = await createQueryTable(engine, table, columns, metrics.filter(isQueryMetric));
  if ('reason' in queries) return fillParts(engine, own, new Map(), queries);
  try {
    return await readParts(engine, table, queries.relation, own, designs);
  } finally {
    await queries.drop();
  }
}

/** Several parts as one. What clusters that lie in several of them add up to is not known. */
export function mergeParts(parts: readonly AveragedPart[]): AveragedPart | Unmeasured {
  const [first] = parts;
  if (!first) throw new Error('there is nothing to merge');
  if (parts.length === 1) return first;
  const fault = parts.find((part) => part.fault)?.fault;
  if (fault && parts.every((part) => part.fault)) return first;
  // A part without a unit that counts adds nothing to the others.
  const counting = parts.filter((part) => !part.fault);
  return counting.find((part) => part.alone)?.alone ?? { sums: mergeDesigns(counting.map(({ sums }) => sums)) };
}

function listDesigns(metrics: readonly string[], table: JoinedTable): Map<string, Design> {
  return new Map(
    metrics.flatMap((metric): [string, Design][] => {
      const formula = createFormula(metric, table);
      if ('reason' in formula) return [];
      const own = table.sides.map((side): [string, Design] => [nameDesign(metric, side), formula.listOwn(side)]);
      if (table.sides.length < 2) return own;
      return [
        ...own,
        [nameDesign(metric, 'both'), formula.listBoth()],
        [nameDesign(metric, 'apart'), formula.listApart()],
      ];
    }),
  );
}

function chooseRelation(table: JoinedTable): Relation {
  const { scores, weighted, clustered } = table;
  return { name: scores ? renderScored(table, scores) : 'joined', weighted, clustered };
}

async function readParts(
  engine: Engine,
  table: JoinedTable,
  relation: Relation,
  views: readonly AskedView[],
  designs: ReadonlyMap<string, Design>,
): Promise<ByPart<AveragedPart>> {
  const sums = await fetchPartSums(engine, relation, views, designs);
  const clusters = relation.clustered ? await countClusters(engine, relation) : 0;
  const parts = new Map(
    views.map(({ name }) => {
      const found = [...(sums.get(name) ?? [])];
      const units = found.reduce((total, [, own]) => total + own.units, 0);
      const isSplit = relation.clustered && units !== clusters;
      return [
        name,
        new Map(
          found.map(([value, own]): [string, AveragedPart] => [
            value,
            { sums: own, ...(isSplit ? { alone: SPLIT_CLUSTERS } : {}) },
          ]),
        ),
      ];
    }),
  );
  if (!table.weighted && table.task !== 'ranking') return parts;
  const reason = table.task === 'ranking' ? 'no query has a relevant item that counts' : 'all weights are 0';
  return fillParts(engine, views, parts, { reason });
}

async function countClusters(engine: Engine, relation: Relation): Promise<number> {
  const [row] = await engine.rows<{ n: number }>(
    `SELECT count(DISTINCT cluster) AS n FROM ${relation.name} ${renderCounting(relation)}`,
  );
  return row?.n ?? 0;
}

/** Adds the parts whose rows do not count, with the reason. */
async function fillParts(
  engine: Engine,
  views: readonly AskedView[],
  parts: ByPart<AveragedPart>,
  fault: Unmeasured,
): Promise<ByPart<AveragedPart>> {
  const all = new Map<string, Map<string, AveragedPart>>();
  for (const view of views) {
    const values = await engine.rows<{ value: string }>(`SELECT DISTINCT ${renderPart(view)} AS value FROM joined`);
    const known = parts.get(view.name);
    all.set(view.name, new Map(values.map(({ value }) => [value, known?.get(value) ?? { sums: NO_SUMS, fault }])));
  }
  return all;
}
