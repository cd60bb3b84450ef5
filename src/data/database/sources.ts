import { listTableDatasets, type Project } from '../../config/project.ts';
import type { TableDatasetConfig } from '../../config/schema/modelgate.ts';
import { parseTableName } from '../../engine/postgres/table-name.ts';
import { type Problem, UserMistake } from '../../errors.ts';
import { type DatasetSource, readContract, withoutRepeats } from '../sources.ts';

/** A data set that is a table of a database, and whose contract was understood. */
export interface DatabaseSource {
  readonly name: string;
  readonly config: TableDatasetConfig;
  /** As modelgate.yml has it. */
  readonly table: string;
  readonly contract: DatasetSource['contract'];
}

/** Reads the contracts of the data sets that are tables. Throws UserMistake with everything that is wrong. */
export async function readDatabaseSources(project: Project): Promise<DatabaseSource[]> {
  const problems: Problem[] = [];
  const sources: DatabaseSource[] = [];
  for (const [name, config] of listTableDatasets(project.config)) {
    const { table, contract } = config;
    const own = parseTableName(table)?.name ?? table;
    try {
      const read = contract === undefined ? undefined : await readContract(project, name, contract, own);
      sources.push({ name, config, table, contract: read });
    } catch (error) {
      if (!(error instanceof UserMistake)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new UserMistake(withoutRepeats(problems));
  return sources;
}
