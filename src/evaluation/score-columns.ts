import type { Config, EvaluateConfig } from '../config/schema/modelgate.ts';
import type { Unmeasured } from './sources.ts';

/** The columns of scores, and what each is the probability of. `single` is there for the one column of a binary task. */
export interface ScoreColumns {
  readonly columns: readonly { readonly column: string; readonly className: string }[];
  readonly single: boolean;
}

/** How `evaluate.predictions.scores` is to be read; undefined without it. */
export function resolveScores(config: Config): ScoreColumns | undefined {
  const { predictions, positive } = config.evaluate ?? {};
  return predictions && arrangeScores(predictions, positive);
}

/** How the scores of a file with these columns are to be read. `positive` is what one column is the probability of. */
export function arrangeScores(
  { scores }: EvaluateConfig['predictions'],
  positive: string | undefined,
): ScoreColumns | undefined {
  if (scores === undefined) return undefined;
  if (typeof scores !== 'string') {
    return {
      columns: Object.entries(scores).map(([className, column]) => ({ column, className })),
      single: false,
    };
  }
  return { columns: [{ column: scores, className: positive ?? '' }], single: true };
}

/**
 * The columns of `own` that say the same as those of `wanted`, in their order. A file whose scores are arranged in another
 * way can be read as long as it has a column for each class.
 */
export function matchScores(wanted: ScoreColumns, own: ScoreColumns | undefined): readonly string[] | Unmeasured {
  if (!own) return { reason: 'it has no scores' };
  const columns = wanted.columns.map(
    ({ className }) => own.columns.find((column) => column.className === className)?.column,
  );
  const missing = wanted.columns.filter((_, at) => columns[at] === undefined);
  if (missing.length > 0) return { reason: `it has no scores for the class \`${missing[0]?.className}\`` };
  return columns.flatMap((column) => column ?? []);
}
