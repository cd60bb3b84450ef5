import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { messageOf } from '../errors.ts';
import { show } from './archive-entries.ts';
import { FileCollection, type FileLimits, type Files } from './file-limits.ts';

const unpack = promisify(gunzip);
/** A block of a tar before each file, and one that is not full after it. */
const HEAD_BYTES = 2048;

/** The files of an archive, or why it was refused. `broken` says that it is no whole archive: another try may help. */
export type ReadArchive =
  | { readonly state: 'read'; readonly files: Files }
  | { readonly state: 'refused' | 'broken'; readonly reason: string };

/**
 * Reads the packed tar that GitHub makes of a commit: one folder with plain files. Nothing is written to the disk. Links,
 * names that lead elsewhere, two files of a name, more than the limits, and the archive of another commit are refused.
 */
export async function readCommitArchive(packed: Buffer, commit: string, limits: FileLimits): Promise<ReadArchive> {
  let tar: Buffer;
  try {
    tar = await unpack(packed, { maxOutputLength: limits.bytes + limits.files * HEAD_BYTES });
  } catch (error) {
    const large = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    if (large) return { state: 'refused', reason: `it unpacks to far more than ${limits.bytes} bytes` };
    return { state: 'broken', reason: messageOf(error) };
  }
  try {
    return readTar(tar, commit, limits);
  } catch (error) {
    return { state: 'broken', reason: messageOf(error) };
  }
}

function readTar(tar: Buffer, commit: string, limits: FileLimits): ReadArchive {
  const collection = new FileCollection(limits);
  let reason: string | undefined;
  let root: string | undefined;
  const parser = new Parser({
    strict: true,
    onReadEntry(entry: ReadEntry) {
      root ??= entry.path.split('/')[0] ?? '';
      reason ??= refuseEntry(entry, root, commit);
      const path = entry.path.slice(root.length + 1);
      if (reason === undefined && entry.type === 'File') reason = collection.announce(path, entry.size);
      if (reason !== undefined || entry.type !== 'File') {
        entry.resume();
        return;
      }
      const chunks: Buffer[] = [];
      entry.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
      entry.on('end', () => collection.take(path, Buffer.concat(chunks)));
    },
  });
  let fault: unknown;
  parser.on('error', (error: unknown) => {
    fault ??= error;
  });
  parser.end(tar);
  if (fault !== undefined) throw fault;
  return reason === undefined ? { state: 'read', files: collection.files } : { state: 'refused', reason };
}

function refuseEntry(entry: ReadEntry, root: string, commit: string): string | undefined {
  // git writes the commit into the first header of an archive.
  const { comment } = (entry.globalExtended ?? {}) as { comment?: string };
  if (comment !== undefined && comment !== commit) return `it is of commit ${show(comment)}`;
  if (!entry.path.startsWith(`${root}/`)) return `${show(entry.path)} lies outside of its folder`;
  if (entry.type === 'File' || entry.type === 'Directory') return undefined;
  return `${show(entry.path.slice(root.length + 1))} is a link or another special file`;
}
