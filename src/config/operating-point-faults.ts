import type { PlacedFault } from './faults.ts';
import type { EvaluateConfig, Task } from './schema/modelgate.ts';

const AIMS = ['recall', 'precision', 'cost'] as const;

/** What is wrong with `evaluate.operating-point`. */
export function findOperatingPointFaults(evaluate: EvaluateConfig, task: Task): PlacedFault[] {
  const point = evaluate['operating-point'];
  if (!point) return [];
  const fault = (key: string, found: string, fix: string): PlacedFault => ({
    path: key === '' ? ['operating-point'] : ['operating-point', key],
    key: true,
    found,
    fix,
  });
  const { scores } = evaluate.predictions;
  const aims = AIMS.filter((key) => point[key] !== undefined);
  const faults: PlacedFault[] = [];
  if (task !== 'binary-classification' || typeof scores !== 'string') {
    faults.push(fault('', 'a threshold without one score', 'It needs a binary task and `predictions.scores: column`.'));
  }
  if (evaluate.positive === undefined) {
    faults.push(fault('', 'a threshold without a positive class', 'Say which class the score is of: `positive`.'));
  }
  if (aims.length !== 1) {
    const found = aims.length === 0 ? 'nothing says what the threshold is chosen by' : `it has ${aims.join(' and ')}`;
    faults.push(fault('', found, `Give exactly one of ${AIMS.join(', ')}.`));
  }
  if (point.cost !== undefined && evaluate.costs === undefined) {
    faults.push(fault('cost', '`cost` without `evaluate.costs`', 'Say what mistakes cost: `evaluate.costs`.'));
  }
  for (const key of ['labels', 'predictions'] as const) {
    if (point[key] !== evaluate[key].path) continue;
    const found = `the threshold is chosen on the rows that judge: \`${point[key]}\``;
    faults.push(fault(key, found, 'Choose it on validation data.'));
  }
  return faults;
}
