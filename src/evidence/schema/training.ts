import Type, { type Static } from 'typebox';
import { closed, describeDocument, FileDigest } from './envelope.ts';

/** A command of the user's and how it ended. `exitCode` is null when a signal or the time limit ended it. */
export const CommandRun = Type.Object(
  {
    run: Type.String(),
    exitCode: Type.Union([Type.Integer(), Type.Null()]),
    signal: Type.Union([Type.String(), Type.Null()]),
    timedOut: Type.Boolean(),
    /** Names of the environment variables that the command saw; never their values. */
    variables: Type.Array(Type.String()),
  },
  closed,
);
export type CommandRun = Static<typeof CommandRun>;

/** The machine, as far as it can change a result. */
export const Machine = Type.Object(
  {
    os: Type.String(),
    architecture: Type.String(),
    cores: Type.Integer(),
    /** Bytes. */
    memory: Type.Integer(),
    python: Type.Union([Type.String(), Type.Null()]),
    accelerators: Type.Array(Type.Object({ kind: Type.String(), name: Type.String(), memory: Type.Integer() }, closed)),
  },
  closed,
);
export type Machine = Static<typeof Machine>;

/** One step of the training history: a number for each name, `step` among them. */
export const HistoryPoint = Type.Record(Type.String(), Type.Number());

const run = {
  command: Type.Union([CommandRun, Type.Null()]),
  reason: Type.String(),
  machine: Machine,
  inputs: Type.Array(FileDigest),
  outputs: Type.Array(FileDigest),
};

export const TrainingEvidence = describeDocument('training', 'How the model was trained.', {
  ...run,
  history: Type.Array(HistoryPoint, { maxItems: 512 }),
});
export type TrainingEvidence = Static<typeof TrainingEvidence>;

export const PredictionEvidence = describeDocument('prediction', 'How the predictions were made.', run);
export type PredictionEvidence = Static<typeof PredictionEvidence>;
