import type { Engine } from './connection.ts';
import { quotePath } from './literal-paths.ts';
import type { ColumnStatistics, TableFile } from './table.ts';

interface Chunks extends ColumnStatistics {
  readonly name: string;
  readonly values: number;
}

/**
 * Reads what the footers of Parquet files say, by the names of columns; those about which one of them says nothing are left
 * out. Least and greatest are of whole numbers and dates only: texts may be cut there, and NaN is not counted in.
 */
export async function readStatistics(
  engine: Engine,
  files: readonly TableFile[],
  rows: number,
): Promise<ReadonlyMap<string, ColumnStatistics>> {
  const paths = files.map(({ path }) => quotePath(path)).join(', ');
  const found = await engine.rows<Chunks>(
    `select path_in_schema as name, cast(sum(num_values) as bigint) as "values",
       cast(sum(stats_null_count) as bigint) as nulls, ${renderEnd('min')} as least, ${renderEnd('max')} as greatest
     from parquet_metadata([${paths}]) group by path_in_schema having count(stats_null_count) = count(*)`,
  );
  // A name that is the path to a part of another column, too, has more values than there are rows.
  const whole = found.filter(({ values }) => Number(values) === rows);
  return new Map(whole.map(({ name, nulls, least, greatest }) => [name, { nulls: Number(nulls), least, greatest }]));
}

/** The end of what all row groups say, as an integer or as a date; NULL where one of them says nothing of the kind. */
function renderEnd(which: 'min' | 'max'): string {
  const text = `stats_${which}_value`;
  const read = (pattern: string, type: string) =>
    `case when count(*) filter (where regexp_full_match(${text}, '${pattern}')) = count(*)
       then cast(${which}(try_cast(${text} as ${type})) as varchar) end`;
  return `coalesce(${read('-?[0-9]+', 'hugeint')}, ${read('[0-9]{4}-[0-9]{2}-[0-9]{2}', 'date')})`;
}
