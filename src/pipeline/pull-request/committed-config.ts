import type { Locate } from '../../config/place.ts';
import { decodeConfig, parseConfig } from '../../config/project.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { type Problem, UserMistake } from '../../errors.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import { type CommitFiles, findEntries } from './commit-files.ts';

/** A modelgate.yml as a commit has it. */
export type CommittedConfig =
  | { readonly state: 'absent' }
  | { readonly state: 'broken'; readonly problems: readonly Problem[] }
  | ReadConfig;

/** One that could be read and says nothing wrong. */
export interface ReadConfig {
  readonly state: 'read';
  readonly config: Config;
  readonly locate: Locate;
  readonly text: string;
  /** Of the text, as evidence names it. */
  readonly sha256: string;
}

/** A larger one is refused unread: 1 MiB. */
const MAX_BYTES = 1024 * 1024;

/** Reads the modelgate.yml at a path of a commit. What is wrong with it is data. */
export async function readCommittedConfig(files: CommitFiles, commit: string, path: string): Promise<CommittedConfig> {
  const entry = (await findEntries(files, commit, [path])).get(path);
  const broken = (found: string): CommittedConfig => ({ state: 'broken', problems: [{ file: path, found }] });
  if (!entry) return { state: 'absent' };
  if (entry.kind !== 'file') return broken(`this is a ${NAMES[entry.kind]}, not a file`);
  if (entry.size > MAX_BYTES) return broken(`it has ${entry.size} bytes; at most ${MAX_BYTES} are read`);
  try {
    const text = decodeConfig(await files.read(entry, MAX_BYTES), path);
    return { state: 'read', ...parseConfig(text, path), text, sha256: computeSha256(text) };
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return { state: 'broken', problems: error.problems };
  }
}

const NAMES = { folder: 'folder', link: 'symbolic link', submodule: 'submodule' } as const;
