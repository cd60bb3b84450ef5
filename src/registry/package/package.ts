import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { FileRole, Manifest } from '../../evidence/schema/manifest.ts';
import type { LocalFile } from '../model-store.ts';

export interface PackagedFile extends LocalFile {
  readonly role: FileRole;
}

/** Everything that a version will hold, before it has a number: files on this machine, and what is true of them. */
export interface Package {
  readonly model: string;
  readonly commit: string;
  readonly modelDigest: string;
  readonly contentDigest: string;
  readonly interface: Manifest['interface'];
  readonly evidence: Manifest['evidence'];
  readonly files: readonly PackagedFile[];
  /** What the ledger keeps of the verdict and the data. */
  readonly facts: Pick<
    ReleaseEvent,
    'verdict' | 'outcome' | 'metrics' | 'rules' | 'controls' | 'waivers' | 'data' | 'files'
  >;
}
