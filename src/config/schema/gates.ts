import Type from 'typebox';
import { Column, Identifier, RepositoryPath } from './quantities.ts';

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
    description: 'a stage such as production, { file: predictions of the baseline } or { run: an earlier run folder }',
  },
);

export const Rule = Type.Object(
  {
    id: Identifier,
    metric: Type.String({ description: 'the name of a metric' }),
    min: Type.Optional(Type.Number({ description: 'a number' })),
    max: Type.Optional(Type.Number({ description: 'a number' })),
    against: Type.Optional(Against),
    'max-drop': Type.Optional(Tolerance),
    'min-gain': Type.Optional(Tolerance),
    within: Type.Optional(Tolerance),
    slice: Type.Optional(Column),
    group: Type.Optional(Column),
    positive: Type.Optional(Type.String({ description: 'the class that counts as positive' })),
    'min-rows': Type.Optional(Type.Integer({ minimum: 1, description: 'a whole number of at least 1' })),
    level: Type.Optional(Type.Enum(['error', 'warn'], { description: 'error or warn' })),
  },
  { ...closed, description: 'one rule: an id, a metric, and what it must reach' },
);

export const Mode = Type.Enum(['enforce', 'observe'], {
  description: 'enforce (blocks) or observe (reports)',
});

export const Budget = Type.Object(
  {
    id: Identifier,
    verdicts: Type.Integer({ minimum: 1, description: 'how many verdicts the test set may give' }),
    adaptivity: Type.Optional(Type.Enum(['full', 'none'], { description: 'full or none' })),
  },
  { ...closed, description: 'how often the test set may be asked' },
);

export const Gates = Type.Object(
  { mode: Type.Optional(Mode), rules: Type.Array(Rule, { minItems: 1 }), budget: Type.Optional(Budget) },
  { ...closed, description: 'what the candidate must reach' },
);
