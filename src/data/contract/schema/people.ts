import Type from 'typebox';
import { Annotations, AuthoritativeDefinitions, CustomProperties, closed, StableId, Text } from './parts.ts';

const Day = Type.Optional(Type.String({ format: 'date', description: 'a date such as 2026-01-31' }));

export const Role = Type.Object(
  {
    id: StableId,
    role: Type.String({ description: 'a name' }),
    description: Text,
    access: Text,
    firstLevelApprovers: Text,
    secondLevelApprovers: Text,
    customProperties: CustomProperties,
  },
  { ...closed, description: 'a role' },
);

const TeamMember = Type.Object(
  {
    id: StableId,
    username: Type.String({ description: 'a name' }),
    name: Text,
    description: Text,
    role: Text,
    dateIn: Day,
    dateOut: Day,
    replacedByUsername: Text,
    ...Annotations,
  },
  { ...closed, description: 'a member of the team' },
);

const Members = Type.Array(TeamMember, { description: 'a list of members' });

/** A list of people was the form before 3.1; both are known. */
export const Team = Type.Union(
  [
    Type.Object(
      { id: StableId, name: Text, description: Text, members: Type.Optional(Members), ...Annotations },
      { ...closed, description: 'a team' },
    ),
    Members,
  ],
  { description: 'a team with `members`, or a list of them' },
);

export const Support = Type.Array(
  Type.Object(
    {
      id: StableId,
      channel: Type.String({ description: 'a name' }),
      url: Text,
      description: Text,
      tool: Text,
      scope: Text,
      invitationUrl: Text,
      customProperties: CustomProperties,
    },
    { ...closed, description: 'a channel of support' },
  ),
  { description: 'a list of channels' },
);

export const Price = Type.Object(
  {
    id: StableId,
    priceAmount: Type.Optional(Type.Number({ description: 'a number' })),
    priceCurrency: Text,
    priceUnit: Text,
  },
  { ...closed, description: 'a price' },
);

export const Description = Type.Object(
  {
    usage: Text,
    purpose: Text,
    limitations: Text,
    authoritativeDefinitions: AuthoritativeDefinitions,
    customProperties: CustomProperties,
  },
  // The one part of a contract in which the standard lets any key stand.
  { description: 'purpose, usage and limitations' },
);
