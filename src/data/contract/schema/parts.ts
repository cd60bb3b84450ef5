import Type from 'typebox';

export const closed = { additionalProperties: false };

/** What the standard leaves to whoever writes it, and nothing here reads. */
export const Unread = Type.Optional(Type.Unknown());
export const Text = Type.Optional(Type.String());
export const Flag = Type.Optional(Type.Boolean({ description: 'true or false' }));
export const Texts = Type.Optional(Type.Array(Type.String(), { description: 'a list of texts' }));
export const StableId = Type.Optional(
  Type.String({ pattern: '^[A-Za-z0-9_-]+$', description: 'an id of letters, digits, - and _' }),
);
export const Tags = Texts;

const CustomProperty = Type.Object(
  { id: StableId, property: Type.String({ description: 'a name' }), value: Type.Unknown(), description: Text },
  { ...closed, description: 'a property of your own, with `property` and `value`' },
);
export const CustomProperties = Type.Optional(
  Type.Array(CustomProperty, { description: 'a list of your own properties' }),
);

const Definition = Type.Object(
  { id: StableId, url: Type.String(), type: Type.String(), description: Text },
  { ...closed, description: 'a definition, with `url` and `type`' },
);
export const AuthoritativeDefinitions = Type.Optional(Type.Array(Definition, { description: 'a list of definitions' }));

/** What nearly every part of a contract may carry. */
export const Annotations = {
  authoritativeDefinitions: AuthoritativeDefinitions,
  customProperties: CustomProperties,
  tags: Tags,
};
