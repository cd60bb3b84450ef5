import type { Engine } from '../../../src/engine/connection.ts';
import type { JoinedTable } from '../../../src/evaluation/joined-table.ts';
import { ranked } from '../../../src/evaluation/ranked/ranked.ts';
import type { View } from '../../../src/evaluation/view.ts';
import { type Columns, createJoined, describeTable, requireEstimate, WHOLE } from './joined.ts';

export const BINARY = ['roc-auc', 'average-precision'];
export const ALL = [
  'roc-auc-ovr',
  'roc-auc-ovr-weighted',
  'roc-auc-ovo',
  'roc-auc-ovo-weighted',
  'macro-average-precision',
];
const SLICE: View = { name: 's', columns: ['slice_0'] };

/** What may differ from a table as the columns describe it, and the class that is asked for. */
export type Rest = Partial<JoinedTable> & { readonly positive?: string };

/** Makes the columns the table, and measures it: all rows, and each value of `slice_0`. */
export async function open(engine: Engine, columns: Columns, names: readonly string[] = BINARY, rest: Rest = {}) {
  const { positive = 'yes', ...described } = rest;
  await createJoined(engine, columns);
  const table = describeTable(columns, described);
  const requests = names.map((name) => ({ name, positive }));
  const views = [WHOLE, ...('slice_0' in columns ? [SLICE] : [])].map((view) => ({ ...view, requests }));
  const parts = await ranked.fetch(engine, table, views);
  const find = (view = '', value = '') => {
    const part = parts.get(view)?.get(value);
    if (!part) throw new Error(`there is no part ${value}`);
    return part;
  };
  return {
    find,
    parts,
    estimates: (side: 0 | 1 = 0, part = find()) => ranked.estimate(part, requests, side, table),
    values: (side: 0 | 1 = 0, part = find()) =>
      ranked.estimate(part, requests, side, table).map((found) => requireEstimate(found).value),
    contrast: (name: string, factor = 1, part = find()) => ranked.contrast(part, { name, positive }, factor, table),
  };
}
