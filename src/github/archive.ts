import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { messageOf } from '../errors.ts';
import { ARCHIVE_LIMITS, type ArchiveLimits, findArchiveFault, isFolder, show } from './archive-entries.ts';

/** A file that was unpacked, at a name of our own. */
export interface UnpackedFile {
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** Files by their name in the archive, or why the archive was refused. A refusal leaves no file behind. */
export type Unpacked =
  | { readonly state: 'read'; readonly files: ReadonlyMap<string, UnpackedFile> }
  | { readonly state: 'refused'; readonly reason: string };

export interface UnpackArchive {
  readonly archive: string;
  /** An empty folder of ours. */
  readonly folder: string;
  /** Whether a name is one that we ask for. One other name, and the whole archive is refused. */
  readonly expects: (name: string) => boolean;
  readonly limits?: Partial<ArchiveLimits>;
}

/**
 * Unpacks a zip that a stranger may have made. Everything that its directory says is looked at before the first byte is
 * written; then each file is written under a number of ours, so that no name of the archive ever becomes a path.
 */
export async function unpackArchive(wanted: UnpackArchive): Promise<Unpacked> {
  const limits = { ...ARCHIVE_LIMITS, ...wanted.limits };
  const written: string[] = [];
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(wanted.archive, { autoClose: false, strictFileNames: true, validateEntrySizes: true });
    const entries = await listEntries(zip, limits);
    const fault = findArchiveFault(entries, limits, wanted.expects);
    if (fault !== undefined) throw new Refusal(fault);
    const files = new Map<string, UnpackedFile>();
    for (const entry of entries.filter((one) => !isFolder(one))) {
      const file = join(wanted.folder, String(files.size));
      written.push(file);
      files.set(entry.fileName, await unpackEntry(zip, entry, file));
    }
    return { state: 'read', files };
  } catch (error) {
    for (const file of written) await rm(file, { force: true });
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    return { state: 'refused', reason: messageOf(error).slice(0, 300) };
  } finally {
    zip?.close();
  }
}

class Refusal extends Error {}

async function listEntries(zip: ZipFile, limits: ArchiveLimits): Promise<Entry[]> {
  const tooMany = () => new Refusal(`it has more than ${limits.entries} entries`);
  if (zip.entryCount > limits.entries) throw tooMany();
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    if (entries.length === limits.entries) throw tooMany();
    entries.push(entry);
  }
  return entries;
}

/** yauzl ends the stream with an error when the content is not as long as the directory said. It compares no checksum. */
async function unpackEntry(zip: ZipFile, entry: Entry, file: string): Promise<UnpackedFile> {
  const hash = createHash('sha256');
  let [size, checksum] = [0, 0];
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      checksum = crc32(chunk, checksum);
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(await zip.openReadStreamPromise(entry), count, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  if (checksum !== entry.crc32) throw new Refusal(`${show(entry.fileName)} has not the CRC-32 that it should have`);
  return { file, size, sha256: hash.digest('hex') };
}
