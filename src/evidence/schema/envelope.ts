import Type, { type Static, type TProperties } from 'typebox';

export const closed = { additionalProperties: false } as const;

/** `sha256:` and 64 lower-case hexadecimal digits. */
export const Digest = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' });
export const Count = Type.Integer({ minimum: 0 });
/** An instant in UTC, RFC 3339. */
export const Instant = Type.String({ format: 'date-time' });

export const OUTCOMES = ['pass', 'fail', 'cannot-measure'] as const;
/** What a document, a stage, a finding or a control comes to. */
export const Outcome = Type.Enum(OUTCOMES);
export type Outcome = (typeof OUTCOMES)[number];
/** A rule may also be not applicable: only where there is provably no baseline yet. */
export const RuleOutcome = Type.Enum([...OUTCOMES, 'not-applicable']);
export type RuleOutcome = Static<typeof RuleOutcome>;

/** A file by its content. `path` is relative to the folder of modelgate.yml; `size` in bytes. */
export const FileDigest = Type.Object({ path: Type.String(), sha256: Digest, size: Count }, closed);
export type FileDigest = Static<typeof FileDigest>;

/** Where in a file of the user's a statement belongs. Counts from 1. */
export const Place = Type.Object(
  { file: Type.String(), line: Type.Integer({ minimum: 1 }), column: Type.Integer({ minimum: 1 }) },
  closed,
);
export type Place = Static<typeof Place>;

export const KINDS = ['data', 'training', 'prediction', 'evaluation', 'verdict'] as const;
export type Kind = (typeof KINDS)[number];

/** What the document speaks of. `commit` is null outside git; `dirty` says that files differ from the commit. */
export const Subject = Type.Object(
  {
    commit: Type.Union([Type.String({ pattern: '^[0-9a-f]{40}([0-9a-f]{24})?$' }), Type.Null()]),
    dirty: Type.Boolean(),
    config: Digest,
    modelFiles: Type.Array(FileDigest),
  },
  closed,
);
export type Subject = Static<typeof Subject>;

/** A document that this one was built on, by its digest (times aside: see `computeDigest`). */
export const Parent = Type.Object({ kind: Type.Enum(KINDS), sha256: Digest }, closed);
export type Parent = Static<typeof Parent>;

/** When the work began and how long it took. Everything that differs between two equal runs is here or in `created`. */
export const Timing = Type.Object({ started: Instant, seconds: Type.Number({ minimum: 0 }) }, closed);
export type Timing = Static<typeof Timing>;

/** The schema of one kind of document: the envelope, and what the kind adds. */
export function describeDocument<K extends Kind, P extends TProperties>(kind: K, description: string, properties: P) {
  return Type.Object(
    {
      kind: Type.Literal(kind),
      schemaVersion: Type.Literal(1),
      model: Type.String(),
      created: Instant,
      timing: Timing,
      tool: Type.Object({ name: Type.String(), version: Type.String() }, closed),
      subject: Subject,
      parents: Type.Array(Parent),
      outcome: Outcome,
      ...properties,
    },
    { ...closed, title: `${kind}.json`, description },
  );
}
