import type { Family } from './family.ts';
import type { JoinedTable } from './joined-table.ts';
import type { Unmeasured } from './sources.ts';

/** What a family knows of one shard: some of the rows of a test set, with the predictions of these rows. */
export interface Shard<Part> {
  readonly table: JoinedTable;
  readonly part: Part;
}

/**
 * The shards of one test set as one, as if their files had never been split; else why that cannot be. No row may lie in two.
 * What adds up row by row can be merged: counts, sums, bins. What depends on the order of all rows cannot, nor can clusters
 * and queries, of which several shards may hold a part.
 */
export function mergeShards<Part>(family: Family<Part>, shards: readonly Shard<Part>[]): Shard<Part> | Unmeasured {
  const [first] = shards;
  if (!first) return { reason: 'there are no shards' };
  if (shards.length === 1) return first;
  if (first.table.task === 'ranking') return { reason: 'the items of one query may lie in several shards' };
  if (first.table.clustered) return { reason: 'the rows of one cluster may lie in several shards' };
  const odd = shards.find(({ table }) => describeKind(table) !== describeKind(first.table));
  if (odd) return { reason: 'the shards differ in their classes, columns or sides' };
  const part = family.merge(shards.map((shard) => shard.part));
  // A part has no `reason`, which only the refusal has.
  if (typeof part === 'object' && part !== null && 'reason' in part) return part as Unmeasured;
  return {
    table: { ...first.table, rows: shards.reduce((sum, { table }) => sum + table.rows, 0) },
    part: part as Part,
  };
}

/** All of a table that parts depend on, but its rows. */
function describeKind(table: JoinedTable): string {
  return JSON.stringify({ ...table, rows: 0 });
}
