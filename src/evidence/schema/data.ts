import Type, { type Static } from 'typebox';
import { Count, closed, Digest, describeDocument, Outcome, Place } from './envelope.ts';
import { Profile } from './profile.ts';

/** Up to five rows that break a rule. `row` counts data rows of the file from 1; `line` is the line of a text file, and `file` which one where there are several. */
export const Example = Type.Object(
  {
    file: Type.Optional(Type.String()),
    row: Type.Optional(Count),
    line: Type.Optional(Count),
    /** What tells the row of a database from others, such as `id 17`: rows of a table have no number. */
    key: Type.Optional(Type.String()),
    value: Type.Optional(Type.String()),
  },
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
export type Example = Static<typeof Example>;
export type Finding = Static<typeof Finding>;

export const DatasetEvidence = Type.Object(
  {
    name: Type.String(),
    /** Null, as its digest and size are, of a table of a database, which `table` names. */
    path: Type.Union([Type.String(), Type.Null()]),
    table: Type.Optional(Type.String()),
    format: Type.Enum(['csv', 'parquet', 'jsonl', 'postgres']),
    sha256: Type.Union([Digest, Type.Null()]),
    size: Type.Union([Count, Type.Null()]),
    rows: Count,
    columns: Type.Array(Type.String()),
    /** The files where the data set is several; `sha256` is then of their list, as `sha256sum` writes it. */
    files: Type.Optional(
      Type.Array(Type.Object({ path: Type.String(), sha256: Digest, size: Count, rows: Count }, closed)),
    ),
    contract: Type.Union([Type.Object({ path: Type.String(), sha256: Digest }, closed), Type.Null()]),
    /** The JSON Schema that its records were held against. */
    recordSchema: Type.Optional(Type.Object({ path: Type.String(), sha256: Digest }, closed)),
    findings: Type.Array(Finding),
    /** What the contract says and no check covers, and columns that it does not mention: phrases. */
    notChecked: Type.Optional(Type.Array(Type.String())),
    /** How the columns are distributed, without values of sensitive ones, so that later runs need not read the data again. */
    profile: Type.Optional(Profile),
    /** Why there is no profile where none was refused: a phrase. */
    unprofiled: Type.Optional(Type.String()),
  },
  closed,
);
export type DatasetEvidence = Static<typeof DatasetEvidence>;

/** How one column of two data sets was compared, with what, and what came of it. */
export const ComparedColumn = Type.Object(
  {
    name: Type.String(),
    outcome: Outcome,
    /** Such as `Kolmogorov–Smirnov, asymptotic`; undefined where nothing could be compared. */
    method: Type.Optional(Type.String()),
    /** How values were gathered: `distinct values`, `10 bins by quantiles of the reference`. */
    binning: Type.Optional(Type.String()),
    /** Values of the reference and of the other. */
    n: Type.Array(Count, { minItems: 2, maxItems: 2 }),
    statistic: Type.Optional(Type.Number()),
    p: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    /** The same by Benjamini and Hochberg over all columns that were tested, which is what decides. */
    adjustedP: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    /** The size of the difference, in the unit that `effect` names. */
    effectSize: Type.Optional(Type.Number()),
    effect: Type.Optional(Type.String()),
    threshold: Type.Optional(Type.Number()),
    reason: Type.String(),
  },
  closed,
);
export type ComparedColumn = Static<typeof ComparedColumn>;

/** A check between data sets. `text` is the check in words. */
export const CrossCheck = Type.Object(
  { text: Type.String(), ...Finding.properties, columns: Type.Optional(Type.Array(ComparedColumn)) },
  closed,
);
export type CrossCheck = Static<typeof CrossCheck>;

export const DataEvidence = describeDocument('data', 'Whether the data keeps its contracts.', {
  datasets: Type.Array(DatasetEvidence),
  checks: Type.Array(CrossCheck),
});
export type DataEvidence = Static<typeof DataEvidence>;
