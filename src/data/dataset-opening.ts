import type { Engine } from '../engine/connection.ts';
import type { Attendance } from '../engine/pace.ts';
import { readTable, type Table } from '../engine/tables.ts';
import { UserMistake } from '../errors.ts';
import { findPatternProblems } from './dialects/duckdb/patterns.ts';
import { type DatasetDigest, digestDataset } from './digests.ts';
import type { DatasetSource } from './sources.ts';

/** A data set whose files can be read in one way only, and whose contract the engine understands. */
export interface OpenedDataset {
  readonly source: DatasetSource;
  readonly table: Table;
  /** Files are digested while other things are done with them. */
  readonly digesting: Promise<DatasetDigest>;
}

/** Opens the files of a data set. Throws UserMistake when a file or a pattern of the contract is broken. */
export async function openDataset(
  engine: Engine,
  source: DatasetSource,
  attendance: Attendance,
): Promise<OpenedDataset> {
  const problems = source.contract ? await findPatternProblems(engine, source.contract.promises.checks) : [];
  if (problems.length > 0) throw new UserMistake(problems);
  const digesting = digestDataset(source, attendance.signal);
  // Who awaits it hears of a failure; where something else failed before, nobody does.
  digesting.catch(() => {});
  const table = await readTable(
    engine,
    source.files.map((file) => file.table),
    // The checks go over all rows, and count them.
    { ...attendance, countsLater: true },
  );
  return { source, table, digesting };
}
