import type { Config, EvaluateConfig, EvaluateSection } from './schema/modelgate.ts';

/** How rows are measured; undefined where nothing is evaluated, and where others measured and report numbers alone. */
export function findRowEvaluation({ evaluate }: Pick<Config, 'evaluate'>): EvaluateConfig | undefined {
  return evaluate && measuresRows(evaluate) ? evaluate : undefined;
}

/** Whether `evaluate` names rows. A file that was found right names predictions, labels and metrics, or none of the three. */
export function measuresRows(evaluate: EvaluateSection): evaluate is EvaluateConfig {
  return evaluate.predictions !== undefined && evaluate.labels !== undefined && evaluate.metrics !== undefined;
}
