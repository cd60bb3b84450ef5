import type { PlacedFault } from './faults.ts';
import { isReported } from './metric-problems.ts';
import type { Config, EvaluateSection } from './schema/modelgate.ts';

/** What names rows: all three, or none. */
const OF_ROWS = {
  predictions: 'the file that the candidate writes, and its columns',
  labels: 'the file that holds the truth, and its columns',
  metrics: 'names of metrics',
};
/** What says something of rows. */
const ABOUT_ROWS = ['positive', 'slices', 'costs', 'operating-point'] as const;
const NAME_ROWS = 'name the rows: `predictions`, `labels` and `metrics`';

/** Whether files of numbers are all that a model is evaluated by. */
export function isReportedAlone({ predictions, labels, reported = [] }: EvaluateSection): boolean {
  return predictions === undefined && labels === undefined && reported.length > 0;
}

/** What is wrong with an `evaluate` that does not name its rows. */
export function findRowlessFaults(config: Config, evaluate: EvaluateSection): PlacedFault[] {
  if (!isReportedAlone(evaluate)) {
    const missing = Object.entries(OF_ROWS).filter(([key]) => evaluate[key as keyof typeof OF_ROWS] === undefined);
    return missing.map(([key, what]) => {
      const fix = `Add \`${key}: …\`: ${what}${missing.length === 3 ? '; or only files of numbers: `reported`' : ''}.`;
      return { path: [], key: true, found: `the key \`${key}\` is missing in \`evaluate\``, fix };
    });
  }
  return [
    ...ABOUT_ROWS.filter((key) => evaluate[key] !== undefined).map((key) => {
      const fix = `Remove it, or ${NAME_ROWS}.`;
      return { path: [key], key: true, found: `\`${key}\` where every number is reported: there are no rows`, fix };
    }),
    ...findComputed(config, evaluate),
  ];
}

/** Why a metric, a baseline or a budget cannot be where every number is reported; undefined where rows are named. */
export function explainRowless(
  { evaluate }: Pick<Config, 'evaluate'>,
  what: string,
): { found: string; fix: string } | undefined {
  if (!evaluate || !isReportedAlone(evaluate)) return undefined;
  return { found: `${what} where every number is reported: there are no rows`, fix: `Remove it, or ${NAME_ROWS}.` };
}

function findComputed(config: Config, { metrics = [] }: EvaluateSection): PlacedFault[] {
  return metrics.flatMap((name, index) => {
    const fault = isReported(config, name) ? undefined : explainRowless(config, `\`${name}\``);
    return fault ? [{ path: ['metrics', index], ...fault }] : [];
  });
}
