import { describe, expect, test } from 'vitest';
import { isResampled } from '../../src/config/limit-methods.ts';
import { findMetric, METRICS } from '../../src/config/metrics.ts';
import type { Config, Rule, Task } from '../../src/config/schema/modelgate.ts';
import { FAMILIES, GROUP_FAMILIES } from '../../src/evaluation/families.ts';
import type { MetricRequest } from '../../src/evaluation/requests.ts';
import { createRandom } from '../../src/statistics/random.ts';
import { createConfig, sampleFiles, writeRows } from '../evaluation/scoring.ts';

const ROWS = 600;
const PLACES = Array.from({ length: ROWS }, (_, row) => row);
/** A tail that no number of resamples resolves, and formulas do. */
const TINY = 1e-6;

type Evaluate = NonNullable<Config['evaluate']>;
const SETTINGS: Readonly<Record<Task, Partial<Evaluate>>> = {
  'binary-classification': { positive: 'a', costs: { a: { b: 1 }, b: { a: 2 } }, ...scored(['a', 'b']) },
  'multiclass-classification': { positive: 'a', costs: { a: { b: 1 } }, ...scored(['a', 'b', 'c']) },
  regression: {
    predictions: {
      path: 'out/predictions.csv',
      id: 'id',
      prediction: 'predicted',
      limits: { low: 'low', high: 'high' },
    },
  },
  ranking: { labels: { path: 'data/test.csv', id: 'id', label: 'label', query: 'query' } },
};

function scored(classes: readonly string[]): Partial<Evaluate> {
  const scores = Object.fromEntries(classes.map((name) => [name, `p_${name}`]));
  return { predictions: { path: 'out/predictions.csv', id: 'id', prediction: 'predicted', scores } };
}

/** Rows on which two models differ, with all that any metric needs. */
function createRows(task: Task, shift: number): Record<string, string> {
  const noise = (row: number) => createRandom(row * 1009 + shift * 7)();
  if (task === 'regression' || task === 'ranking') {
    const truth = PLACES.map((row) => (task === 'ranking' ? row % 3 : noise(row + 5) * 10));
    const predicted = PLACES.map((row) => (truth[row] ?? 0) + noise(row) - 0.5);
    const limits = { low: predicted.map((value) => value - 0.3), high: predicted.map((value) => value + 0.3) };
    return writeRows(truth, predicted, { query: PLACES.map((row) => `q${row % 200}`) }, limits);
  }
  const classes = task === 'binary-classification' ? ['a', 'b'] : ['a', 'b', 'c'];
  const truth = PLACES.map((row) => classes[row % classes.length] ?? '');
  const isRight = PLACES.map((row) => noise(row) < 0.7);
  const predicted = PLACES.map((row) => classes[(row + (isRight[row] ? 0 : 1)) % classes.length] ?? '');
  // Half of the mass for the answer, and the rest by chance.
  const rest = PLACES.map((row) => 0.5 * noise(row + ROWS));
  const shares = classes.map((name) =>
    PLACES.map((row) => {
      const other = classes.find((one) => one !== predicted[row]);
      const own = name === predicted[row] ? 1 - (rest[row] ?? 0) : name === other ? (rest[row] ?? 0) : 0;
      return Math.round(own * 1e6) / 1e6;
    }),
  );
  const scores = Object.fromEntries(classes.map((name, at) => [`p_${name}`, shares[at] ?? []]));
  return writeRows(truth, predicted, { sex: PLACES.map((row) => (row % 7 < 3 ? 'f' : 'm')) }, scores);
}

/** Every metric of the task, with a parameter where it takes one. */
function listNames(task: Task): string[] {
  const asked = Object.entries(METRICS).filter(([, { tasks }]) => tasks.includes(task));
  const names = asked.map(([name, { parameter }]) => {
    if (!parameter || parameter.optional) return name;
    return `${name}@${parameter.whole ? 2 : 0.5}`;
  });
  // Areas under a curve of precision are resampled or not by how many rows a class has.
  const others = names.filter((name) => !name.includes('average-precision'));
  return others.filter((name) => [...FAMILIES, ...GROUP_FAMILIES].some((family) => family.answers(name)));
}

function requestOf(name: string): MetricRequest {
  const { needs = [] } = findMetric(name) ?? {};
  return {
    name,
    ...(needs.includes('positive') ? { positive: 'a' } : {}),
    ...(needs.includes('group') ? { group: 'sex' } : {}),
  };
}

describe('what a rule is told of its limits is what they can do', () => {
  const tasks: Task[] = ['binary-classification', 'multiclass-classification', 'regression', 'ranking'];
  test.each(tasks)('%s', async (task) => {
    const config = createConfig(task, SETTINGS[task]);
    const names = listNames(task);
    const base = createRows(task, 1)['out/predictions.csv'] ?? '';
    const found = await sampleFiles(config, { ...createRows(task, 0), 'base.csv': base }, names.map(requestOf));
    if ('reason' in found) throw new Error(found.reason);
    const sample = found.samples.find();
    if ('reason' in sample) throw new Error(sample.reason);
    const faults = names.flatMap((name) => {
      const request = requestOf(name);
      const rule = (more: Partial<Rule>): Rule => ({ id: 'rule', metric: name, ...more });
      const beside = { against: 'base' };
      const asked = [
        ['alone', rule({ min: 0 }), sample.estimate(request, 0)],
        ['beside', rule({ ...beside, 'max-drop': 0.1 }), sample.contrast(request, 1)],
        ['by a share', rule({ ...beside, 'max-drop': '10%' }), sample.contrast(request, 0.9)],
      ] as const;
      return asked.flatMap(([way, one, estimate]) => {
        if ('reason' in estimate) return [`${name} ${way}: ${estimate.reason}`];
        const limits = estimate.computeLimits(TINY);
        const resamples = 'reason' in limits && /resampl/.test(limits.reason);
        return resamples === isResampled(config, one) ? [] : [`${name} ${way}: ${JSON.stringify(limits)}`];
      });
    });
    expect(faults).toEqual([]);
  });
});
