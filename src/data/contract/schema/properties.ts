import Type, { type Static } from 'typebox';
import { Annotations, closed, Flag, StableId, Text, Texts, Unread } from './parts.ts';
import { Qualities } from './quality.ts';
import { Relationships } from './relationships.ts';

const Whole = Type.Optional(Type.Integer({ minimum: 0, description: 'a whole number from 0' }));
const Bound = Type.Optional(
  Type.Union([Type.Number(), Type.String()], { description: 'a number, or a date, time or timestamp as text' }),
);

export const LOGICAL_TYPES = [
  'string',
  'date',
  'timestamp',
  'time',
  'number',
  'integer',
  'object',
  'array',
  'boolean',
] as const;
export type LogicalType = (typeof LOGICAL_TYPES)[number];

/** The options of every logical type together; `options.ts` knows which type has which. */
export const Options = Type.Object(
  {
    minimum: Bound,
    maximum: Bound,
    exclusiveMinimum: Bound,
    exclusiveMaximum: Bound,
    multipleOf: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'a number above 0' })),
    minLength: Whole,
    maxLength: Whole,
    pattern: Type.Optional(Type.String({ description: 'a regular expression' })),
    format: Text,
    timezone: Flag,
    defaultTimezone: Text,
    minItems: Whole,
    maxItems: Whole,
    uniqueItems: Flag,
    minProperties: Whole,
    maxProperties: Whole,
    required: Type.Optional(
      Type.Array(Type.String(), { minItems: 1, uniqueItems: true, description: 'a list of keys' }),
    ),
  },
  { ...closed, description: 'options of a logical type' },
);
export type Options = Static<typeof Options>;

/** What a table and a column have in common. */
const Element = { ...Annotations, id: StableId, physicalType: Text, description: Text, businessName: Text };

const Value = {
  ...Element,
  physicalName: Text,
  quality: Qualities,
  relationships: Relationships,
  logicalType: Type.Optional(Type.Enum(LOGICAL_TYPES, { description: LOGICAL_TYPES.join(', ') })),
  logicalTypeOptions: Type.Optional(Options),
  required: Flag,
  unique: Flag,
  primaryKey: Flag,
  primaryKeyPosition: Type.Optional(Type.Integer({ description: 'a whole number' })),
  partitioned: Flag,
  partitionKeyPosition: Type.Optional(Type.Integer({ description: 'a whole number' })),
  classification: Text,
  criticalDataElement: Flag,
  encryptedName: Text,
  transformSourceObjects: Texts,
  transformLogic: Text,
  transformDescription: Text,
  examples: Type.Optional(Type.Array(Unread, { description: 'a list of values' })),
  properties: Type.Optional(Type.Array(Type.Ref('Property'), { description: 'a list of properties' })),
  items: Type.Optional(Type.Ref('Item')),
};

/** A column, or a part of one. What a list holds has no name. */
const Property = Type.Cyclic(
  {
    Property: Type.Object(
      { name: Type.String({ description: 'a name' }), ...Value },
      { ...closed, description: 'a property' },
    ),
    Item: Type.Object({ name: Text, ...Value }, { ...closed, description: 'what a list holds' }),
  },
  'Property',
);
export type Property = Static<typeof Property>;

export const SchemaObject = Type.Object(
  {
    ...Element,
    name: Type.String({ description: 'a name' }),
    physicalName: Text,
    logicalType: Type.Optional(Type.Literal('object', { description: 'object' })),
    dataGranularityDescription: Text,
    quality: Qualities,
    relationships: Relationships,
    properties: Type.Optional(Type.Array(Property, { description: 'a list of columns' })),
  },
  { ...closed, description: 'a table' },
);
export type SchemaObject = Static<typeof SchemaObject>;
