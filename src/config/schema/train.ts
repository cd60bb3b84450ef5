import Type from 'typebox';
import { Command, Duration, RepositoryPath, Size, titled } from './quantities.ts';

const closed = { additionalProperties: false };

/** Names of variables of ours that the command may see, beyond the ones that every command sees. */
export const Environment = Type.Array(
  Type.String({ format: 'passable-variable', description: 'the name of a variable that is not the runner’s own' }),
  { uniqueItems: true, description: 'names of environment variables to hand to the command' },
);

export const Accelerator = Type.Object(
  {
    kind: Type.Enum(['cpu', 'cuda', 'rocm'], {
      description: 'cpu, cuda or rocm',
    }),
    count: Type.Optional(Type.Integer({ minimum: 1, description: 'a whole number of devices, or of cores for cpu' })),
    memory: Type.Optional(Size),
  },
  { ...closed, description: 'what the machine must have before the command starts' },
);

export const Train = Type.Object(
  {
    run: titled(Command, 'the training command'),
    inputs: Type.Optional(Type.Array(RepositoryPath, { uniqueItems: true, description: 'paths or globs' })),
    outputs: Type.Object(
      {
        model: titled(RepositoryPath, 'the model'),
        history: Type.Optional(titled(RepositoryPath, 'numbers by step or epoch')),
        metrics: Type.Optional(titled(RepositoryPath, 'numbers that the command itself measured')),
      },
      { ...closed, description: 'what the command writes' },
    ),
    accelerator: Type.Optional(Accelerator),
    checkpoints: Type.Optional(
      titled(RepositoryPath, 'a folder that outlives a killed run; its path is in MODELGATE_CHECKPOINTS'),
    ),
    timeout: Type.Optional(titled(Duration, 'the command is ended after this; without it never')),
    environment: Type.Optional(Environment),
  },
  { ...closed, description: 'how a model is trained' },
);
