import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describeFileFault, messageOf, UserMistake } from '../errors.ts';
import { renderCanonical } from './canonical.ts';
import type { DocumentOf, EvidenceDocument, EvidenceSet } from './document.ts';
import { KINDS, type Kind } from './schema/envelope.ts';
import { findViolations } from './validation.ts';

/** A document larger than this is refused before it is parsed: 64 MiB. */
const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;

/** Where a document lies in a run folder. */
export function documentPath(runFolder: string, kind: Kind): string {
  return join(runFolder, 'evidence', `${kind}.json`);
}

/**
 * Writes a file whole or not at all: a temporary file in the same folder, flushed, then renamed.
 * Throws UserMistake when the folder or the disk does not allow it.
 */
export async function writeAtomically(path: string, content: string): Promise<void> {
  await replaceFile(path, content).catch((error: unknown) => rejectFile(path, 'written', error));
}

async function replaceFile(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** A fault of the file system is the user's to mend; anything else stays what it is. */
function rejectFile(path: string, done: 'written' | 'read' | 'removed', error: unknown): never {
  const fault = describeFileFault(error);
  if (fault === undefined) throw error;
  const fix =
    (error as NodeJS.ErrnoException).code === 'ENOSPC'
      ? 'Make room on the disk, or name another run folder with --run-folder (the input `run-folder`).'
      : 'Remove what is in the way, or name another run folder with --run-folder (the input `run-folder`).';
  throw new UserMistake({ file: path, found: `this file cannot be ${done}: ${fault}`, fix }, { cause: error });
}

/** Writes a document of ours. An invalid one is our bug and throws. */
export async function writeDocument(runFolder: string, document: EvidenceDocument): Promise<string> {
  const violations = findViolations(document.kind, document);
  if (violations.length > 0) throw new Error(`${document.kind} evidence breaks its schema: ${violations.join('; ')}`);
  const path = documentPath(runFolder, document.kind);
  await writeAtomically(path, renderCanonical(document));
  return path;
}

/**
 * Removes the documents of these kinds, so that a stage that starts again leaves nothing stale behind it, and the
 * temporary files that a killed run left.
 */
export async function removeDocuments(runFolder: string, kinds: readonly Kind[]): Promise<void> {
  const folder = join(runFolder, 'evidence');
  const left = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.tmp'));
  const paths = [...kinds.map((kind) => documentPath(runFolder, kind)), ...left.map((name) => join(folder, name))];
  await Promise.all(
    paths.map((path) => rm(path, { force: true }).catch((error: unknown) => rejectFile(path, 'removed', error))),
  );
}

/** Reads and validates one document; undefined when the file is not there. Throws UserMistake on a broken one. */
export async function readDocument<K extends Kind>(runFolder: string, kind: K): Promise<DocumentOf[K] | undefined> {
  const path = documentPath(runFolder, kind);
  let text: string;
  try {
    text = await readBounded(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return rejectFile(path, 'read', error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserMistake({ file: path, found: `this is not JSON: ${messageOf(error)}`, fix: REDO }, { cause: error });
  }
  const violations = findViolations(kind, value);
  if (violations.length > 0) {
    throw new UserMistake({ file: path, found: `this is not ${kind} evidence: ${violations.join('; ')}`, fix: REDO });
  }
  return value as DocumentOf[K];
}

const REDO = 'Evidence is written by modelgate only; run the stage again.';

async function readBounded(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > MAX_DOCUMENT_BYTES) {
      throw new UserMistake({
        file: path,
        found: `a document of ${size} bytes; at most ${MAX_DOCUMENT_BYTES} are read`,
      });
    }
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** Reads every document of a run folder. */
export async function readEvidence(runFolder: string): Promise<EvidenceSet> {
  const documents = await Promise.all(KINDS.map((kind) => readDocument(runFolder, kind)));
  return Object.fromEntries(
    documents.flatMap((document) => (document ? [[document.kind, document]] : [])),
  ) as EvidenceSet;
}
