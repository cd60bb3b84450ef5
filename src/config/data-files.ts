import type { DatasetConfig } from './schema/modelgate.ts';

/** The files that say what a data set promises: its contract, and the schema of its records. */
export function listPromiseFiles(dataset: DatasetConfig): string[] {
  return [dataset.contract, dataset['record-schema']].filter((path) => path !== undefined);
}
