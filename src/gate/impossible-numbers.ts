import { resolveMetric } from '../config/resolved-metric.ts';
import type { Config } from '../config/schema/modelgate.ts';
import type { EvaluationEvidence, Metric } from '../evidence/schema/evaluation.ts';

/** Evidence keeps 12 significant digits. */
const ROUNDING = 1e-9;

/**
 * A number that no data can give: outside its metric's range, an interval that ends before it begins, a number that
 * somebody reported in place of one that we compute, or an accuracy that the confusion matrix denies.
 */
export function findImpossibleNumber(
  { metrics, confusion }: Pick<EvaluationEvidence, 'metrics' | 'confusion'>,
  config: Config,
): string | undefined {
  for (const metric of metrics) {
    const fault = findFault(metric, confusion, config);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function findFault(
  { name, slice, value, source, interval }: Metric,
  confusion: EvaluationEvidence['confusion'],
  config: Config,
): string | undefined {
  const metric = resolveMetric(config, name);
  if (!metric) return undefined;
  if (metric.source !== source) return `its ${name} is ${source}, and should be ${metric.source}`;
  if (value === null) return undefined;
  const [least, greatest] = metric.range;
  const slack = ROUNDING * Math.max(1, Math.abs(value));
  if (value < least - slack || value > greatest + slack) return `its ${name} of ${value} is impossible`;
  if (interval && interval.low > interval.high) return `the limits of its ${name} stand the wrong way round`;
  // The matrix counts rows; a weighted accuracy does not.
  const isCounted = config.evaluate?.labels?.weight === undefined;
  if (name !== 'accuracy' || slice || !confusion || !isCounted) return undefined;
  const rows = confusion.counts.flat().reduce((sum, count) => sum + count, 0);
  const right = confusion.counts.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  const holds = rows > 0 && Math.abs(value - right / rows) <= ROUNDING;
  return holds ? undefined : `its accuracy of ${value} is not that of its confusion matrix`;
}
