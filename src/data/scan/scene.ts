import type { Engine } from '../../engine/connection.ts';
import type { Table } from '../../engine/table.ts';
import type { BoundCheck } from '../checks/binding.ts';
import type { Projection } from './projection.ts';
import type { Reference } from './references.ts';

/** A table that is checked; its checks speak of columns by the names of the projection. */
export interface Scene {
  readonly engine: Engine;
  readonly table: Table;
  readonly projection: Projection;
  /** Where the references of its checks go, or why that cannot be said, as a phrase. */
  readonly references: ReadonlyMap<BoundCheck, Reference | string>;
}
