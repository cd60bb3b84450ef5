import { join } from 'node:path';
import { writeAtomically } from '../../evidence/files.ts';
import { MANIFEST_FILE } from '../../registry/manifest/naming.ts';

/** actions/attest takes so many subjects at once (its README). */
const MOST_SUBJECTS = 1024;

interface Subject {
  readonly name: string;
  /** `sha256:…` */
  readonly sha256: string;
}

/**
 * Writes the assets of a draft as sha256sum does, for actions/attest; answers with the path. Where there are too many, the
 * manifest stands for all: it has the digest of each.
 */
export async function writeSubjects(folder: string, subjects: readonly Subject[]): Promise<string> {
  const named = subjects.length <= MOST_SUBJECTS ? subjects : subjects.filter(({ name }) => name === MANIFEST_FILE);
  const lines = named.map(({ name, sha256 }) => `${sha256.replace(/^sha256:/, '')}  ${name}\n`);
  const path = join(folder, 'subjects.txt');
  await writeAtomically(path, lines.join(''));
  return path;
}
