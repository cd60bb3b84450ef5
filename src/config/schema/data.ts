import Type from 'typebox';
import { Column, RepositoryPath, Share, titled } from './quantities.ts';

const closed = { additionalProperties: false };

export const Dataset = Type.Object(
  {
    path: titled(RepositoryPath, 'the file of the data'),
    contract: Type.Optional(titled(RepositoryPath, 'a data contract (ODCS) that the file must keep')),
    format: Type.Optional(
      Type.Enum(['csv', 'parquet', 'jsonl'], {
        description: 'csv, parquet or jsonl; without it the ending of the file name decides',
      }),
    ),
  },
  { ...closed, description: 'a data set: its path, and the contract that it promises to keep' },
);

/** Two data sets may not share a value of these columns: leakage. */
export const NoOverlap = Type.Object(
  {
    between: Type.Array(Type.String(), { minItems: 2, uniqueItems: true, description: 'names of data sets' }),
    on: Type.Array(Column, { minItems: 1, uniqueItems: true, description: 'names of columns' }),
  },
  { ...closed, description: 'the data sets may not share a value of these columns: leakage' },
);

/** At most this share of the columns may be distributed differently in the two data sets. */
export const Drift = Type.Object(
  {
    from: Type.String({ description: 'the name of a data set' }),
    to: Type.String({ description: 'the name of a data set' }),
    'max-share': titled(Share, 'the greatest share of columns that may differ'),
    columns: Type.Optional(
      titled(
        Type.Array(Column, { minItems: 1, uniqueItems: true, description: 'names of columns' }),
        'without it all that both data sets have and that do not tell rows apart',
      ),
    ),
  },
  { ...closed, description: 'at most this share of the columns may be distributed differently in the two data sets' },
);

export const DataCheck = Type.Object(
  { 'no-overlap': Type.Optional(NoOverlap), drift: Type.Optional(Drift) },
  { ...closed, minProperties: 1, maxProperties: 1, description: 'one check: no-overlap or drift' },
);

/** Every key but `checks` names a data set. */
export const Data = Type.Object(
  { checks: Type.Optional(Type.Array(DataCheck, { description: 'checks between data sets' })) },
  { additionalProperties: Dataset, description: 'the data sets by name, and the checks between them' },
);
