import Type, { type Static } from 'typebox';
import { AuthoritativeDefinitions, CustomProperties, closed, StableId, Tags, Text } from './parts.ts';
import { Description, Price, Role, Support, Team } from './people.ts';
import { SchemaObject } from './properties.ts';
import { Server } from './servers.ts';

const VERSIONS = ['v3.1.0', 'v3.0.2', 'v3.0.1', 'v3.0.0', 'v2.2.2', 'v2.2.1', 'v2.2.0'] as const;

const Plain = Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()], {
  description: 'a text, a number, true, false or null',
});

export const SlaProperty = Type.Object(
  {
    id: StableId,
    property: Type.String({ description: 'a name such as latency' }),
    value: Plain,
    valueExt: Type.Optional(Plain),
    unit: Text,
    element: Text,
    driver: Text,
    description: Text,
    scheduler: Text,
    schedule: Text,
  },
  { ...closed, description: 'an agreement, with `property` and `value`' },
);
export type SlaProperty = Static<typeof SlaProperty>;

/** The Open Data Contract Standard, version 3.1, whole: what it knows is known here, and nothing else. */
export const DataContract = Type.Object(
  {
    authoritativeDefinitions: AuthoritativeDefinitions,
    customProperties: CustomProperties,
    tags: Tags,
    apiVersion: Type.Enum(VERSIONS, { description: VERSIONS.join(', ') }),
    kind: Type.Literal('DataContract', { description: 'DataContract' }),
    id: Type.String(),
    version: Type.String({ description: 'the version of the contract, as text' }),
    status: Type.String(),
    name: Text,
    tenant: Text,
    domain: Text,
    dataProduct: Text,
    description: Type.Optional(Description),
    servers: Type.Optional(Type.Array(Server, { description: 'a list of servers' })),
    schema: Type.Optional(Type.Array(SchemaObject, { description: 'a list of tables' })),
    support: Type.Optional(Support),
    price: Type.Optional(Price),
    team: Type.Optional(Team),
    roles: Type.Optional(Type.Array(Role, { description: 'a list of roles' })),
    slaDefaultElement: Text,
    slaProperties: Type.Optional(Type.Array(SlaProperty, { description: 'a list of agreements' })),
    contractCreatedTs: Type.Optional(
      Type.String({ format: 'date-time', description: 'a timestamp such as 2026-01-31T12:00:00Z' }),
    ),
  },
  { ...closed, title: 'data contract', description: 'a contract in the Open Data Contract Standard, version 3' },
);
export type DataContract = Static<typeof DataContract>;
