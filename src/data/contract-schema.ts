import Type, { type Static } from 'typebox';

/**
 * The Open Data Contract Standard, version 3, as far as a table in a file needs it: every key of the standard is known,
 * and those that say something about the data are described in full. What is left open here is never read.
 */
const closed = { additionalProperties: false };
const Unread = Type.Optional(Type.Unknown());
const Text = Type.Optional(Type.String());
const Flag = Type.Optional(Type.Boolean({ description: 'true or false' }));
const Whole = Type.Optional(Type.Integer({ minimum: 0, description: 'a whole number from 0' }));
const Amount = Type.Optional(Type.Number({ description: 'a number' }));
const Bound = Type.Optional(
  Type.Union([Type.Number(), Type.String()], { description: 'a number, or a date or timestamp as text' }),
);
const Between = Type.Optional(
  Type.Array(Type.Number(), { minItems: 2, maxItems: 2, description: 'two numbers, the smaller one first' }),
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

const LOGICAL_TYPES = [
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

const Annotations = { authoritativeDefinitions: Unread, customProperties: Unread, tags: Unread };

const AnyScalar = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]);

const MetricArguments = Type.Object(
  {
    missingValues: Type.Optional(Type.Array(AnyScalar, { minItems: 1, description: 'a list of values' })),
    validValues: Type.Optional(Type.Array(AnyScalar, { minItems: 1, description: 'a list of values' })),
    pattern: Type.Optional(Type.String({ description: 'a regular expression' })),
    properties: Type.Optional(Type.Array(Type.String(), { minItems: 1, description: 'names of properties' })),
  },
  { ...closed, description: 'missingValues, validValues, pattern or properties' },
);

export const Quality = Type.Object(
  {
    ...Annotations,
    id: Text,
    name: Text,
    description: Text,
    type: Type.Optional(Type.Enum(['text', 'library', 'sql', 'custom'])),
    metric: Type.Optional(Type.Enum(METRICS)),
    rule: Text,
    arguments: Type.Optional(MetricArguments),
    unit: Text,
    severity: Text,
    dimension: Text,
    method: Text,
    businessImpact: Text,
    schedule: Text,
    scheduler: Text,
    query: Text,
    engine: Text,
    implementation: Unread,
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

/** The options of every logical type together; `contract-options.ts` knows which type has which. */
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
    required: Unread,
  },
  { ...closed, description: 'options of a logical type' },
);

const Element = {
  ...Annotations,
  id: Text,
  name: Type.String({ minLength: 1, description: 'a name' }),
  physicalName: Type.Optional(Type.String({ minLength: 1, description: 'the name in the file' })),
  physicalType: Text,
  description: Text,
  businessName: Text,
  quality: Type.Optional(Type.Array(Quality, { description: 'a list of quality rules' })),
  relationships: Unread,
};

export const Property = Type.Object(
  {
    ...Element,
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
    transformSourceObjects: Unread,
    transformLogic: Text,
    transformDescription: Text,
    examples: Unread,
    items: Unread,
    properties: Unread,
  },
  { ...closed, description: 'a column' },
);

export const SchemaObject = Type.Object(
  {
    ...Element,
    logicalType: Type.Optional(Type.Literal('object', { description: 'object' })),
    dataGranularityDescription: Text,
    properties: Type.Optional(Type.Array(Property, { description: 'a list of columns' })),
  },
  { ...closed, description: 'a table' },
);

export const DataContract = Type.Object(
  {
    ...Annotations,
    apiVersion: Type.Enum(['v3.1.0', 'v3.0.2', 'v3.0.1', 'v3.0.0'], {
      description: 'v3.1.0, v3.0.2, v3.0.1 or v3.0.0',
    }),
    kind: Type.Literal('DataContract', { description: 'DataContract' }),
    id: Type.String(),
    version: Type.String({ description: 'the version of the contract, as text' }),
    status: Type.String(),
    name: Text,
    tenant: Text,
    domain: Text,
    dataProduct: Text,
    description: Unread,
    servers: Unread,
    schema: Type.Optional(Type.Array(SchemaObject, { description: 'a list of tables' })),
    support: Unread,
    price: Unread,
    team: Unread,
    roles: Unread,
    slaDefaultElement: Text,
    slaProperties: Unread,
    contractCreatedTs: Text,
  },
  { ...closed, title: 'data contract', description: 'a contract in the Open Data Contract Standard, version 3' },
);

export type DataContract = Static<typeof DataContract>;
export type SchemaObject = Static<typeof SchemaObject>;
export type Property = Static<typeof Property>;
export type Quality = Static<typeof Quality>;
export type Options = Static<typeof Options>;
export type LogicalType = (typeof LOGICAL_TYPES)[number];
