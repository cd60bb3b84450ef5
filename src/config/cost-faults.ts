import type { PlacedFault } from './faults.ts';
import type { EvaluateConfig, Task } from './schema/modelgate.ts';
import { suggest } from './suggestion.ts';

/** What is wrong with `evaluate.costs`: they are of classes that the file elsewhere knows. */
export function findCostFaults({ costs, positive, predictions }: EvaluateConfig, task: Task): PlacedFault[] {
  if (costs === undefined) return [];
  if (task === 'regression' || task === 'ranking') {
    const fix = 'Remove it: a cost is of a true and a predicted class.';
    return [{ path: ['costs'], key: true, found: `\`costs\` in a ${task}`, fix }];
  }
  const places = Object.entries(costs).flatMap(([truth, row]) => [
    { name: truth, path: ['costs', truth] },
    ...Object.keys(row).map((predicted) => ({ name: predicted, path: ['costs', truth, predicted] })),
  ]);
  const { scores } = predictions;
  const known = typeof scores === 'object' ? Object.keys(scores) : undefined;
  if (known) {
    return places
      .filter(({ name }) => !known.includes(name))
      .map(({ name, path }) => ({
        path,
        key: true,
        found: `\`costs\` names \`${name}\`, which has no scores`,
        fix: suggest(name, known),
      }));
  }
  const names = new Set([...places.map(({ name }) => name), ...(positive === undefined ? [] : [positive])]);
  if (task !== 'binary-classification' || names.size <= 2) return findEmptyFaults(costs);
  const fix = 'A binary classification has two classes.';
  return [{ path: ['costs'], key: true, found: `the costs are of ${[...names].join(', ')}`, fix }];
}

/** Costs that are all 0 tell no model from another. */
function findEmptyFaults(costs: NonNullable<EvaluateConfig['costs']>): PlacedFault[] {
  const all = Object.values(costs).flatMap((row) => Object.values(row));
  if (all.some((cost) => cost !== 0)) return [];
  const fix = 'Say what a mistake costs, as in `costs: { sick: { healthy: 10 } }`.';
  return [{ path: ['costs'], key: true, found: 'nothing in `costs` costs anything', fix }];
}
