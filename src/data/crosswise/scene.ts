import type { Project } from '../../config/project.ts';
import type { DataCheckConfig } from '../../config/schema/modelgate.ts';
import type { Engine } from '../../engine/connection.ts';
import type { CrossCheck } from '../../evidence/schema/data.ts';
import type { CheckedDataset } from '../dataset-check.ts';

/** What a check of `data.checks` works on. */
export interface CrossScene {
  readonly engine: Engine;
  readonly project: Project;
  /** A data set that was read, by its name. */
  readonly find: (name: string) => CheckedDataset;
}

export type CrossResult = Omit<CrossCheck, 'place'>;

/** Runs one kind of check; several results where it holds several pairs of data sets against each other. */
export type CrossRunner<K extends keyof DataCheckConfig> = (
  scene: CrossScene,
  check: NonNullable<DataCheckConfig[K]>,
) => Promise<CrossResult[]>;
