import { constants } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { UserMistake } from '../../errors.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import type { Client } from '../../github/client.ts';
import { keepCached, pruneCache, takeCached } from './cache.ts';
import { downloadPart } from './download.ts';
import { Note } from './note.ts';
import { doInParallel } from './pool.ts';
import type { WantedFile } from './sources.ts';
import type { Staging } from './staging.ts';

/** Downloads at a time. Each holds a few hundred KiB, whatever the size of the files. */
const WIDTH = 4;

export interface StageFiles {
  readonly client: Client;
  readonly signal?: AbortSignal | undefined;
  /** A folder that keeps files by their digest. */
  readonly cache?: string | undefined;
  readonly now: () => Date;
  readonly missing: readonly WantedFile[];
  readonly staging: Staging;
  readonly cacheable: ReadonlySet<string>;
  /** Bytes that came so far, and how many are missing in all. */
  tell(bytes: number, total: number): void;
}

/** Brings every missing file, whole and verified, into the staging folder; each content once. */
export async function stageFiles(
  wanted: StageFiles,
): Promise<{ verified: Map<string, string>; downloaded: number; cached: number }> {
  const { missing, staging, cache, signal } = wanted;
  const verified = new Map<string, string>();
  let [downloaded, cached] = [0, 0];
  const total = missing.reduce((sum, { size }) => sum + size, 0);
  const count = (bytes: number) => {
    downloaded += bytes;
    wanted.tell(downloaded, total);
  };
  const contents = new Map(missing.map((file) => [file.sha256, file]));
  const download: WantedFile[] = [];
  for (const file of contents.values()) {
    signal?.throwIfAborted();
    const place = staging.locate(file.sha256, 'cached');
    await rm(place, { force: true });
    if (cache && wanted.cacheable.has(file.sha256) && (await takeCached(cache, file.sha256, file.size, place))) {
      verified.set(file.sha256, place);
      cached += 1;
    } else download.push(file);
  }
  await downloadFiles(wanted, download, count);
  for (const file of download) {
    const place = staging.locate(file.sha256, 'part');
    verified.set(file.sha256, place);
    if (cache && wanted.cacheable.has(file.sha256)) await keepCached(cache, file.sha256, place);
  }
  if (cache) await pruneCache(cache, wanted.now());
  return { verified, downloaded, cached };
}

/** Downloads the parts of all files together, so that one large file uses the line as well as many small ones. */
async function downloadFiles(
  wanted: StageFiles,
  files: readonly WantedFile[],
  count: (bytes: number) => void,
): Promise<void> {
  const { staging, client, signal } = wanted;
  const opened = await Promise.all(
    files.map(async (file) => {
      const place = staging.locate(file.sha256, 'part');
      const note = await Note.open(staging.locate(file.sha256, 'note'), file);
      return { file, note, place };
    }),
  );
  const jobs = opened.flatMap((one) => one.file.parts.map((_, index) => ({ ...one, index })));
  for (const { file, place } of opened) await makeRoom(place, file.size);
  try {
    await doInParallel(jobs, WIDTH, signal, async ({ file, note, place, index }, stop) => {
      const handle = await open(place, constants.O_RDWR | NO_LINK);
      try {
        await downloadPart({ file, note, index, handle, signal: stop, pause: client.pause, count });
      } finally {
        await handle.close();
      }
    });
  } finally {
    for (const { note } of opened) await note.write().catch(() => {});
  }
  await doInParallel(opened, WIDTH, signal, ({ file, place }) => verifyWhole(file, place));
}

/** Makes the file of its final size, or keeps what an earlier run wrote of it. */
async function makeRoom(place: string, size: number): Promise<void> {
  const handle = await open(place, constants.O_RDWR | constants.O_CREAT | NO_LINK, 0o666);
  try {
    await handle.truncate(size);
  } finally {
    await handle.close();
  }
}

/** Windows has no such flag. */
const NO_LINK = constants.O_NOFOLLOW ?? 0;

/** The parts were compared one by one; what they make together is compared here. */
async function verifyWhole(file: WantedFile, place: string): Promise<void> {
  const { sha256, size } = await hashFile(place);
  if (sha256 === file.sha256 && size === file.size) return;
  await rm(place, { force: true });
  const found = `${file.path} is not what the manifest says once its parts are joined: ${sha256} instead of ${file.sha256}`;
  throw new UserMistake({ found, fix: 'Fetch it again; if it stays so, do not use this version.' });
}
