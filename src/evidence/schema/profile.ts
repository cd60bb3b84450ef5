import Type, { type Static } from 'typebox';
import { Count, closed, Digest } from './envelope.ts';

/** How numbers are distributed: `counts[i]` values are at most `upTo[i]` and over the one before. `upTo` ascends. */
export const NumberProfile = Type.Object(
  { low: Type.Number(), upTo: Type.Array(Type.Number()), counts: Type.Array(Count) },
  closed,
);

/** How texts are distributed: the frequent ones, and how many values and different texts are not told. */
export const CategoryProfile = Type.Object(
  {
    values: Type.Array(Type.Object({ value: Type.String(), count: Count }, closed)),
    others: Type.Object({ distinct: Count, count: Count }, closed),
  },
  closed,
);

export const ColumnProfile = Type.Object(
  {
    name: Type.String(),
    /** Of dates the numbers are days, of timestamps microseconds since 1970 in UTC, of times microseconds since midnight. */
    type: Type.Enum(['integer', 'number', 'date', 'timestamp', 'time', 'boolean', 'string', 'array', 'object']),
    /** Rows with a value of the type, with one of another type, and without any. */
    n: Count,
    invalid: Count,
    nulls: Count,
    distinct: Count,
    /** That there were too many different values to count them: `distinct` may be a third off. */
    estimated: Type.Optional(Type.Literal(true)),
    numbers: Type.Optional(NumberProfile),
    categories: Type.Optional(CategoryProfile),
    /** Why no values are told: the contract calls them sensitive or they look personal, they tell rows apart, or `reveal` hides the rows. */
    withheld: Type.Optional(Type.Enum(['sensitive', 'key', 'hidden'])),
  },
  closed,
);
export type ColumnProfile = Static<typeof ColumnProfile>;

/** profile.json: how a data set was distributed, for the comparison with later data. */
export const Profile = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    dataset: Type.String(),
    sha256: Digest,
    rows: Count,
    /** How many of the rows are described, spread over all of them by a digest of their numbers; without it all. */
    sampled: Type.Optional(Count),
    columns: Type.Array(ColumnProfile),
    /** Columns beyond the first 200. */
    undescribed: Type.Optional(Count),
  },
  { ...closed, title: 'profile.json', description: 'How the columns of a data set are distributed.' },
);
export type Profile = Static<typeof Profile>;
