import Type, { type Static } from 'typebox';
import { Count, closed, describeDocument, FileDigest } from './envelope.ts';

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
    reason: Type.Optional(Type.String()),
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

export const EvaluationEvidence = describeDocument('evaluation', 'What the model scored on the test set.', {
  task: Type.Enum(['binary-classification', 'multiclass-classification', 'regression']),
  reason: Type.String(),
  testSet: Type.Union([FileDigest, Type.Null()]),
  predictions: Type.Union([FileDigest, Type.Null()]),
  reveal: Type.Enum(['verdict', 'metrics', 'rows']),
  selfReported: Type.Boolean(),
  join: Type.Union([Join, Type.Null()]),
  metrics: Type.Array(Metric),
  confusion: Type.Union([Confusion, Type.Null()]),
});
export type EvaluationEvidence = Static<typeof EvaluationEvidence>;
