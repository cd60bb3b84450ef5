import type { Config } from '../../config/schema/modelgate.ts';
import { suggest } from '../../config/suggestion.ts';
import type { Engine } from '../../engine/connection.ts';
import type { Column } from '../../engine/table.ts';
import type { CrossResult, CrossRunner } from '../crosswise/scene.ts';
import { promiseOf } from '../crosswise/shared-column.ts';
import type { CheckedDataset } from '../dataset-check.ts';
import { countOf } from '../findings/wording.ts';
import { quoteName, showName } from '../naming.ts';
import { type Score, scoreColumn } from './scores.ts';
import { dropTables, type Label, loadColumns, MIN_GROUP, MIN_ROWS, readLabel } from './table.ts';

/** A column tells the label almost perfectly from this score on where the configuration does not say. */
const MAX_SCORE = 0.99;
/** Columns that are loaded together, and values: some 40 bytes each, so that few columns of many rows are in memory at once. */
const MAX_LOADED = { columns: 50, values: 8_000_000 };
/** A reason speaks of so many columns. */
const MAX_NAMED = 20;

/**
 * Looks for columns that tell the label on their own: each is scored by how well its values, its order, or its being empty tell
 * it, see `scores.ts`. Columns that tell rows apart are left out, as are those under `except`.
 */
export const runLabelLeakage: CrossRunner<'label-leakage'> = async ({ engine, project, find }, check) => {
  const { in: set, label: wanted, 'max-score': most = MAX_SCORE, except = [] } = check;
  const dataset = find(set);
  const { table, source } = dataset;
  const name = showName(source.name);
  const base = {
    text: `no column of ${name} tells ${showName(wanted)} on its own`,
    rule: 'label-leakage',
    column: wanted,
    count: 0,
    share: 0,
    examples: [],
  };
  const unmeasured = (reason: string): CrossResult[] => [{ ...base, outcome: 'cannot-measure', reason }];
  const names = table.columns.map((column) => column.name);
  const missing = [...new Set([wanted, ...except])].filter((column) => !names.includes(column));
  const [unknown] = missing;
  if (unknown !== undefined) {
    return unmeasured(
      `${name} has no column ${missing.map(quoteName).join(', ')}. ${suggest(unknown, names.slice(0, 20))}`,
    );
  }
  const column = table.columns.find((candidate) => candidate.name === wanted);
  if (!column) throw new Error('a label that is not missing is there');
  const keys = listKeys(dataset, project.config);
  const leftOut = names.filter((other) => other !== wanted && (keys.includes(other) || except.includes(other)));
  const columns = table.columns.filter((other) => other.name !== wanted && !leftOut.includes(other.name));
  if (columns.length === 0) return unmeasured(`${name} has no column beside the label to look at`);
  try {
    const label = await readLabel(engine, dataset, column, findTask(project.config, wanted));
    const few = findShortage(label, name);
    if (few !== undefined) return unmeasured(few);
    const scores = await scoreColumns(engine, dataset, label, columns);
    return [{ ...base, ...judgeScores(scores, label, most, leftOut) }];
  } finally {
    await dropTables(engine);
  }
};

/** What the configuration says of its own label. */
function findTask({ task, evaluate }: Config, label: string): 'classes' | 'amounts' | undefined {
  if (evaluate?.labels?.label !== label) return undefined;
  if (task === 'regression') return 'amounts';
  return task === 'binary-classification' || task === 'multiclass-classification' ? 'classes' : undefined;
}

/** Columns that tell rows apart: keys of the contract, and the ids of labels and predictions. */
function listKeys(dataset: CheckedDataset, { evaluate }: Config): string[] {
  const promised = dataset.table.columns.filter((column) => {
    const promise = promiseOf(dataset, column);
    return promise !== undefined && dataset.source.contract?.promises.keys.includes(promise.property);
  });
  const ids = [evaluate?.labels?.id, evaluate?.predictions?.id].filter((name) => name !== undefined);
  return [...promised.map(({ name }) => name), ...ids];
}

function findShortage({ kind, rows, classes, rare }: Label, name: string): string | undefined {
  if (kind === 'classes' && classes.length < 2) {
    const only = classes.length === 0 ? 'no label' : 'one label only';
    return `${only} of ${name} has ${MIN_GROUP} rows or more${rare > 0 ? `; ${countOf(rare, 'row')} have rarer ones` : ''}`;
  }
  return rows < MIN_ROWS
    ? `${name} has ${countOf(rows, 'row')} with a label; below ${MIN_ROWS} nothing can be said`
    : undefined;
}

type Scored = Score & { readonly name: string };

async function scoreColumns(
  engine: Engine,
  dataset: CheckedDataset,
  label: Label,
  columns: readonly Column[],
): Promise<Scored[]> {
  const scores: Scored[] = [];
  const size = Math.max(1, Math.min(MAX_LOADED.columns, Math.floor(MAX_LOADED.values / label.rows)));
  for (let from = 0; from < columns.length; from += size) {
    const batch = columns.slice(from, from + size);
    const ordered = await loadColumns(engine, dataset, label, batch);
    for (const [index, { name }] of batch.entries()) {
      scores.push({ name, ...(await scoreColumn(engine, label, index, ordered[index] ?? false)) });
    }
  }
  return scores;
}

function judgeScores(
  scores: readonly Scored[],
  label: Label,
  most: number,
  leftOut: readonly string[],
): Pick<CrossResult, 'outcome' | 'count' | 'share' | 'reason'> {
  const sorted = scores.toSorted((a, b) => b.score - a.score);
  const leaks = sorted.filter(({ score }) => score > most);
  const one = leaks.length === 1;
  const head =
    leaks.length === 0
      ? `none of ${countOf(scores.length, 'column')} scores above ${most}; the best is ${list(sorted.slice(0, 1))}`
      : `${leaks.length} of ${countOf(scores.length, 'column')} ${one ? 'scores' : 'score'} above ${most}: ${list(leaks)}`;
  const classes = label.kind === 'classes' ? ` of ${label.classes.length} labels` : '';
  const reason = [
    head,
    `${countOf(label.rows, 'row')}${classes} judged`,
    label.without > 0 ? `${countOf(label.without, 'row')} without a label left out` : '',
    label.rare > 0 ? `${countOf(label.rare, 'row')} of labels with fewer than ${MIN_GROUP} left out` : '',
    leftOut.length > 0 ? `columns left out: ${leftOut.map(showName).join(', ')}` : '',
  ];
  return {
    outcome: leaks.length === 0 ? 'pass' : 'fail',
    count: leaks.length,
    share: leaks.length / scores.length,
    reason: reason.filter(Boolean).join('; '),
  };
}

/** `days (0.998 by Spearman’s rank correlation, 120 values)`. */
function list(scores: readonly Scored[]): string {
  const named = scores.slice(0, MAX_NAMED).map(({ name, score, method, values }) => {
    return `${showName(name)} (${Number(score.toPrecision(3))}, ${method}, ${countOf(values, 'value')})`;
  });
  const more = scores.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
