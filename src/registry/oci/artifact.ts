import { UserMistake } from '../../errors.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import type { LocalFile, StoredAbout } from '../model-store.ts';
import { findKinds, LAYER_TYPES } from './layer-kinds.ts';

/** CNCF ModelPack (modelpack/model-spec, specs-go/v1 as of commit 050fe41) on the OCI image manifest 1.1. */
export const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const ARTIFACT_TYPE = 'application/vnd.cncf.model.manifest.v1+json';
const CONFIG_TYPE = 'application/vnd.cncf.model.config.v1+json';
const PATH_KEY = 'org.cncf.model.filepath';
const TITLE_KEY = 'org.opencontainers.image.title';

/** Registries refuse larger manifests (OCI distribution 1.1, "Pushing Manifests": at least 4 MiB must be taken). */
export const MANIFEST_LIMIT = 4 * 1024 * 1024;

/** What we read of a layer's descriptor. */
export interface Layer {
  readonly digest: string;
  /** Bytes. */
  readonly size: number;
}

/** What we read of a manifest; what else it may say is nothing to us. */
export interface OciManifest {
  readonly layers: readonly Layer[];
  /** The model that the artifact says it is. */
  readonly model: string | undefined;
}

/** A small document that is pushed beside the files. */
export interface Document {
  readonly bytes: Buffer;
  readonly digest: string;
}

/** The documents of an artifact. The same files and facts give the same bytes, so a repeated push finds its own. */
export function renderArtifact(
  files: readonly LocalFile[],
  about: StoredAbout,
): { readonly config: Document; readonly manifest: Document } {
  const ordered = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const kinds = findKinds(ordered);
  const config = renderDocument({
    descriptor: { createdAt: about.created, name: about.model, version: about.version, revision: about.commit },
    modelfs: { type: 'layers', diffIds: ordered.map(({ sha256 }) => sha256) },
    config: {},
  });
  const manifest = renderDocument({
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    artifactType: ARTIFACT_TYPE,
    config: { mediaType: CONFIG_TYPE, digest: config.digest, size: config.bytes.length },
    layers: ordered.map(({ path, sha256, size }) => ({
      mediaType: LAYER_TYPES[kinds.get(path) ?? 'weight'],
      digest: sha256,
      size,
      annotations: {
        [PATH_KEY]: path,
        // The kind is guessed from the name; model-spec has this word for it.
        'org.cncf.model.file.mediatype.untested': 'true',
        // The name under which `oras pull` writes the file.
        [TITLE_KEY]: path,
      },
    })),
    annotations: {
      'org.opencontainers.image.created': about.created,
      'org.opencontainers.image.revision': about.commit,
      [TITLE_KEY]: about.model,
      'org.opencontainers.image.version': about.version,
    },
  });
  if (manifest.bytes.length <= MANIFEST_LIMIT) return { config, manifest };
  throw new UserMistake({
    found: `${files.length} files make a manifest of ${manifest.bytes.length} bytes, and registries take ${MANIFEST_LIMIT}`,
    fix: 'Pack the files of the model into fewer ones (`release.assets`).',
  });
}

/** Parses a manifest; undefined of anything without layers. */
export function parseManifest(bytes: Buffer): OciManifest | undefined {
  try {
    const document = JSON.parse(bytes.toString('utf8')) as { layers?: unknown; annotations?: Record<string, unknown> };
    if (!Array.isArray(document.layers) || !document.layers.every(isLayer)) return undefined;
    const title = document.annotations?.[TITLE_KEY];
    return { layers: document.layers, model: typeof title === 'string' ? title : undefined };
  } catch {
    return undefined;
  }
}

function isLayer(value: unknown): value is Layer {
  const { digest, size } = (value ?? {}) as Partial<Layer>;
  return typeof digest === 'string' && Number.isSafeInteger(size);
}

function renderDocument(content: object): Document {
  const bytes = Buffer.from(JSON.stringify(content));
  return { bytes, digest: computeSha256(bytes) };
}
