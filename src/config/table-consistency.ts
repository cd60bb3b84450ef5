import { parseTableName } from '../engine/postgres/table-name.ts';
import type { Problem } from '../errors.ts';
import { listNamedDatasets } from './data-checks.ts';
import type { Locate } from './place.ts';
import type { Config, DatasetConfig } from './schema/modelgate.ts';

/** Keys that say where files are and how they are written. */
const OF_FILES = ['path', 'format', 'csv', 'record-schema', 'profile'] as const;
const OF_TABLES = ['table', 'connection'] as const;

/** A data set is files or a table of a database, and what is said of it must be of that kind. */
export function findTableProblems(config: Config, locate: Locate): Problem[] {
  const { checks = [], ...rest } = config.data ?? {};
  const datasets = Object.entries(rest as Record<string, DatasetConfig>);
  const tables = new Set(datasets.filter(([, { engine }]) => engine !== undefined).map(([name]) => name));
  const profile = config.release?.profile;
  return [
    ...datasets.flatMap(([name, dataset]) => findOwn(name, dataset, locate)),
    ...checks.flatMap((check, index) =>
      listNamedDatasets(check).flatMap(({ name, path }) =>
        tables.has(name) ? [{ ...locate(['data', 'checks', index, ...path]), ...describeTable(name) }] : [],
      ),
    ),
    ...(profile !== undefined && tables.has(profile)
      ? [{ ...locate(['release', 'profile']), ...describeTable(profile) }]
      : []),
  ];
}

function describeTable(name: string) {
  const found = `\`${name}\` is a table of a database, and this reads files`;
  return { found, fix: 'Name a data set with a `path`: an export of the table.' };
}

function findOwn(name: string, dataset: DatasetConfig, locate: Locate): Problem[] {
  const { engine, table, path } = dataset;
  const at = (key: string) => locate(['data', name, key], 'key');
  if (engine === undefined) {
    const strange = OF_TABLES.filter((key) => dataset[key] !== undefined);
    if (strange.length > 0) {
      const fix = 'Add `engine: postgres` for a table of a database.';
      return strange.map((key) => ({ ...at(key), found: `\`${key}\` without \`engine\``, fix }));
    }
    if (path !== undefined) return [];
    const fix = 'Write `path: FILE`, or `engine: postgres` and `table: SCHEMA.TABLE`.';
    return [{ ...locate(['data', name], 'key'), found: `the data set \`${name}\` says not where its data is`, fix }];
  }
  const problems = OF_FILES.filter((key) => dataset[key] !== undefined).map((key) => {
    const fix = 'Leave it out: `table` and `connection` say where the data is.';
    return { ...at(key), found: `\`${key}\` of a table of a database`, fix };
  });
  if (table === undefined) {
    const fix = 'Add `table: SCHEMA.TABLE`.';
    problems.push({ ...at('engine'), found: '`engine: postgres` without `table`', fix });
  } else if (parseTableName(table) === undefined) {
    const fix = 'Write SCHEMA.TABLE; a name with dots, quotes or spaces stands in double quotes.';
    const found = `${JSON.stringify(table)} is no name of a table`;
    problems.push({ ...locate(['data', name, 'table']), found, fix });
  }
  return problems;
}
