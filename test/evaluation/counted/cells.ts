import type { CountedPart } from '../../../src/evaluation/counted/counted.ts';
import { arrangeKinds } from '../../../src/evaluation/counted/kinds.ts';
import type { JoinedTable } from '../../../src/evaluation/joined-table.ts';

/** True class, answers by side, how many rows, and what each weighs, 1 by itself. */
type Cell = readonly [truth: number, answers: readonly number[], count: number, mass?: number];

/** A part of rows that belong to no clusters. */
export function createPart(cells: readonly Cell[]) {
  const rows = cells.reduce((sum, [, , count]) => sum + count, 0);
  const kinds = cells.map(([truth, answers, count, mass = 1]) => ({ entries: [{ truth, answers, mass }], count }));
  return { rows, n: rows, kinds: arrangeKinds(kinds) } satisfies CountedPart;
}

/** A table of the classes `n` and `y` with so many sides. */
export function describeCells(sides: 1 | 2): JoinedTable {
  return {
    task: 'binary-classification',
    sides: sides === 1 ? [0] : [0, 1],
    rows: 1000,
    classes: ['n', 'y'],
    scores: undefined,
    hasLimits: false,
    weighted: false,
    clustered: false,
    costs: undefined,
  };
}
