import Type from 'typebox';
import { Column, Command, Duration, RepositoryPath, titled } from './quantities.ts';
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
  },
  { ...closed, description: 'the file that the candidate writes, and its columns' },
);

export const Labels = Type.Object(
  {
    path: titled(RepositoryPath, 'the file of the truth'),
    id: titled(Column, 'what joins predictions and labels'),
    label: titled(Column, 'the true class or number'),
  },
  { ...closed, description: 'the file that holds the truth, and its columns' },
);

/** Least to most: the outcome alone, also the numbers, also ids and values of single rows. */
export const Reveal = Type.Enum(['verdict', 'metrics', 'rows'], {
  description: 'verdict, metrics or rows; without it metrics',
});

export const Evaluate = Type.Object(
  {
    run: Type.Optional(titled(Command, 'the candidate’s command; it writes the predictions')),
    predictions: Predictions,
    labels: Labels,
    positive: Type.Optional(Type.String({ description: 'the class that a binary metric counts as positive' })),
    reveal: Type.Optional(titled(Reveal, 'how much of the test set reports may show')),
    slices: Type.Optional(Type.Array(Column, { uniqueItems: true, description: 'columns of the labels file' })),
    metrics: Type.Array(Type.String({ description: 'the name of a metric' }), {
      minItems: 1,
      uniqueItems: true,
      description: 'names of metrics',
    }),
    timeout: Type.Optional(titled(Duration, 'the command is ended after this; without it never')),
    environment: Type.Optional(Environment),
  },
  { ...closed, description: 'how a model is evaluated' },
);
