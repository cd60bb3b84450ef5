import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { messageOf, UserMistake } from '../../errors.ts';
import type { Note } from './note.ts';
import type { Part, WantedFile } from './sources.ts';

/** Tries in a row that brought no byte. One that brought some counts anew: a long file over a bad line ends in the end. */
const TRIES = 4;
/** Bytes that are read at a time of what is there already: 1 MiB. */
const CHUNK = 1024 * 1024;

export interface DownloadPart {
  readonly file: WantedFile;
  readonly index: number;
  /** Open for reading and writing; the part is written where it belongs in the whole file. */
  readonly handle: FileHandle;
  readonly note: Note;
  readonly signal?: AbortSignal | undefined;
  /** Waits some seconds. */
  pause(seconds: number): Promise<void>;
  /** Bytes that came. */
  count(bytes: number): void;
}

/**
 * Downloads one part from where it stopped, and compares its digest. Bytes of an earlier run are read again for it, and
 * thrown away where they turn out to be wrong. Throws UserMistake that names the part when it never comes, or comes wrong.
 */
export async function downloadPart(wanted: DownloadPart): Promise<void> {
  const { file, index, note } = wanted;
  const part = file.parts[index];
  if (part === undefined) throw new Error(`${file.path} has no part ${index}`);
  const resumed = note.read(index) > 0;
  if ((await readPart(wanted, part)) === part.sha256) return;
  await note.set(index, 0);
  await note.write();
  if (resumed && (await readPart(wanted, part)) === part.sha256) return;
  await note.set(index, 0);
  await note.write();
  throw new UserMistake({
    found: `${describePart(file, part)} came with other bytes than the manifest says (${part.sha256})`,
    fix: 'Fetch it again; if it stays so, the release was changed. modelgate verify says what else is wrong.',
  });
}

/** Brings the whole part there; answers with its digest. */
async function readPart(wanted: DownloadPart, part: Part): Promise<string> {
  const { index, note, signal, file } = wanted;
  const hash = createHash('sha256');
  await note.set(index, await hashThere(wanted, part, hash));
  for (let tries = 0; note.read(index) < part.size; ) {
    const before = note.read(index);
    try {
      await readOnce(wanted, part, hash);
    } catch (error) {
      signal?.throwIfAborted();
      // A full disk and a refusal of GitHub's do not pass by themselves.
      if ((error as NodeJS.ErrnoException).syscall === 'write') throw error;
      if (error instanceof UserMistake) throw namePart(file, part, error);
      tries = note.read(index) > before ? 1 : tries + 1;
      if (tries === TRIES) throw describeBreak(file, part, error);
      await wanted.pause(tries ** 2);
    }
  }
  return `sha256:${hash.digest('hex')}`;
}

/** Hashes what an earlier run left; answers with how much that is. */
async function hashThere({ handle, note, index }: DownloadPart, part: Part, hash: Hash): Promise<number> {
  const told = note.read(index);
  let done = 0;
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK, told));
  while (done < told) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, told - done), part.offset + done);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    done += bytesRead;
  }
  return done;
}

async function readOnce(wanted: DownloadPart, part: Part, hash: Hash): Promise<void> {
  const { handle, note, index, signal } = wanted;
  let done = note.read(index);
  const body = await part.open(done, signal);
  let tooLong = false;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      tooLong = done + chunk.length > part.size;
      if (tooLong) break;
      await writeWhole(handle, chunk, part.offset + done);
      hash.update(chunk);
      done += chunk.length;
      wanted.count(chunk.length);
      await note.set(index, done);
    }
  } finally {
    body.destroy();
  }
  if (tooLong) throw describeLength(part);
  if (done < part.size) throw new Error('the connection ended too early');
}

/** A write may take less than it was given. */
async function writeWhole(handle: FileHandle, chunk: Buffer, position: number): Promise<void> {
  for (let written = 0; written < chunk.length; ) {
    const { bytesWritten } = await handle.write(chunk, written, chunk.length - written, position + written);
    written += bytesWritten;
  }
}

/** `model.bin.part2, part 2 of 4 of out/model.bin`; the path alone of a whole file. */
function describePart(file: WantedFile, part: Part): string {
  const count = file.parts.length;
  if (count === 1) return `${part.name}, which is ${file.path},`;
  return `${part.name}, which is part ${file.parts.indexOf(part) + 1} of ${count} of ${file.path},`;
}

/** A refusal of GitHub's, with what did not come for it. */
function namePart(file: WantedFile, part: Part, mistake: UserMistake): UserMistake {
  const problems = mistake.problems.map((problem) => {
    return { ...problem, found: `${describePart(file, part)} did not come: ${problem.found}` };
  });
  return new UserMistake(problems, { cause: mistake });
}

function describeLength(part: Part): UserMistake {
  const fix = 'The release was changed. Do not use it; modelgate verify says what else is wrong.';
  return new UserMistake({ found: `it has more than ${part.size} bytes`, fix });
}

function describeBreak(file: WantedFile, part: Part, error: unknown): UserMistake {
  const found = `the download of ${describePart(file, part)} broke off again and again (${messageOf(error)})`;
  const fix = 'Check the network, then run it again: it goes on where it stopped.';
  return new UserMistake({ found, fix }, { cause: error });
}
