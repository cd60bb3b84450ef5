import type { Readable } from 'node:stream';
import type { ManifestFile } from '../evidence/schema/manifest.ts';

/** A file on this machine that goes into a release. */
export interface LocalFile {
  /** As the manifest will name it. */
  readonly path: string;
  /** Where it lies. */
  readonly file: string;
  readonly mediaType: string;
  readonly size: number;
  /** `sha256:…` */
  readonly sha256: string;
}

/** Where a version's model files lie when they are no assets of its release. */
export interface ModelStore {
  /** Puts the files there, skipping what is there already, and answers with the reference by digest. */
  push(files: readonly LocalFile[], about: StoredAbout): Promise<{ readonly reference: string }>;
  /** Opens one file from byte `start` on. Throws UserMistake where it is not there. */
  open(reference: string, file: ManifestFile, start: number): Promise<Readable>;
  /** What is wrong with the stored files, without reading them whole; an empty list when all are there. */
  check(reference: string, files: readonly ManifestFile[]): Promise<readonly string[]>;
}

/** What the stored artifact says of itself. */
export interface StoredAbout {
  readonly model: string;
  readonly version: string;
  readonly commit: string;
  readonly created: string;
}
