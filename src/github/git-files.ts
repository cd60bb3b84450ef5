import { buffer } from 'node:stream/consumers';
import { UserMistake } from '../errors.ts';
import { show } from './archive-entries.ts';
import { FILE_LIMITS, FileCollection, type FileLimits, type Files } from './file-limits.ts';
import { streamGit } from './git.ts';
import { checkSha, listTree, OBJECTS, type TreeEntry } from './objects.ts';

/** A minute: tens of thousands of small objects of a slow disk. */
const PATIENCE_MS = 60_000;

/**
 * All files of a commit that a clone has, as they were committed, by two processes however many they are: attributes and
 * line endings of the clone change nothing. Throws UserMistake on what is larger or stranger than plain files.
 */
export async function readGitFiles(
  folder: string,
  commit: string,
  signal?: AbortSignal,
  limits: FileLimits = FILE_LIMITS,
): Promise<Files> {
  const collection = new FileCollection(limits);
  const entries = await listTree(folder, checkSha(commit));
  for (const { kind, path, size } of entries) {
    const reason = kind === 'file' ? collection.announce(path, size) : `${show(path)} is a link or a submodule`;
    if (reason === undefined) continue;
    const found = `the files of commit ${commit.slice(0, 12)} are not read: ${reason}`;
    throw new UserMistake({ found, fix: 'Look at what was committed there, and by whom.' });
  }
  const contents = await readObjects(folder, entries, signal);
  for (const [index, { path }] of entries.entries()) collection.take(path, contents[index] ?? Buffer.alloc(0));
  return collection.files;
}

/** The contents of blobs, in their order. */
async function readObjects(folder: string, entries: readonly TreeEntry[], signal?: AbortSignal): Promise<Buffer[]> {
  const input = entries.map(({ oid }) => `${oid}\n`).join('');
  const options = { environment: OBJECTS, patience: PATIENCE_MS, input, signal };
  const child = streamGit(folder, ['cat-file', '--batch'], options);
  const ended = new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
  ended.catch(() => {});
  child.stderr?.resume();
  if (!child.stdout) throw new Error('git has no standard output');
  const out = await buffer(child.stdout);
  const code = await ended;
  if (code !== 0) throw new Error(`git cat-file ended with ${code}`);
  let at = 0;
  return entries.map(({ oid, size }) => {
    const head = `${oid} blob ${size}\n`;
    if (out.toString('latin1', at, at + head.length) !== head) throw new Error(`git has no blob ${oid}`);
    const start = at + head.length;
    at = start + size + 1;
    return out.subarray(start, start + size);
  });
}
