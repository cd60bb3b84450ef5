import Type, { type Static } from 'typebox';
import { Count, closed, Digest, Instant } from './envelope.ts';

/** `v` and a semantic version: `v1.4.0`, `v1.5.0-rc.1`. */
export const VersionText = Type.String({
  pattern: String.raw`^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$`,
  maxLength: 128,
});
export const Commit = Type.String({ pattern: '^[0-9a-f]{40}([0-9a-f]{24})?$' });

/** What a file is to its release. */
export const FILE_ROLES = [
  'model',
  'evidence',
  'card',
  'predictions',
  'profile',
  'bom',
  'config',
  'signature',
  'other',
] as const;
export const FileRole = Type.Enum(FILE_ROLES);
export type FileRole = Static<typeof FileRole>;

/** An asset of the release, whole or a part of a file, under the name that GitHub keeps. `size` in bytes. */
export const ManifestAsset = Type.Object(
  { name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$' }), size: Count, sha256: Digest },
  closed,
);
export type ManifestAsset = Static<typeof ManifestAsset>;

/** One file of a release. `assets` are its parts in order; none where the file lies in the other storage. */
export const ManifestFile = Type.Object(
  {
    /** From the folder of modelgate.yml, with forward slashes; evidence lies under `evidence/`. */
    path: Type.String({ minLength: 1, maxLength: 1024 }),
    role: FileRole,
    mediaType: Type.String({ maxLength: 255 }),
    size: Count,
    sha256: Digest,
    assets: Type.Array(ManifestAsset, { maxItems: 1000 }),
  },
  closed,
);
export type ManifestFile = Static<typeof ManifestFile>;

/** What the model takes and gives: a caller of the model breaks when it changes. Sorted by code unit. */
export const ModelInterface = Type.Object(
  {
    task: Type.Union([Type.String(), Type.Null()]),
    inputs: Type.Array(Type.String()),
    outputs: Type.Array(Type.String()),
    classes: Type.Array(Type.String()),
  },
  closed,
);
export type ModelInterface = Static<typeof ModelInterface>;

/** manifest.json: what a version consists of, by digest, and what it was made of. */
export const Manifest = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    model: Type.String(),
    version: VersionText,
    commit: Commit,
    created: Instant,
    tool: Type.Object({ name: Type.String(), version: Type.String() }, closed),
    /** `owner/name` and the id that GitHub never gives twice; null outside GitHub. */
    repository: Type.Union([Type.Object({ name: Type.String(), id: Count }, closed), Type.Null()]),
    /** Of the paths, sizes and digests of the model's files. */
    modelDigest: Digest,
    /** Of everything that makes this version another one: times, durations and machines aside. */
    contentDigest: Digest,
    interface: ModelInterface,
    /** The evidence documents, by the digests that name them (times aside). */
    evidence: Type.Array(Type.Object({ kind: Type.String(), sha256: Digest }, closed)),
    files: Type.Array(ManifestFile, { minItems: 1, maxItems: 10_000 }),
    /** Where the files without assets lie: an OCI artifact by digest. */
    storage: Type.Union([Type.Object({ target: Type.Literal('oci'), reference: Type.String() }, closed), Type.Null()]),
  },
  { ...closed, title: 'manifest.json', description: 'What a version of a model consists of.' },
);
export type Manifest = Static<typeof Manifest>;
