import Type from 'typebox';
import { Slice } from './evaluate.ts';
import { Column, Identifier, RepositoryPath, titled } from './quantities.ts';

const closed = { additionalProperties: false };

/** An amount, or a share of the baseline’s magnitude such as `5%`. */
export const Tolerance = Type.Union([Type.Number({ minimum: 0 }), Type.String({ pattern: '^[0-9]+(\\.[0-9]+)?%$' })], {
  description: 'a number of at least 0, or a percentage of the baseline such as 5%',
});

export const Against = Type.Union(
  [
    Type.String({ minLength: 1 }),
    Type.Object({ file: RepositoryPath }, closed),
    Type.Object({ run: RepositoryPath }, closed),
  ],
  {
    description:
      'one of the stages, base, a version such as name@v1.2.3, { file: predictions of the baseline } or { run: an earlier run folder }',
  },
);

export const Rule = Type.Object(
  {
    id: Identifier,
    metric: titled(Type.String({ description: 'the name of a metric' }), 'what is measured'),
    min: Type.Optional(titled(Type.Number({ description: 'a number' }), 'the metric must be at least this')),
    max: Type.Optional(titled(Type.Number({ description: 'a number' }), 'the metric may be at most this')),
    against: Type.Optional(titled(Against, 'the baseline that the rule compares with')),
    'max-drop': Type.Optional(titled(Tolerance, 'how much worse than the baseline the candidate may be')),
    'min-gain': Type.Optional(titled(Tolerance, 'how much better than the baseline the candidate must be')),
    within: Type.Optional(titled(Tolerance, 'how far from the baseline the candidate may be, either way')),
    slice: Type.Optional(titled(Slice, 'judge each value of this column, and all must pass')),
    group: Type.Optional(titled(Column, 'the groups of a fairness metric')),
    positive: Type.Optional(
      Type.String({ description: 'the class that counts as positive; without it the one of evaluate' }),
    ),
    'min-rows': Type.Optional(
      titled(
        Type.Integer({ minimum: 1, description: 'a whole number of at least 1' }),
        'fewer rows cannot be measured, and values of a slice with fewer are judged together; without it 1',
      ),
    ),
    confidence: Type.Optional(
      titled(
        Type.Number({ minimum: 0.5, exclusiveMaximum: 1, description: 'a number from 0.5 to under 1, such as 0.95' }),
        'how sure it must be before it passes or fails; without it the number itself decides',
      ),
    ),
    correction: Type.Optional(
      titled(
        Type.Enum(['holm'], { description: 'holm' }),
        'with `slice` and `confidence`: hold the error of all its values together to the confidence',
      ),
    ),
    level: Type.Optional(
      titled(
        Type.Enum(['error', 'warn'], { description: 'error or warn' }),
        'whether a failure blocks; without it error',
      ),
    ),
  },
  { ...closed, description: 'one rule: an id, a metric, and what it must reach' },
);

export const Mode = Type.Enum(['enforce', 'observe'], {
  description: 'enforce (blocks) or observe (reports); without it enforce',
});

export const Budget = Type.Object(
  {
    id: Identifier,
    verdicts: titled(
      Type.Integer({ minimum: 1, description: 'how many verdicts the test set may give' }),
      'the allowance',
    ),
    adaptivity: Type.Optional(
      titled(
        Type.Enum(['full', 'none'], { description: 'full or none' }),
        'whether those who change the model see the verdicts (full) or not (none); without it full',
      ),
    ),
    'when-spent': Type.Optional(
      titled(
        Type.Enum(['warn', 'cannot-measure'], { description: 'warn or cannot-measure' }),
        'what a verdict beyond the allowance comes to; without it warn',
      ),
    ),
  },
  { ...closed, description: 'how often the test set may be asked; `confidence` is adjusted for it' },
);

export const Gates = Type.Object(
  {
    mode: Type.Optional(Mode),
    rules: titled(
      Type.Array(Rule, { minItems: 1, description: 'rules' }),
      'what must hold; each entry has the keys below',
    ),
    budget: Type.Optional(Budget),
  },
  { ...closed, description: 'what the candidate must reach' },
);
