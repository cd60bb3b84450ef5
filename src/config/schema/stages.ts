import Type from 'typebox';
import { Approval } from './governance.ts';
import { Duration, Identifier, titled } from './quantities.ts';

const closed = { additionalProperties: false };

export const Stage = Type.Object(
  {
    name: Identifier,
    from: Type.Optional(
      titled(
        Type.Array(Identifier, { minItems: 1, uniqueItems: true, description: 'names of stages' }),
        'a version comes in only from one of these stages; without it from anywhere',
      ),
    ),
    soak: Type.Optional(titled(Duration, 'how long it must have been in one of them')),
    controls: Type.Optional(
      titled(
        Type.Array(Type.String({ minLength: 1 }), {
          minItems: 1,
          uniqueItems: true,
          description: 'ids of rules and controls',
        }),
        'each of them must have passed in the verdict of the version, without a waiver',
      ),
    ),
    approval: Type.Optional(titled(Approval, 'who must agree before a version comes in; whoever asked does not count')),
    prereleases: Type.Optional(titled(Type.Boolean(), 'whether pre-releases may come in; without it they may not')),
    environment: Type.Optional(
      titled(
        Type.String({ minLength: 1, maxLength: 255, description: 'the name of a GitHub environment' }),
        'its reviewers are asked where it has some; without it the name of the stage',
      ),
    ),
  },
  { ...closed, description: 'a stage: its name, and what a version needs to come in' },
);

export const Stages = Type.Array(
  Type.Union([Identifier, Stage], { description: 'a name, or a name with what a version needs to come in' }),
  { minItems: 1, description: 'the stages of the model’s life, in order; a rule may name them under `against`' },
);
