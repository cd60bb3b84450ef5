import type { Config } from '../../config/schema/modelgate.ts';
import { type CommitFiles, findEntries, fromRoot, type TreeEntry } from './commit-files.ts';

/** The labels of the base and of the head, where they are not the same file of git; undefined entries are not there. */
export interface ChangedLabels {
  /** Paths from the root of the repository. */
  readonly basePath: string;
  readonly headPath: string;
  readonly base: TreeEntry | undefined;
  readonly head: TreeEntry | undefined;
}

/** What a base and its configuration are, beside a head and its own. */
export interface TwoSides {
  readonly file: string;
  readonly base: { readonly commit: string; readonly config: Config };
  readonly head: { readonly commit: string; readonly config: Config };
}

/** Finds out whether the head has other labels than the base judges by; undefined when they are the same. */
export async function findChangedLabels(files: CommitFiles, sides: TwoSides): Promise<ChangedLabels | undefined> {
  const { file, base, head } = sides;
  const before = base.config.evaluate?.labels?.path;
  if (before === undefined) return undefined;
  const basePath = fromRoot(file, before);
  const headPath = fromRoot(file, head.config.evaluate?.labels?.path ?? before);
  const old = (await findEntries(files, base.commit, [basePath])).get(basePath);
  const proposed = (await findEntries(files, head.commit, [headPath])).get(headPath);
  if (old !== undefined && old.oid === proposed?.oid && old.kind === proposed.kind) return undefined;
  return { basePath, headPath, base: old, head: proposed };
}
