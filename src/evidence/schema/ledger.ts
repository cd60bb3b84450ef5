import Type, { type Static, type TProperties } from 'typebox';
import { Identifier } from '../../config/schema/quantities.ts';
import { Count, closed, Digest, FileDigest, Instant, Outcome, RuleOutcome } from './envelope.ts';
import { Commit, VersionText } from './manifest.ts';

const Login = Type.String({ minLength: 1, maxLength: 100 });
const Words = Type.String({ maxLength: 4096 });
const Address = Type.Union([Type.String({ maxLength: 2048 }), Type.Null()]);
const Counter = Type.Integer({ minimum: 1 });

/** Where the ledger stood: its newest event. */
export const LedgerHead = Type.Object({ sequence: Counter, digest: Digest }, closed);
export type LedgerHead = Static<typeof LedgerHead>;

/** The schema of one kind of event: what all have, and what the kind adds. */
function describeEvent<K extends string, P extends TProperties>(kind: K, description: string, properties: P) {
  return Type.Object(
    {
      schemaVersion: Type.Literal(1),
      /** From 1, without a gap. */
      sequence: Counter,
      /** The digest of the event before; null of the first. */
      previous: Type.Union([Digest, Type.Null()]),
      kind: Type.Literal(kind),
      /** What a repeated run finds its own event by. */
      id: Type.String({ minLength: 1, maxLength: 300 }),
      created: Instant,
      model: Identifier,
      /** Who acted: a login. */
      actor: Login,
      run: Type.Union([Type.Object({ id: Count, attempt: Count, url: Type.String() }, closed), Type.Null()]),
      tool: Type.Object({ name: Type.String(), version: Type.String() }, closed),
      ...properties,
    },
    { ...closed, description },
  );
}

/** A number of a release as the ledger keeps it; none where the file reveals the verdict only. */
export const LedgerMetric = Type.Object(
  {
    name: Type.String(),
    value: Type.Union([Type.Number(), Type.Null()]),
    n: Count,
    interval: Type.Optional(
      Type.Object({ low: Type.Number(), high: Type.Number(), level: Type.Number(), method: Type.String() }, closed),
    ),
  },
  closed,
);
export type LedgerMetric = Static<typeof LedgerMetric>;

export const ReleaseEvent = describeEvent(
  'release',
  'A version was accepted. It exists when its release is published.',
  {
    version: VersionText,
    tag: Type.String(),
    commit: Commit,
    prerelease: Type.Boolean(),
    /** The digest of the bytes of manifest.json. */
    manifest: Digest,
    modelDigest: Digest,
    contentDigest: Digest,
    /** The digest of the verdict, and what it came to. */
    verdict: Digest,
    outcome: Outcome,
    metrics: Type.Array(LedgerMetric),
    rules: Type.Array(Type.Object({ id: Type.String(), outcome: RuleOutcome, waived: Type.Boolean() }, closed)),
    controls: Type.Array(Type.Object({ id: Type.String(), outcome: Outcome, waived: Type.Boolean() }, closed)),
    waivers: Type.Array(
      Type.Object(
        { waives: Type.String(), reason: Type.String(), approver: Type.String(), expires: Type.String() },
        closed,
      ),
    ),
    /** The data sets by name. */
    data: Type.Array(Type.Object({ name: Type.String(), sha256: Digest }, closed)),
    /** The model's files. */
    files: Type.Array(FileDigest),
    /** The OCI artifact that holds them, by digest; null where they are assets. */
    reference: Address,
  },
);
export type ReleaseEvent = Static<typeof ReleaseEvent>;

/** Somebody other than the one who asked agreed. */
export const StageApproval = Type.Object(
  { login: Login, by: Type.Enum(['environment', 'issue']), url: Address },
  closed,
);
export type StageApproval = Static<typeof StageApproval>;

const placed = {
  stage: Identifier,
  version: VersionText,
  counter: Counter,
  /** `model#stage#counter`. */
  tag: Type.String(),
  commit: Commit,
  /** What was in the stage before. */
  from: Type.Union([VersionText, Type.Null()]),
  requestedBy: Login,
  /** Who else started the run that asked, again. */
  triggeredBy: Type.Optional(Type.Array(Login)),
};

export const PromotionEvent = describeEvent('promotion', 'A version was put into a stage.', {
  ...placed,
  reason: Words,
  approvals: Type.Array(StageApproval),
});
export type PromotionEvent = Static<typeof PromotionEvent>;

export const RollbackEvent = describeEvent('rollback', 'A stage went back to a version that was healthy in it.', {
  ...placed,
  reason: Type.String({ minLength: 1, maxLength: 4096 }),
});
export type RollbackEvent = Static<typeof RollbackEvent>;

export const HealthEvent = describeEvent('health', 'What was seen of a version in a stage.', {
  stage: Identifier,
  version: VersionText,
  healthy: Type.Boolean(),
  reason: Words,
});
export type HealthEvent = Static<typeof HealthEvent>;

export const VerdictEvent = describeEvent('verdict', 'A test set was asked about a model, and its answer was shown.', {
  /** `gates.budget.id`. */
  budget: Identifier,
  commit: Commit,
  /**
   * Model, test set and modelgate.yml: the same three are counted once. What the model answers is a part of it here: its
   * predictions and its threshold may change while its files stay as they are, and the test set is then asked anew.
   */
  modelDigest: Digest,
  predictions: Digest,
  threshold: Type.Optional(Type.Number()),
  testSet: Digest,
  config: Digest,
  outcome: Outcome,
});
export type VerdictEvent = Static<typeof VerdictEvent>;

/** One entry of the ledger. */
export const LedgerEvent = Type.Union([ReleaseEvent, PromotionEvent, RollbackEvent, HealthEvent, VerdictEvent], {
  title: 'ledger event',
  description: 'One file of the branch modelgate: something that happened to a model.',
});
export type LedgerEvent = Static<typeof LedgerEvent>;
/** Events that put a version into a stage. */
export type PlacingEvent = PromotionEvent | RollbackEvent;

type Given = 'schemaVersion' | 'sequence' | 'previous' | 'created' | 'tool';
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** An event as its author writes it; the ledger gives the rest. */
export type LedgerDraft = DistributiveOmit<LedgerEvent, Given>;
