import type { JoinedTable } from '../../src/evaluation/joined-table.ts';

/** A table of a candidate and its baseline as metrics see it. Its rows stand in the samples. */
export function describeTable(more: Partial<JoinedTable> & Pick<JoinedTable, 'task' | 'classes'>): JoinedTable {
  return {
    sides: [0, 1],
    rows: 0,
    scores: undefined,
    hasLimits: false,
    weighted: false,
    clustered: false,
    costs: undefined,
    ...more,
  };
}

/** A classification into these classes. */
export function describeClasses(classes: readonly string[], more: Partial<JoinedTable> = {}): JoinedTable {
  return describeTable({
    task: classes.length > 2 ? 'multiclass-classification' : 'binary-classification',
    classes,
    ...more,
  });
}
