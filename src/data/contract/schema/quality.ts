import Type, { type Static } from 'typebox';
import { Annotations, closed, StableId, Text, Unread } from './parts.ts';

const Amount = Type.Optional(Type.Number({ description: 'a number' }));
const Between = Type.Optional(
  Type.Array(Type.Number(), {
    minItems: 2,
    maxItems: 2,
    uniqueItems: true,
    description: 'two numbers, the smaller one first',
  }),
);

/** What a value of the library's metrics is compared with. */
export const OPERATORS = [
  'mustBe',
  'mustNotBe',
  'mustBeGreaterThan',
  'mustBeGreaterOrEqualTo',
  'mustBeLessThan',
  'mustBeLessOrEqualTo',
  'mustBeBetween',
  'mustNotBeBetween',
] as const;

export const METRICS = ['rowCount', 'nullValues', 'missingValues', 'invalidValues', 'duplicateValues'] as const;
const TYPES = ['text', 'library', 'sql', 'custom'] as const;
const DIMENSIONS = [
  'accuracy',
  'completeness',
  'conformity',
  'consistency',
  'coverage',
  'timeliness',
  'uniqueness',
] as const;

export const Quality = Type.Object(
  {
    ...Annotations,
    id: StableId,
    name: Text,
    description: Text,
    type: Type.Optional(Type.Enum(TYPES, { description: TYPES.join(', ') })),
    metric: Type.Optional(Type.Enum(METRICS, { description: METRICS.join(', ') })),
    rule: Text,
    arguments: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'arguments of the metric' })),
    unit: Text,
    severity: Text,
    dimension: Type.Optional(Type.Enum(DIMENSIONS, { description: DIMENSIONS.join(', ') })),
    method: Text,
    businessImpact: Text,
    schedule: Text,
    scheduler: Text,
    query: Text,
    engine: Text,
    implementation: Type.Optional(
      Type.Union([Type.String(), Type.Record(Type.String(), Type.Unknown())], { description: 'a text or a mapping' }),
    ),
    mustBe: Unread,
    mustNotBe: Unread,
    mustBeGreaterThan: Amount,
    mustBeGreaterOrEqualTo: Amount,
    mustBeLessThan: Amount,
    mustBeLessOrEqualTo: Amount,
    mustBeBetween: Between,
    mustNotBeBetween: Between,
  },
  { ...closed, description: 'one rule about the quality of the data' },
);
export type Quality = Static<typeof Quality>;

export const Qualities = Type.Optional(Type.Array(Quality, { description: 'a list of quality rules' }));
