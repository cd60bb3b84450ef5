import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { renderCanonical } from '../../../src/evidence/canonical.ts';
import { computeDigest, computeSha256 } from '../../../src/evidence/digest.ts';
import type { PredictionEvidence, TrainingEvidence } from '../../../src/evidence/schema/training.ts';
import { unpackArchive } from '../../../src/github/archive.ts';

/** What a candidate's artifact holds, as somebody who writes it by hand would see it. */
export interface Candidate {
  readonly plan: Readonly<Record<string, unknown>>;
  readonly training: TrainingEvidence;
  readonly prediction: PredictionEvidence;
  readonly predictions: string;
}

export type Entry = readonly [name: string, content: string | Buffer, mode?: number];

/** The files of an artifact. */
export async function readEntries(zip: Buffer): Promise<Entry[]> {
  const folder = await mkdtemp(join(tmpdir(), 'artifact-'));
  try {
    await writeFile(join(folder, 'zip'), zip);
    const unpacked = await unpackArchive({ archive: join(folder, 'zip'), folder, expects: () => true });
    if (unpacked.state !== 'read') throw new Error(unpacked.reason);
    const files = [...unpacked.files].map(async ([name, { file }]) => [name, await readFile(file)] as const);
    return await Promise.all(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Reads the artifact of an honest run. */
export async function readCandidate(zip: Buffer): Promise<Candidate> {
  const files = new Map((await readEntries(zip)).map(([name, content]) => [name, String(content)]));
  const read = (name: string) => files.get(name) ?? '';
  return {
    plan: JSON.parse(read('plan.json')),
    training: JSON.parse(read('evidence/training.json')),
    prediction: JSON.parse(read('evidence/prediction.json')),
    predictions: read('predictions.csv'),
  };
}

/** The same candidate as if it were of another commit, with every digest as it must be. */
export function restate({ plan, training, prediction, predictions }: Candidate, commit: string): Candidate {
  const trained = { ...training, subject: { ...training.subject, commit } };
  const sha256 = computeSha256(predictions);
  const size = Buffer.byteLength(predictions);
  const outputs = prediction.outputs.map((file) =>
    file.path.includes('predictions') ? { ...file, sha256, size } : file,
  );
  const subject = { ...prediction.subject, commit, modelFiles: training.subject.modelFiles };
  const parents = [{ kind: 'training' as const, sha256: computeDigest(trained) }];
  return { plan, training: trained, prediction: { ...prediction, subject, parents, outputs }, predictions };
}

/** The files of a candidate in their layout. */
export function listEntries({ plan, training, prediction, predictions }: Candidate): Entry[] {
  return [
    ['plan.json', renderCanonical(plan)],
    ['evidence/training.json', renderCanonical(training)],
    ['evidence/prediction.json', renderCanonical(prediction)],
    ['predictions.csv', predictions],
  ];
}

/** The entries with one of them changed. Throws when there is none of that name, or nothing to change. */
export function alterEntry(entries: readonly Entry[], name: string, alter: (text: string) => string): Entry[] {
  const before = entries.find(([other]) => other === name)?.[1];
  const after = before === undefined ? undefined : alter(String(before));
  if (after === undefined || after === before) throw new Error(`there is nothing to change in ${name}`);
  return entries.map((entry) => (entry[0] === name ? [name, after] : entry));
}

export async function zip(entries: readonly Entry[]): Promise<Buffer> {
  const file = new ZipFile();
  for (const [name, content, mode] of entries) {
    file.addBuffer(Buffer.from(content), name, { ...(mode !== undefined && { mode }), mtime: new Date(0) });
  }
  file.end();
  return await buffer(file.outputStream);
}

/** Writes another name of the same length over one, as no honest program would. */
export function renameEntry(archive: Buffer, from: string, to: string): Buffer {
  const [before, after] = [Buffer.from(from), Buffer.from(to)];
  if (before.length !== after.length) throw new Error('the names differ in length');
  for (let at = archive.indexOf(before); at >= 0; at = archive.indexOf(before, at + 1)) after.copy(archive, at);
  return archive;
}

/** Says in the directory that an entry unpacks to so many bytes (its field at 24: PKWARE APPNOTE 4.3.12). */
export function declareSize(archive: Buffer, name: string, bytes: number): Buffer {
  const signature = Buffer.from('504b0102', 'hex');
  for (let at = archive.indexOf(signature); at >= 0; at = archive.indexOf(signature, at + 1)) {
    const length = archive.readUInt16LE(at + 28);
    if (archive.toString('utf8', at + 46, at + 46 + length) === name) archive.writeUInt32LE(bytes, at + 24);
  }
  return archive;
}
