import Type from 'typebox';
import { Column, Command, Duration, IDENTIFIER, RepositoryPath, Share, titled } from './quantities.ts';
import { Environment } from './train.ts';

const closed = { additionalProperties: false };

export const Predictions = Type.Object(
  {
    path: RepositoryPath,
    id: titled(Column, 'what joins predictions and labels'),
    prediction: titled(Column, 'the predicted class or number'),
    scores: Type.Optional(
      Type.Union([Column, Type.Record(Type.String(), Column)], {
        description: 'one column (binary), or one column for each class',
      }),
    ),
    limits: Type.Optional(
      Type.Object(
        { low: titled(Column, 'the lower limit'), high: titled(Column, 'the upper limit') },
        { ...closed, description: 'the columns of a predicted interval, in a regression' },
      ),
    ),
  },
  { ...closed, description: 'the file that the candidate writes, and its columns' },
);

export const Labels = Type.Object(
  {
    path: titled(RepositoryPath, 'the file of the truth'),
    id: titled(Column, 'what joins predictions and labels'),
    label: titled(Column, 'the true class or number; in a ranking how relevant the item is, from 0'),
    weight: Type.Optional(titled(Column, 'how much each row counts; a number of at least 0')),
    cluster: Type.Optional(titled(Column, 'rows with the same value are not independent of each other')),
    query: Type.Optional(titled(Column, 'what the items of a ranking are ranked for')),
  },
  { ...closed, description: 'the file that holds the truth, and its columns' },
);

/** Where the score turns into the positive class: chosen on other rows than those that judge. */
export const OperatingPoint = Type.Object(
  {
    predictions: titled(RepositoryPath, 'scores of validation rows, in the columns of `evaluate.predictions`'),
    labels: titled(RepositoryPath, 'the truth of these rows, in the columns of `evaluate.labels`'),
    recall: Type.Optional(titled(Share, 'the highest threshold with at least this recall')),
    precision: Type.Optional(titled(Share, 'the lowest threshold with at least this precision')),
    cost: Type.Optional(
      titled(Type.Literal('lowest', { description: 'lowest' }), 'the threshold of the lowest mean cost by `costs`'),
    ),
  },
  { ...closed, description: 'the threshold of a binary score, chosen on validation data and carried over' },
);

/** Numbers that the user's own script measured. They are always marked as reported. */
export const Reported = Type.Object(
  {
    path: titled(RepositoryPath, 'the file, which `evaluate.run` writes, or `train.run` as one of its outputs'),
    format: Type.Optional(
      Type.Enum(['json', 'yaml', 'classification-report', 'lm-evaluation-harness', 'mlflow'], {
        description:
          'json, yaml, classification-report, lm-evaluation-harness or mlflow; without it the ending of the name decides between json and yaml',
      }),
    ),
    metrics: Type.Record(
      Type.String({ pattern: `^${IDENTIFIER}$` }),
      Type.Object(
        {
          key: titled(
            Type.String({ minLength: 1, maxLength: 512, description: 'names joined by dots' }),
            'where the number stands in the file',
          ),
          direction: titled(Type.Enum(['higher', 'lower'], { description: 'higher or lower' }), 'which way it is good'),
        },
        { ...closed, description: 'one number of the file' },
      ),
      { minProperties: 1, description: 'the numbers by the names that rules use' },
    ),
  },
  { ...closed, description: 'a file of numbers' },
);

/** One column, or two whose values are taken together. */
export const Slice = Type.Union([Column, Type.Array(Column, { minItems: 2, maxItems: 2, uniqueItems: true })], {
  description: 'the name of a column, or a list of two',
});

/** Least to most: the outcome alone, also the numbers, also ids and values of single rows. */
export const Reveal = Type.Enum(['verdict', 'metrics', 'rows'], {
  description: 'verdict, metrics or rows; without it metrics',
});

const UNLESS = 'needed unless every number is reported';

export const Evaluate = Type.Object(
  {
    run: Type.Optional(titled(Command, 'the candidate’s command; it writes the predictions')),
    predictions: Type.Optional(titled(Predictions, UNLESS)),
    labels: Type.Optional(titled(Labels, UNLESS)),
    positive: Type.Optional(Type.String({ description: 'the class that a binary metric counts as positive' })),
    reveal: Type.Optional(titled(Reveal, 'how much of the test set reports may show')),
    slices: Type.Optional(
      Type.Array(Slice, {
        uniqueItems: true,
        description: 'columns of the labels file; a list of two is their intersection',
      }),
    ),
    metrics: Type.Optional(
      Type.Array(Type.String({ description: 'the name of a metric' }), {
        minItems: 1,
        uniqueItems: true,
        description: `names of metrics; ${UNLESS}`,
      }),
    ),
    reported: Type.Optional(Type.Array(Reported, { description: 'files of numbers that somebody else measured' })),
    costs: Type.Optional(
      Type.Record(
        Type.String(),
        Type.Record(Type.String(), Type.Number({ description: 'a number' }), { description: 'by the predicted class' }),
        { description: 'what a row costs, by its true class; what is not named costs 0' },
      ),
    ),
    'operating-point': Type.Optional(OperatingPoint),
    timeout: Type.Optional(titled(Duration, 'the command is ended after this; without it never')),
    environment: Type.Optional(Environment),
  },
  { ...closed, description: 'how a model is evaluated' },
);
