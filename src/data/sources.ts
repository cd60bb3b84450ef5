import { readFile, stat } from 'node:fs/promises';
import { basename, extname, posix } from 'node:path';
import { resolveExisting } from '../config/paths.ts';
import { listDatasets, type Project } from '../config/project.ts';
import type { DatasetConfig } from '../config/schema/modelgate.ts';
import { detectFormat, type Format } from '../engine/tables.ts';
import { type Problem, renderProblem, UserMistake } from '../errors.ts';
import { computeSha256 } from '../evidence/digest.ts';
import type { Contract } from './checks.ts';
import { parseContract } from './contract.ts';
import { showName } from './naming.ts';

/** A data set whose files were found and whose contract was understood. */
export interface DatasetSource {
  readonly name: string;
  readonly config: DatasetConfig;
  /** Absolute real path of the data. */
  readonly path: string;
  readonly format: Format;
  /** The file relative to the repository, for messages. */
  readonly file: string;
  readonly contract: { readonly sha256: string; readonly promises: Contract } | undefined;
}

/** Behind the name of a data set: the version of it that a pull request proposes. It keeps the same contract. */
export const PROPOSED = /(?:-proposed)+$/;

/** Finds the files of every data set and reads the contracts. Throws UserMistake with everything that is wrong. */
export async function readSources(project: Project): Promise<DatasetSource[]> {
  const problems: Problem[] = [];
  const sources: DatasetSource[] = [];
  for (const [name, config] of listDatasets(project.config)) {
    const found = await Promise.allSettled([
      findData(project, name, config),
      config.contract === undefined ? undefined : readContract(project, name, config, config.contract),
    ]);
    for (const part of found) {
      if (part.status === 'fulfilled') continue;
      if (!(part.reason instanceof UserMistake)) throw part.reason;
      problems.push(...part.reason.problems);
    }
    const [data, contract] = found;
    if (data.status === 'rejected' || contract.status === 'rejected') continue;
    sources.push({ name, config, ...data.value, contract: contract.value });
  }
  if (problems.length > 0) throw new UserMistake(withoutRepeats(problems));
  return sources;
}

/** Two data sets may name one contract; its mistakes are told once. */
export function withoutRepeats(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [renderProblem(problem), problem])).values()];
}

async function findData(project: Project, name: string, config: DatasetConfig) {
  const path = await findFile(project, ['data', name, 'path'], config.path);
  const format = config.format ?? detectFormat(config.path);
  if (format === undefined) {
    const place = project.locate(['data', name, 'path']);
    const found = `the name of the file does not say whether it is csv, parquet or jsonl`;
    throw new UserMistake({ ...place, found, fix: `Add \`format\` to the data set ${showName(name)}.` });
  }
  return { path, format, file: nameFile(project, config.path) };
}

async function readContract(project: Project, name: string, config: DatasetConfig, contract: string) {
  const path = await findFile(project, ['data', name, 'contract'], contract);
  const content = await readFile(path);
  const stem = basename(config.path, extname(config.path));
  const origin = name.replace(PROPOSED, '');
  const source = { file: nameFile(project, contract), tables: [...new Set([name, stem, origin])] };
  return { sha256: computeSha256(content), promises: parseContract(content.toString('utf8'), source) };
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
