import Type, { type Static } from 'typebox';
import { Count, closed, Digest, describeDocument, Outcome, Place } from './envelope.ts';

/** Up to five rows that break a rule. `row` counts data rows from 1; `line` is the line of a text file. */
export const Example = Type.Object(
  { row: Type.Optional(Count), line: Type.Optional(Count), value: Type.Optional(Type.String()) },
  closed,
);

/**
 * What one check of a contract came to. `count` and `share` are of the rows that break it. One of level `warn` is shown
 * and does not count towards the document’s outcome.
 */
export const Finding = Type.Object(
  {
    rule: Type.String(),
    column: Type.Optional(Type.String()),
    outcome: Outcome,
    level: Type.Optional(Type.Enum(['error', 'warn'])),
    count: Count,
    share: Type.Number({ minimum: 0, maximum: 1 }),
    reason: Type.String(),
    examples: Type.Array(Example, { maxItems: 5 }),
    place: Type.Optional(Place),
  },
  closed,
);
export type Finding = Static<typeof Finding>;

export const DatasetEvidence = Type.Object(
  {
    name: Type.String(),
    path: Type.String(),
    format: Type.Enum(['csv', 'parquet', 'jsonl']),
    sha256: Digest,
    size: Count,
    rows: Count,
    columns: Type.Array(Type.String()),
    contract: Type.Union([Type.Object({ path: Type.String(), sha256: Digest }, closed), Type.Null()]),
    findings: Type.Array(Finding),
    /** What the contract says and no check covers, and columns that it does not mention: phrases. */
    notChecked: Type.Optional(Type.Array(Type.String())),
  },
  closed,
);
export type DatasetEvidence = Static<typeof DatasetEvidence>;

/** A check between data sets. `text` is the check in words. */
export const CrossCheck = Type.Object({ text: Type.String(), ...Finding.properties }, closed);
export type CrossCheck = Static<typeof CrossCheck>;

export const DataEvidence = describeDocument('data', 'Whether the data keeps its contracts.', {
  datasets: Type.Array(DatasetEvidence),
  checks: Type.Array(CrossCheck),
});
export type DataEvidence = Static<typeof DataEvidence>;
