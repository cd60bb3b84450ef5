import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { writeAtomically } from '../../evidence/files.ts';
import type { VerdictEvidence } from '../../evidence/schema/verdict.ts';
import type { PublishOptions } from '../../registry/publish/options.ts';
import type { Shell } from '../shell.ts';

type Handed = 'package' | 'created' | 'bump' | 'prerelease' | 'training' | 'manifest';

/**
 * What phase `prepare` hands to phase `finish`. Both are steps of one job with only actions/attest between them, so the
 * file is as trusted as the job itself.
 */
export interface Preparation extends Pick<PublishOptions, Handed> {
  /** The path of modelgate.yml from the root of the repository. */
  readonly config: string;
  readonly verdict: VerdictEvidence;
  /** What the release leaves out: sentences. */
  readonly remarks: readonly string[];
}

const FILE = 'prepared.json';

/** A folder in which a release is put together: it stays until the job ends. */
export async function makeReleaseFolder({ environment }: Pick<Shell, 'environment'>): Promise<string> {
  return await mkdtemp(join(environment['RUNNER_TEMP'] || tmpdir(), 'modelgate-release-'));
}

/** Writes what `finish` must know; answers with the path that it is given. */
export async function writePreparation(folder: string, preparation: Preparation): Promise<string> {
  await writeAtomically(join(folder, FILE), JSON.stringify(preparation));
  return folder;
}

/** Reads what `prepare` wrote. Throws UserMistake when it is not there. */
export async function readPreparation(folder: string | undefined): Promise<Preparation> {
  if (folder === undefined) {
    throw new UserMistake({ found: 'the input `prepared` is empty', fix: 'Hand on the output of phase prepare.' });
  }
  const path = join(resolve(folder), FILE);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const fix = 'Prepare and finish in one job.';
    throw new UserMistake({ file: path, found: 'nothing was prepared here', fix }, { cause });
  });
  return JSON.parse(text) as Preparation;
}
