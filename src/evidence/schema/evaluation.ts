import Type, { type Static } from 'typebox';
import { Count, closed, Digest, describeDocument, FileDigest } from './envelope.ts';

/** Two-sided limits of a metric at `level`, and the name of the method that gave them. */
export const Interval = Type.Object(
  { low: Type.Number(), high: Type.Number(), level: Type.Number(), method: Type.String() },
  closed,
);
export type Interval = Static<typeof Interval>;

/**
 * One number, on the rows of one slice, or on all rows where there is no `slice`.
 * `n` counts the rows that it rests on; of a difference between groups, those of the smallest group.
 * `value` is null when it cannot be measured, and `reason` then says why. `positive` and `group` are there when
 * the metric was computed for them.
 */
export const Metric = Type.Object(
  {
    name: Type.String(),
    slice: Type.Optional(Type.Object({ column: Type.String(), value: Type.String() }, closed)),
    positive: Type.Optional(Type.String()),
    group: Type.Optional(Type.String()),
    value: Type.Union([Type.Number(), Type.Null()]),
    n: Count,
    source: Type.Enum(['computed', 'reported']),
    interval: Type.Optional(Interval),
    /** Why a number has no interval; absent in evidence of versions that did not write it. */
    noInterval: Type.Optional(Type.String()),
    reason: Type.Optional(Type.String()),
    /** The file of a reported number, and where it stands in it. */
    from: Type.Optional(Type.Object({ path: Type.String(), key: Type.String() }, closed)),
  },
  closed,
);
export type Metric = Static<typeof Metric>;

/** How the predictions met the labels, by id. */
export const Join = Type.Object(
  {
    labels: Count,
    predictions: Count,
    matched: Count,
    missingPredictions: Count,
    unexpectedPredictions: Count,
    duplicatedIds: Count,
    invalidRows: Count,
    /** Rows of the test set whose class no row of the training data has; absent where that is not known. */
    unseenLabels: Type.Optional(
      Type.Array(Type.Object({ label: Type.String(), rows: Count }, closed), { maxItems: 100 }),
    ),
  },
  closed,
);
export type Join = Static<typeof Join>;

/** Rows are true classes, columns predicted ones, both in the order of `classes`. */
export const Confusion = Type.Object(
  { classes: Type.Array(Type.String()), counts: Type.Array(Type.Array(Count)) },
  closed,
);
export type Confusion = Static<typeof Confusion>;

/** A tuple, in words of JSON Schema 2020-12: those that the library writes for one are of an older draft. */
const Point = Type.Unsafe<[number, number, number]>(Type.Array(Type.Number(), { minItems: 3, maxItems: 3 }));

/** A curve of at most 512 points, for reports: of the first are false-positive and true-positive rate, and so on. */
export const Curve = Type.Object(
  {
    kind: Type.Enum(['roc', 'precision-recall', 'calibration']),
    positive: Type.Optional(Type.String()),
    /** x, y, and the rows of the point. */
    points: Type.Array(Point, { maxItems: 512 }),
  },
  closed,
);
export type Curve = Static<typeof Curve>;

/** The threshold that turned scores into classes, and what it was chosen by. */
export const OperatingPoint = Type.Object(
  {
    threshold: Type.Number(),
    positive: Type.String(),
    chosenBy: Type.String(),
    /** What the choice came to on the validation rows. */
    achieved: Type.Number(),
    rows: Count,
    predictions: FileDigest,
    labels: FileDigest,
  },
  closed,
);
export type OperatingPoint = Static<typeof OperatingPoint>;

export const EvaluationEvidence = describeDocument('evaluation', 'What the model scored on the test set.', {
  /** Absent where every number was reported, and modelgate.yml names no task. */
  task: Type.Optional(Type.Enum(['binary-classification', 'multiclass-classification', 'regression', 'ranking'])),
  reason: Type.String(),
  testSet: Type.Union([FileDigest, Type.Null()]),
  predictions: Type.Union([FileDigest, Type.Null()]),
  reveal: Type.Enum(['verdict', 'metrics', 'rows']),
  selfReported: Type.Boolean(),
  /** Of what decides the numbers beside these files; absent in evidence of versions that did not write it. */
  measuredBy: Type.Optional(Digest),
  join: Type.Union([Join, Type.Null()]),
  metrics: Type.Array(Metric),
  confusion: Type.Union([Confusion, Type.Null()]),
  curves: Type.Optional(Type.Array(Curve)),
  operatingPoint: Type.Optional(OperatingPoint),
  /** The files that reported numbers were read from. */
  reported: Type.Optional(Type.Array(FileDigest)),
});
export type EvaluationEvidence = Static<typeof EvaluationEvidence>;
