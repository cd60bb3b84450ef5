import Type, { type Static } from 'typebox';
import { Data, type DataCheck, type Dataset } from './data.ts';
import { Evaluate } from './evaluate.ts';
import { Gates, type Rule as RuleSchema } from './gates.ts';
import { type Control as ControlSchema, Governance, type Waivers } from './governance.ts';
import { Identifier, titled } from './quantities.ts';
import { Release } from './release.ts';
import { type Stage as StageSchema, Stages } from './stages.ts';
import { Train } from './train.ts';

export const TASKS = ['binary-classification', 'multiclass-classification', 'regression', 'ranking'] as const;
export type Task = (typeof TASKS)[number];

/** The whole of modelgate.yml: one file a model. */
export const Modelgate = Type.Object(
  {
    version: Type.Literal(1, { description: '1, the version of this file format' }),
    model: titled(Identifier, 'the name of the model'),
    task: Type.Optional(Type.Enum(TASKS, { description: TASKS.join(', ') })),
    data: Type.Optional(Data),
    train: Type.Optional(Train),
    evaluate: Type.Optional(Evaluate),
    gates: Type.Optional(Gates),
    governance: Type.Optional(Governance),
    release: Type.Optional(Release),
    stages: Type.Optional(Stages),
  },
  { additionalProperties: false, title: 'modelgate.yml', description: 'how one model earns its merge' },
);

export type Config = Static<typeof Modelgate>;
export type DatasetConfig = Static<typeof Dataset>;
/** A data set of files. */
export type FileDatasetConfig = DatasetConfig & { path: string };
/** A data set that is a table of a database. */
export type TableDatasetConfig = DatasetConfig & { engine: 'postgres'; table: string };
export type DataCheckConfig = Static<typeof DataCheck>;
export type TrainConfig = Static<typeof Train>;
/** `evaluate` as the file has it: how rows are measured, files of numbers that somebody else measured, or both. */
export type EvaluateSection = Static<typeof Evaluate>;
/** `evaluate` of a model that is measured on rows. */
export type EvaluateConfig = EvaluateSection & Required<Pick<EvaluateSection, 'predictions' | 'labels' | 'metrics'>>;
export type Rule = Static<typeof RuleSchema>;
export type Control = Static<typeof ControlSchema>;
export type Waiver = Static<typeof Waivers>[number];
export type StageConfig = Static<typeof StageSchema>;
