import { readFile, stat } from 'node:fs/promises';
import { basename, extname, posix } from 'node:path';
import { resolveExisting } from '../config/paths.ts';
import { listFileDatasets, type Project } from '../config/project.ts';
import type { FileDatasetConfig } from '../config/schema/modelgate.ts';
import type { Format, TableFile } from '../engine/tables.ts';
import { type Problem, renderProblem, UserMistake } from '../errors.ts';
import { computeSha256 } from '../evidence/digest.ts';
import type { Contract } from './checks/checks.ts';
import { parseContract } from './contract/contract.ts';
import { type DataFile, type FoundFiles, listDataFiles } from './data-files.ts';
import { showName } from './naming.ts';
import { readPartitions } from './partitions.ts';
import { compileRecordSchema, type FindFaults } from './records/record-schema.ts';

/** One of the files of a data set, and how the engine reads it: from a copy in UTF-8 where it is written otherwise. */
export interface SourceFile extends DataFile {
  readonly table: TableFile;
}

/** A data set whose files were found and whose contract was understood. */
export interface DatasetSource {
  readonly name: string;
  readonly config: FileDatasetConfig;
  /** In the order of their rows. */
  readonly files: readonly SourceFile[];
  /** Whether the data set is several files, even where there is one now: evidence then lists them. */
  readonly several: boolean;
  readonly format: Format;
  readonly contract: { readonly sha256: string; readonly promises: Contract } | undefined;
  /** The JSON Schema of its records. */
  readonly records: { readonly sha256: string; readonly findFaults: FindFaults } | undefined;
}

/** Behind the name of a data set: the version of it that a pull request proposes. It keeps the same contract. */
export const PROPOSED = /(?:-proposed)+$/;

/** Finds the files of every data set and reads the contracts. Throws UserMistake with everything that is wrong. */
export async function readSources(project: Project): Promise<DatasetSource[]> {
  const problems: Problem[] = [];
  const sources: DatasetSource[] = [];
  for (const [name, config] of listFileDatasets(project.config)) {
    const found = await Promise.allSettled([
      findData(project, name, config),
      config.contract === undefined ? undefined : readContract(project, name, config.contract, stemOf(config.path)),
      config['record-schema'] === undefined ? undefined : readRecords(project, name, config['record-schema']),
    ]);
    for (const part of found) {
      if (part.status === 'fulfilled') continue;
      if (!(part.reason instanceof UserMistake)) throw part.reason;
      problems.push(...part.reason.problems);
    }
    const [data, contract, records] = found;
    if (data.status === 'rejected' || contract.status === 'rejected' || records.status === 'rejected') continue;
    const described = { name, config, ...data.value, contract: contract.value, records: records.value };
    const faults = findFormatProblems(project, described);
    if (faults.length > 0) problems.push(...faults);
    else {
      const { files, fault } = describeFiles(project, described);
      if (fault !== undefined)
        problems.push({ ...project.locate(['data', name, 'path']), found: fault, fix: PARTITIONS });
      else sources.push({ ...described, files });
    }
  }
  if (problems.length > 0) throw new UserMistake(withoutRepeats(problems));
  return sources;
}

/** Two data sets may name one contract; its mistakes are told once. */
export function withoutRepeats(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [renderProblem(problem), problem])).values()];
}

async function findData(project: Project, name: string, config: FileDatasetConfig): Promise<FoundFiles> {
  try {
    return await listDataFiles(project, config.path, config.format);
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    const place = project.locate(['data', name, 'path']);
    throw new UserMistake(
      error.problems.map((problem) => ({ ...place, ...problem })),
      { cause: error },
    );
  }
}

type Described = FoundFiles & Omit<DatasetSource, 'files'>;

/** Keys that mean something for one format only. */
function findFormatProblems(project: Project, { name, config, format }: Described): Problem[] {
  const problems: Problem[] = [];
  if (config['record-schema'] !== undefined && format !== 'jsonl') {
    const place = project.locate(['data', name, 'record-schema'], 'key');
    const fix = 'A JSON Schema is for JSONL; give this file a `contract`.';
    problems.push({ ...place, found: `\`record-schema\` of a ${format} file`, fix });
  }
  if (config.csv && format !== 'csv') {
    const place = project.locate(['data', name, 'csv'], 'key');
    problems.push({ ...place, found: `\`csv\` of a ${format} file`, fix: 'Leave it out.' });
  }
  return problems;
}

const PARTITIONS =
  'Folders such as `country=DE/` give a column that the contract calls partitioned, to all files or to none.';

function describeFiles(
  project: Project,
  { files, top, format, config, contract }: Described,
): { readonly files: SourceFile[]; readonly fault?: string } {
  const columns = (contract?.promises.columns ?? []).filter(({ partitioned }) => partitioned);
  const partitions = files.map(({ shown }) => readPartitions(shown, top, columns));
  const [first] = partitions;
  const other = partitions.findIndex((found) => Object.keys(found).join('/') !== Object.keys(first ?? {}).join('/'));
  const fault =
    other === -1 ? undefined : `${showName(files[other]?.shown ?? '')} lies in other partitions than the first file`;
  const { delimiter, 'null-values': nullValues } = config.csv ?? {};
  const described = files.map(({ path, shown }, index): SourceFile => {
    const own = partitions[index] ?? {};
    const table: TableFile = {
      path,
      format,
      name: nameFile(project, shown),
      ...(config.csv ? { csv: { delimiter, nullValues } } : {}),
      ...(Object.keys(own).length > 0 ? { partitions: own } : {}),
    };
    return { path, shown, table };
  });
  return { files: described, ...(fault === undefined ? {} : { fault }) };
}

function stemOf(path: string): string {
  return basename(path, extname(path));
}

/** Reads the contract of a data set. `own` is what the data is called where it lies: queries may call it so too. */
export async function readContract(project: Project, name: string, contract: string, own: string) {
  const path = await findFile(project, ['data', name, 'contract'], contract);
  const content = await readFile(path);
  const origin = name.replace(PROPOSED, '');
  const source = { file: nameFile(project, contract), tables: [...new Set([name, own, origin])] };
  return { sha256: computeSha256(content), promises: parseContract(content.toString('utf8'), source) };
}

async function readRecords(project: Project, name: string, schema: string) {
  const path = await findFile(project, ['data', name, 'record-schema'], schema);
  const content = await readFile(path);
  const findFaults = compileRecordSchema(content.toString('utf8'), nameFile(project, schema));
  return { sha256: computeSha256(content), findFaults };
}

/** The absolute real path of a file that modelgate.yml names. Throws UserMistake that points at that line. */
async function findFile(project: Project, key: readonly string[], path: string): Promise<string> {
  try {
    const real = await resolveExisting(project, path);
    if ((await stat(real)).isFile()) return real;
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    const found = `${showName(path)}: ${error.problems[0]?.found ?? 'it cannot be read'}`;
    const fix = 'Paths are relative to the folder of this file.';
    throw new UserMistake({ ...project.locate(key), found, fix }, { cause: error });
  }
  throw new UserMistake({ ...project.locate(key), found: `${showName(path)} is not a file` });
}

/** A path of modelgate.yml as seen from the repository. */
function nameFile(project: Project, path: string): string {
  return posix.join(posix.dirname(project.file), path);
}
