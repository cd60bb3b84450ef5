import type { Problem } from '../errors.ts';
import { findCostFaults } from './cost-faults.ts';
import type { PlacedFault } from './faults.ts';
import { findMetricProblems } from './metric-problems.ts';
import { METRICS } from './metrics.ts';
import { findOperatingPointFaults } from './operating-point-faults.ts';
import type { Locate } from './place.ts';
import { findRowlessFaults, isReportedAlone } from './reported-alone.ts';
import { findOriginFaults } from './reported-origin.ts';
import { measuresRows } from './row-evaluation.ts';
import { type Config, type EvaluateConfig, type EvaluateSection, TASKS, type Task } from './schema/modelgate.ts';

/** What `evaluate` and `task` must agree on. */
export function findEvaluateProblems(config: Config, locate: Locate): Problem[] {
  const { task, evaluate } = config;
  if (!evaluate) return [];
  const isRows = measuresRows(evaluate);
  if (!task && !isReportedAlone(evaluate)) {
    return [{ ...locate(['evaluate'], 'key'), found: '`task` is missing', fix: `Allowed: ${TASKS.join(', ')}.` }];
  }
  const metrics = evaluate.metrics ?? [];
  const faults: PlacedFault[] = [
    ...(isRows ? [] : findRowlessFaults(config, evaluate)),
    ...metrics.flatMap((name, index) =>
      findMetricProblems(config, name, { positive: evaluate.positive, everyClass: true }).map((fault) => ({
        ...fault,
        path: ['metrics', index],
      })),
    ),
    ...(isRows && task ? findRowFaults(evaluate, task) : []),
    ...findSliceFaults(config),
    ...findReportedFaults(evaluate),
    ...findOriginFaults(config, evaluate),
  ];
  return faults.map(({ path, key, ...fault }) => ({
    ...locate(['evaluate', ...path], key ? 'key' : 'value'),
    ...fault,
  }));
}

function findRowFaults(evaluate: EvaluateConfig, task: Task): PlacedFault[] {
  return [
    ...findPredictionFaults(evaluate, task),
    ...findLabelFaults(evaluate, task),
    ...findCostFaults(evaluate, task),
    ...findOperatingPointFaults(evaluate, task),
  ];
}

function findPredictionFaults({ predictions }: EvaluateConfig, task: Task): PlacedFault[] {
  const { scores, limits } = predictions;
  const isOfClasses = task !== 'regression' && task !== 'ranking';
  const path = ['predictions', 'scores'];
  const faults: PlacedFault[] = [];
  if (scores !== undefined && !isOfClasses) {
    const fix =
      task === 'ranking'
        ? 'Remove it: what a ranking sorts by is its `prediction`.'
        : 'Remove it: a regression has predictions only.';
    faults.push({ path, found: `\`scores\` in a ${task}`, fix });
  }
  if (typeof scores === 'string' && task === 'multiclass-classification') {
    faults.push({ path, found: 'one column of scores', fix: 'Name one column for each class: { class: column, … }.' });
  }
  if (limits && task !== 'regression') {
    const fix = 'Remove it: only a regression predicts intervals.';
    faults.push({ path: ['predictions', 'limits'], found: `\`limits\` in a ${task}`, fix });
  }
  if (limits && limits.low === limits.high) {
    const fix = 'Name the two columns of the interval.';
    faults.push({ path: ['predictions', 'limits'], found: `both limits are \`${limits.low}\``, fix });
  }
  return faults;
}

function findLabelFaults({ labels }: EvaluateConfig, task: Task): PlacedFault[] {
  if (task === 'ranking' && labels.query === undefined) {
    const fix = 'Name the column of the queries: `query`.';
    return [{ path: ['labels'], key: true, found: 'a ranking without queries', fix }];
  }
  if (task !== 'ranking' && labels.query !== undefined) {
    const fix = 'Remove it; rows that are not independent of each other share a `cluster`.';
    return [{ path: ['labels', 'query'], key: true, found: `\`query\` in a ${task}`, fix }];
  }
  return [];
}

/** Views are known by their names, so no two may have the same. */
function findSliceFaults({ evaluate, gates }: Config): PlacedFault[] {
  const slices = [
    ...(evaluate?.slices ?? []),
    ...(gates?.rules ?? []).flatMap(({ slice }) => (slice === undefined ? [] : [slice])),
  ];
  const singles = new Set(slices.filter((slice) => typeof slice === 'string'));
  const clash = slices.find((slice) => typeof slice !== 'string' && singles.has(slice.join(' × ')));
  if (typeof clash !== 'object') return [];
  const found = `the intersection of \`${clash.join('` and `')}\` has the name of a column`;
  return [{ path: ['slices'], key: true, found, fix: 'Slice by the one or by the other.' }];
}

/** A number that somebody else measured may not pass for one of ours, nor two for each other. */
function findReportedFaults({ reported = [] }: EvaluateSection): PlacedFault[] {
  const seen = new Set<string>();
  return reported.flatMap(({ metrics }, index) =>
    Object.keys(metrics).flatMap((name): PlacedFault[] => {
      const path = ['reported', index, 'metrics', name];
      const doubled = seen.has(name);
      seen.add(name);
      if (Object.hasOwn(METRICS, name)) {
        const fix = 'Give the reported number another name.';
        return [{ path, key: true, found: `\`${name}\` is the name of a metric that is computed`, fix }];
      }
      return doubled ? [{ path, key: true, found: `\`${name}\` stands twice`, fix: 'Give each its own name.' }] : [];
    }),
  );
}
