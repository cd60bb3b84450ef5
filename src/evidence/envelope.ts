import { NAME, VERSION } from '../identity.ts';
import { computeDigest } from './digest.ts';
import type { EvidenceDocument } from './document.ts';
import type { FileDigest, Kind, Parent, Subject, Timing } from './schema/envelope.ts';

/** What every stage knows before it starts: the model, the state of the repository, the clock. */
export interface Provenance {
  readonly model: string;
  readonly commit: string | null;
  readonly dirty: boolean;
  /** Digest of modelgate.yml. */
  readonly config: string;
  /** Now. Passed in, so that tests and reproducible builds decide. */
  readonly now: () => Date;
}

export interface EnvelopeParts<K extends Kind> {
  readonly kind: K;
  readonly provenance: Provenance;
  readonly started: Date;
  readonly parents: readonly (EvidenceDocument | undefined)[];
  readonly modelFiles?: readonly FileDigest[];
}

interface Envelope<K extends Kind> {
  kind: K;
  schemaVersion: 1;
  model: string;
  created: string;
  timing: Timing;
  tool: { name: string; version: string };
  subject: Subject;
  parents: Parent[];
}

/** The fields that all documents share; the stage adds its own and the outcome. */
export function createEnvelope<K extends Kind>(parts: EnvelopeParts<K>): Envelope<K> {
  const { model, commit, dirty, config, now } = parts.provenance;
  const created = now();
  return {
    kind: parts.kind,
    schemaVersion: 1,
    model,
    created: created.toISOString(),
    timing: {
      started: parts.started.toISOString(),
      seconds: Math.max(0, (created.getTime() - parts.started.getTime()) / 1000),
    },
    tool: { name: NAME, version: VERSION },
    subject: { commit, dirty, config, modelFiles: [...(parts.modelFiles ?? [])] },
    parents: parts.parents
      .filter((document) => document !== undefined)
      .map((document) => ({ kind: document.kind, sha256: computeDigest(document) })),
  };
}
