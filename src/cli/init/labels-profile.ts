import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openEngine } from '../../engine/connection.ts';
import { surveyCsv } from '../../engine/csv-survey.ts';
import type { LibraryOptions } from '../../engine/library.ts';
import { detectFormat, readTable, type TableFile } from '../../engine/tables.ts';
import { UserMistake } from '../../errors.ts';
import { profileColumns } from './column-profile.ts';
import type { LabelsProfile } from './profile.ts';

interface ProfileOptions {
  readonly library: LibraryOptions;
  readonly signal: AbortSignal;
}

/**
 * Looks at a file with labels. Without DuckDB at hand it sees the columns of a csv and nothing else. Throws UserMistake
 * with every fault of the file.
 */
export async function profileLabels(path: string, name: string, options: ProfileOptions): Promise<LabelsProfile> {
  const file: TableFile = { path: await realpath(path), format: detectFormat(path) ?? 'csv', name };
  const temporary = await mkdtemp(join(options.library.environment['RUNNER_TEMP'] || tmpdir(), 'modelgate-'));
  try {
    const { library, signal } = options;
    const engine = await openEngine({ files: [file.path], library, temporary, signal }).catch(pickMistake);
    if (engine instanceof UserMistake) return await profileBlindly(file, engine);
    try {
      return await profileColumns(engine, await readTable(engine, file));
    } finally {
      await engine.close();
    }
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function pickMistake(error: unknown): UserMistake {
  if (error instanceof UserMistake) return error;
  throw error;
}

async function profileBlindly(file: TableFile, mistake: UserMistake): Promise<LabelsProfile> {
  const reason = mistake.problems[0]?.found ?? 'DuckDB is not at hand';
  if (file.format !== 'csv') {
    return { columns: [], unseen: `neither columns nor values of ${basename(file.name)} were seen: ${reason}` };
  }
  const { names, facts } = await surveyCsv(file);
  return {
    columns: names.map((name) => ({ name })),
    rows: facts.records,
    unseen: `the columns of ${basename(file.name)} were seen, its values were not: ${reason}`,
  };
}
