import Type from 'typebox';
import { Column, RepositoryPath, Share, titled } from './quantities.ts';

const closed = { additionalProperties: false };

/** How a CSV file is written, where it is not UTF-8 with commas and double quotes. */
export const Csv = Type.Object(
  {
    delimiter: Type.Optional(
      Type.String({ minLength: 1, maxLength: 1, description: 'the character between two values; a comma without it' }),
    ),
    encoding: Type.Optional(
      Type.Enum(['utf-8', 'latin-1', 'utf-16'], { description: 'utf-8, latin-1 or utf-16; utf-8 without it' }),
    ),
    'null-values': Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        uniqueItems: true,
        description: 'unquoted texts that stand for no value, such as NA; an empty one always does',
      }),
    ),
  },
  { ...closed, description: 'how a CSV file is written: delimiter, encoding, null-values' },
);

export const Dataset = Type.Object(
  {
    path: Type.Optional(titled(RepositoryPath, 'the file of the data')),
    engine: Type.Optional(
      Type.Enum(['postgres'], { description: 'postgres: the data is a table of a database, in the place of `path`' }),
    ),
    table: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'the table, as schema.table; names with dots or spaces in double quotes',
      }),
    ),
    connection: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
        description: 'the environment variable that holds the address of the database; DATABASE_URL without it',
      }),
    ),
    contract: Type.Optional(titled(RepositoryPath, 'a data contract (ODCS) that the file must keep')),
    csv: Type.Optional(Csv),
    'record-schema': Type.Optional(
      titled(RepositoryPath, 'a JSON Schema (2020-12) that every record of a JSONL file must keep'),
    ),
    profile: Type.Optional(
      Type.Boolean({
        description:
          'whether the evidence tells how the columns are distributed: true of every row, false not at all; without it of about 20,000 rows where there are at most a million',
      }),
    ),
    format: Type.Optional(
      Type.Enum(['csv', 'parquet', 'jsonl'], {
        description: 'csv, parquet or jsonl; without it the ending of the file name decides',
      }),
    ),
  },
  { ...closed, description: 'a data set: its path or its table, and the contract that it promises to keep' },
);

/** Two data sets may not share a value of these columns: leakage. */
export const NoOverlap = Type.Object(
  {
    between: Type.Array(Type.String(), { minItems: 2, uniqueItems: true, description: 'names of data sets' }),
    on: Type.Optional(
      titled(
        Type.Array(Column, { minItems: 1, uniqueItems: true, description: 'names of columns' }),
        'without it all columns: no row may stand in two data sets',
      ),
    ),
  },
  { ...closed, description: 'the data sets may not share a value of these columns: leakage' },
);

/** How two distributions of one column are compared. `auto` chooses by type and size. */
export const DRIFT_METHODS = ['auto', 'ks', 'wasserstein', 'jensen-shannon', 'psi', 'chi-square'] as const;

/** At most this share of the columns may be distributed differently in the two data sets. */
export const Drift = Type.Object(
  {
    from: Type.Optional(Type.String({ description: 'the name of a data set, the reference' })),
    reference: Type.Optional(
      titled(
        RepositoryPath,
        'a stored profile, or the data.json of an earlier run, to compare with in the place of `from`',
      ),
    ),
    to: Type.String({ description: 'the name of a data set' }),
    'max-share': titled(Share, 'the greatest share of columns that may differ'),
    columns: Type.Optional(
      titled(
        Type.Array(Column, { minItems: 1, uniqueItems: true, description: 'names of columns' }),
        'without it all that both data sets have and that do not tell rows apart',
      ),
    ),
    method: Type.Optional(Type.Enum(DRIFT_METHODS, { description: DRIFT_METHODS.join(', ') })),
    threshold: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        description: 'the distance, or for ks and chi-square the p-value, from which a column counts as different',
      }),
    ),
    'min-rows': Type.Optional(
      Type.Integer({ minimum: 1, description: 'values on each side below which nothing can be said; 30 without it' }),
    ),
  },
  { ...closed, description: 'at most this share of the columns may be distributed differently in the two data sets' },
);

/** No other column may tell the label almost perfectly on its own. */
export const LabelLeakage = Type.Object(
  {
    in: Type.String({ description: 'the name of a data set' }),
    label: Column,
    'max-score': Type.Optional(
      titled(Share, 'how well one column may predict the label, 0 (not at all) to 1 (perfectly); 0.99 without it'),
    ),
    except: Type.Optional(Type.Array(Column, { uniqueItems: true, description: 'names of columns' })),
  },
  { ...closed, description: 'no other column may tell the label almost perfectly on its own' },
);

/** Every instant of one data set comes before those of another. */
export const TimeOrder = Type.Object(
  {
    before: Type.String({ description: 'the name of a data set' }),
    after: Type.String({ description: 'the name of a data set' }),
    on: Column,
  },
  { ...closed, description: 'every instant of one data set comes before those of another' },
);

export const PRIVACY_DETECTORS = [
  'email',
  'phone',
  'payment-card',
  'iban',
  'national-id',
  'ip-address',
  'column-name',
] as const;

/** No personal data may stand in these data sets. */
export const Privacy = Type.Object(
  {
    in: Type.Array(Type.String(), { minItems: 1, uniqueItems: true, description: 'names of data sets' }),
    rows: Type.Optional(
      Type.Union([Type.Literal('all'), Type.Integer({ minimum: 1 })], {
        description: 'how many rows are looked at, by a seed, or `all`; 100000 without it',
      }),
    ),
    except: Type.Optional(
      titled(Type.Array(Column, { uniqueItems: true, description: 'names of columns' }), 'columns where it is meant'),
    ),
    detectors: Type.Optional(
      Type.Array(Type.Enum(PRIVACY_DETECTORS), {
        minItems: 1,
        uniqueItems: true,
        description: `some of ${PRIVACY_DETECTORS.join(', ')}; without it all`,
      }),
    ),
  },
  { ...closed, description: 'no personal data may stand in these data sets' },
);

export const DataCheck = Type.Object(
  {
    'no-overlap': Type.Optional(NoOverlap),
    drift: Type.Optional(Drift),
    'label-leakage': Type.Optional(LabelLeakage),
    'time-order': Type.Optional(TimeOrder),
    privacy: Type.Optional(Privacy),
  },
  {
    ...closed,
    minProperties: 1,
    maxProperties: 1,
    description: 'one check: no-overlap, drift, label-leakage, time-order or privacy',
  },
);

/** Every key but `checks` names a data set. */
export const Data = Type.Object(
  { checks: Type.Optional(Type.Array(DataCheck, { description: 'checks between data sets' })) },
  { additionalProperties: Dataset, description: 'the data sets by name, and the checks between them' },
);
