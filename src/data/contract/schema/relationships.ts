import Type, { type Static } from 'typebox';
import { CustomProperties, closed } from './parts.ts';

/** `table.column`, or the path of ids in this or another contract: `schema/tbl/properties/col`. */
const Reference = Type.String({
  pattern: [
    '^(?:[A-Za-z_][A-Za-z0-9_]*\\.[A-Za-z_][A-Za-z0-9_]*',
    '(?:(?:https?:\\/\\/)?[A-Za-z0-9._\\-\\/]+\\.yaml#)?\\/?[A-Za-z_][A-Za-z0-9_]*\\/[A-Za-z0-9_-]+' +
      '(?:\\/[A-Za-z_][A-Za-z0-9_]*\\/[A-Za-z0-9_-]+)*)$',
  ].join('|'),
  description: 'table.column',
});
const References = Type.Union([Reference, Type.Array(Reference, { minItems: 1 })], {
  description: 'table.column, or a list of them',
});

export const Relationship = Type.Object(
  {
    type: Type.Optional(Type.Literal('foreignKey', { description: 'foreignKey' })),
    from: Type.Optional(References),
    to: References,
    customProperties: CustomProperties,
  },
  { ...closed, description: 'a relationship: `to`, and at the table `from`' },
);
export type Relationship = Static<typeof Relationship>;

export const Relationships = Type.Optional(Type.Array(Relationship, { description: 'a list of relationships' }));
