import Type, { type Static } from 'typebox';
import { Count, closed, Digest, describeDocument, KINDS, Outcome, Place, RuleOutcome } from './envelope.ts';
import { Interval, Metric } from './evaluation.ts';

/** A waiver that was asked for. `active` says whether it holds today; `reason` is the author's. */
export const WaiverState = Type.Object(
  {
    waives: Type.String(),
    reason: Type.String(),
    author: Type.String(),
    approver: Type.String(),
    expires: Type.String(),
    active: Type.Boolean(),
    note: Type.String(),
  },
  closed,
);
export type WaiverState = Static<typeof WaiverState>;

const Number_ = Type.Union([Type.Number(), Type.Null()]);

/** One-sided limits: each is wrong with a probability of `error` at most. */
export const Bounds = Type.Object(
  {
    low: Number_,
    high: Number_,
    /** As the rule asks for it. */
    confidence: Type.Number(),
    /** One less the confidence, divided among the verdicts of the budget and, with Holm, among the slices. */
    error: Type.Number(),
    method: Type.String(),
    /** Whether candidate and baseline were compared row by row. Absent without a baseline. */
    paired: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type Bounds = Static<typeof Bounds>;

/** What one number came to under a rule: the whole test set, or one value of the rule’s slice. */
export const RuleCase = Type.Object(
  {
    slice: Type.Optional(Type.String()),
    outcome: RuleOutcome,
    reason: Type.String(),
    n: Count,
    candidate: Number_,
    baseline: Number_,
    difference: Number_,
    interval: Type.Optional(Interval),
    /** What decided, under `confidence`: of the candidate, or of the difference where there is a baseline. */
    bounds: Type.Optional(Bounds),
    /** Rows that would settle it, of the kind at hand; null where no reasonable number would. */
    rowsNeeded: Type.Optional(Type.Union([Count, Type.Null()])),
    /** What passes: of the candidate, or of the difference where there is a baseline. A missing end is open. */
    allowed: Type.Optional(
      Type.Object({ low: Type.Optional(Type.Number()), high: Type.Optional(Type.Number()) }, closed),
    ),
    /** The line lies inside the interval: another test set of this size could decide otherwise. */
    withinNoise: Type.Boolean(),
  },
  closed,
);
export type RuleCase = Static<typeof RuleCase>;

/** One rule. `text` is the rule in words; `cases` holds one entry, or one for each value of its slice. */
export const RuleResult = Type.Object(
  {
    id: Type.String(),
    text: Type.String(),
    metric: Type.String(),
    level: Type.Enum(['error', 'warn']),
    outcome: RuleOutcome,
    reason: Type.String(),
    cases: Type.Array(RuleCase),
    waived: Type.Boolean(),
    place: Type.Optional(Place),
  },
  closed,
);
export type RuleResult = Static<typeof RuleResult>;

/** One governance control and the evidence that it resolved to. */
export const ControlResult = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum(['document', 'metric', 'checklist', 'approval']),
    text: Type.String(),
    outcome: Outcome,
    reason: Type.String(),
    /** The file that was read, where there is one. */
    evidence: Type.Union([Type.Object({ path: Type.String(), sha256: Digest }, closed), Type.Null()]),
    waived: Type.Boolean(),
    place: Type.Optional(Place),
  },
  closed,
);
export type ControlResult = Static<typeof ControlResult>;

/** What a stage contributes: a missing or failed one can never read as a pass. */
export const StageResult = Type.Object({ stage: Type.Enum(KINDS), outcome: Outcome, reason: Type.String() }, closed);
export type StageResult = Static<typeof StageResult>;

/** A baseline that a rule asked for, and where it was found. */
export const BaselineResult = Type.Object(
  {
    name: Type.String(),
    state: Type.Enum(['found', 'none-yet', 'unavailable']),
    /** Where it came from, or why it is not there. */
    text: Type.String(),
    commit: Type.Union([Type.String(), Type.Null()]),
    testSet: Type.Union([Digest, Type.Null()]),
    /** First-parent commits from the base to the baseline's commit; 0 is the base itself. */
    distance: Type.Optional(Count),
  },
  closed,
);
export type BaselineResult = Static<typeof BaselineResult>;

/** Whose files judged: the base's, or the head's own where the base has none yet (`bootstrap`), or of a push. */
export const JudgedBy = Type.Object(
  {
    side: Type.Enum(['base', 'head']),
    commit: Type.String(),
    /** The digest of the modelgate.yml that judged. */
    config: Digest,
    bootstrap: Type.Boolean(),
  },
  closed,
);
export type JudgedBy = Static<typeof JudgedBy>;

/** What a change does to the bar: `changed` is what cannot be ordered. */
export const ChangeKind = Type.Enum(['loosened', 'tightened', 'added', 'removed', 'changed']);
export type ChangeKind = Static<typeof ChangeKind>;

/** One promise that the candidate's own files word otherwise than the base's: a rule, a control, a setting. */
export const RuleChange = Type.Object(
  {
    /** The id of a rule or a control, or the key of a setting such as `gates.mode`. */
    id: Type.String(),
    change: ChangeKind,
    before: Type.Union([Type.String(), Type.Null()]),
    after: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
);
export type RuleChange = Static<typeof RuleChange>;

/** What a changed contract, test set or other judging file promises otherwise. */
export const PromiseChange = Type.Object(
  {
    file: Type.String(),
    /** What of the file: a column, a quality rule, `rows`. */
    subject: Type.String(),
    change: ChangeKind,
    before: Type.Union([Type.String(), Type.Null()]),
    after: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
);
export type PromiseChange = Static<typeof PromiseChange>;

/** The candidate on the test set as the pull request changes it. The base's version decides. */
export const ProposedTestSet = Type.Object(
  { testSet: Type.Union([Digest, Type.Null()]), outcome: Outcome, reason: Type.String(), metrics: Type.Array(Metric) },
  closed,
);
export type ProposedTestSet = Static<typeof ProposedTestSet>;

/** How often the test set was asked under one id. `spent` counts this verdict too; null where nobody counted. */
export const BudgetState = Type.Object(
  {
    id: Type.String(),
    verdicts: Count,
    spent: Type.Union([Count, Type.Null()]),
    adaptivity: Type.Enum(['full', 'none']),
    /** Whether the trusted job counted it; a laptop's run is outside it. */
    counted: Type.Boolean(),
    /**
     * `nearly-spent`: so little is left that it should be planned for. `spent`: this verdict is beyond the allowance.
     * `unknown`: it should have been counted, and nobody could read how many there were.
     */
    state: Type.Enum(['open', 'nearly-spent', 'spent', 'unknown']),
    /** What a verdict beyond the allowance, and one that nobody can count, comes to. */
    whenSpent: Type.Optional(Type.Enum(['warn', 'cannot-measure'])),
    text: Type.String(),
  },
  closed,
);
export type BudgetState = Static<typeof BudgetState>;

/** Ids of rows, the first by their order as text; `count` counts all. */
const ChangedRows = Type.Object({ count: Count, ids: Type.Array(Type.String(), { maxItems: 100 }) }, closed);

/** Candidate and baseline on the same rows. */
export const Comparison = Type.Object(
  {
    baseline: Type.String(),
    /** Rows of both. */
    rows: Count,
    /** Rows that the two answer differently. Of a regression or a ranking: whose predicted numbers differ at all. */
    disagreements: Count,
    /** Right in the baseline and wrong in the candidate, and the reverse. Of a classification only. */
    broken: Type.Optional(ChangedRows),
    fixed: Type.Optional(ChangedRows),
    /** The slice value whose number moved most, by the first metric of `evaluate.metrics`. */
    moved: Type.Optional(
      Type.Object(
        {
          metric: Type.String(),
          column: Type.String(),
          value: Type.String(),
          n: Count,
          difference: Type.Number(),
          withinNoise: Type.Boolean(),
        },
        closed,
      ),
    ),
    /** Why the rows could not be compared; the counts are then 0. */
    reason: Type.Optional(Type.String()),
  },
  closed,
);
export type Comparison = Static<typeof Comparison>;

export const VerdictEvidence = describeDocument('verdict', 'Whether the model may merge, and why.', {
  mode: Type.Enum(['enforce', 'observe']),
  governanceMode: Type.Enum(['enforce', 'observe']),
  /** True when this verdict stops the merge. An outcome other than pass does not block in observe mode. */
  blocks: Type.Boolean(),
  reason: Type.String(),
  reveal: Type.Enum(['verdict', 'metrics', 'rows']),
  stages: Type.Array(StageResult),
  rules: Type.Array(RuleResult),
  baselines: Type.Array(BaselineResult),
  controls: Type.Array(ControlResult),
  waivers: Type.Array(WaiverState),
  budget: Type.Union([BudgetState, Type.Null()]),
  /** What changed between a baseline and the candidate, row by row. */
  comparisons: Type.Optional(Type.Array(Comparison)),
  /** Absent where the working copy judges itself: on a laptop and in one job. */
  judgedBy: Type.Optional(JudgedBy),
  ruleChanges: Type.Optional(Type.Array(RuleChange)),
  promiseChanges: Type.Optional(Type.Array(PromiseChange)),
  proposedTestSet: Type.Optional(ProposedTestSet),
});
export type VerdictEvidence = Static<typeof VerdictEvidence>;
