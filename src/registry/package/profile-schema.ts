import Type, { type Static } from 'typebox';
import { Count, closed, Digest } from '../../evidence/schema/envelope.ts';

/** How numbers are distributed: `counts[i]` values are at most `upTo[i]` and over the one before. Both ascend. */
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
    /** Of dates the numbers are days, of timestamps microseconds, since 1970 in UTC. */
    type: Type.Enum(['integer', 'number', 'date', 'timestamp', 'boolean', 'string']),
    /** Rows with a value of the type, with one of another type, and without any. */
    n: Count,
    invalid: Count,
    nulls: Count,
    distinct: Count,
    numbers: Type.Optional(NumberProfile),
    categories: Type.Optional(CategoryProfile),
    /** Why no values are told. */
    withheld: Type.Optional(Type.Enum(['sensitive', 'key'])),
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
    columns: Type.Array(ColumnProfile),
  },
  { ...closed, title: 'profile.json', description: 'How the columns of a data set are distributed.' },
);
export type Profile = Static<typeof Profile>;
