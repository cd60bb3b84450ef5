import type { FileDigest } from '../../evidence/schema/envelope.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Manifest } from '../../evidence/schema/manifest.ts';
import type { TrainingEvidence } from '../../evidence/schema/training.ts';
import type { Client } from '../../github/client.ts';
import type { Repository } from '../../github/repository.ts';
import type { Progress } from '../../progress.ts';
import type { LedgerStore } from '../ledger/ledger.ts';
import type { LocalFile, ModelStore } from '../model-store.ts';
import type { Package } from '../package/package.ts';
import type { Bump } from '../versions/change.ts';

/** What a version will be, before anything is sent. */
export interface PlannedVersion {
  readonly version: string;
  readonly tag: string;
  readonly bump: Bump | 'first';
  /** A sentence. */
  readonly reason: string;
  /** The release that it was compared with. */
  readonly previous: ReleaseEvent | undefined;
  /** What the training of that release read; undefined where nobody can read that any more. */
  readonly previousInputs: readonly FileDigest[] | undefined;
}

/** What publishing needs. */
export interface PublishOptions {
  readonly client: Client;
  readonly repository: Repository;
  readonly ledger: LedgerStore;
  readonly package: Package;
  /**
   * When the version was made, as its manifest says: always the same for a commit (such as the commit's own time), so that
   * two runs on one commit, or a run after a crash, write the same manifest.
   */
  readonly created: string;
  readonly actor: string;
  readonly run: ReleaseEvent['run'];
  readonly bump?: Bump | undefined;
  readonly prerelease?: string | undefined;
  readonly training?: TrainingEvidence | undefined;
  /** A folder of a clone with the commit; where it is there, it is asked what GitHub would refuse. */
  readonly checkout?: string | undefined;
  /** Where the model's files go in place of the release. */
  readonly storage?: ModelStore | undefined;
  /** Markdown of ours: who renders it has escaped what is not. */
  readonly renderNotes: (planned: PlannedVersion) => string | Promise<string>;
  /**
   * `prepare` ends with a draft that holds everything; `finish` publishes the draft as it was prepared, or nothing; `all`
   * does both.
   */
  readonly phase: 'prepare' | 'finish' | 'all';
  /** `finish`: the digest of the manifest that `prepare` told. A draft with another one is not published. */
  readonly manifest?: string | undefined;
  /** Bundles about the manifest and the assets, sent before publishing: `*.sigstore.json` or `*.intoto.jsonl`. */
  readonly attestations?: readonly LocalFile[] | undefined;
  /** Says what would be published, and writes nothing. */
  readonly dryRun?: boolean | undefined;
  /** Bytes of a part at most, in place of what suits the sizes. */
  readonly partBytes?: number | undefined;
  readonly progress: Progress;
  readonly signal?: AbortSignal | undefined;
}

/** A version that somebody can name. */
interface Named {
  readonly version: string;
  readonly tag: string;
}

/** What came of it. */
export type Published =
  /** The same model with the same evidence is a version already. */
  | (Named & { readonly state: 'identical'; readonly url: string | undefined })
  /** A dry run: what would be. */
  | (PlannedVersion & { readonly state: 'planned'; readonly manifest: Manifest })
  /** A draft holds everything. `manifest` is the digest of manifest.json, `subjects` all assets. */
  | (Named & {
      readonly state: 'prepared';
      readonly release: number;
      readonly manifest: string;
      readonly subjects: readonly { readonly name: string; readonly sha256: string }[];
      readonly sent: Sent;
    })
  | (Named & {
      readonly state: 'published';
      readonly url: string;
      readonly event: ReleaseEvent;
      /** The digest of manifest.json. */
      readonly manifest: string;
      readonly sent: Sent;
    });

/** What went over the line in this run. */
export interface Sent {
  readonly assets: number;
  readonly bytes: number;
}
