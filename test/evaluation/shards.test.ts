import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EvaluateConfig, Task } from '../../src/config/schema/modelgate.ts';
import { type Engine, openEngine } from '../../src/engine/connection.ts';
import { FAMILIES } from '../../src/evaluation/families.ts';
import type { JoinedTable } from '../../src/evaluation/joined-table.ts';
import { joinTables } from '../../src/evaluation/joining.ts';
import { openTables } from '../../src/evaluation/opening.ts';
import type { MetricRequest } from '../../src/evaluation/requests.ts';
import { mergeShards, type Shard } from '../../src/evaluation/shards.ts';
import { SILENT } from '../../src/progress.ts';

const TAIL = 0.025;
const CLASSES = ['p', 'q', 'r'];
const SCORES = { p: 's0', q: 's1', r: 's2' };
const RUNS = { numRuns: 2 };

interface Row {
  readonly truth: number;
  readonly answers: readonly [number, number];
  readonly parts: readonly [number, number, number];
  readonly numbers: readonly [number, number, number];
  readonly weight: number;
}

const row: fc.Arbitrary<Row> = fc.record({
  truth: fc.nat(2),
  answers: fc.tuple(fc.nat(2), fc.nat(2)),
  parts: fc.tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 })),
  numbers: fc.tuple(
    fc.integer({ min: -50, max: 50 }),
    fc.integer({ min: -50, max: 50 }),
    fc.integer({ min: 1, max: 9 }),
  ),
  weight: fc.integer({ min: 1, max: 3 }),
});
/** Every shard has every class, true and predicted: one that has not is refused. */
const all: readonly Row[] = CLASSES.flatMap((_, truth) =>
  CLASSES.map((_name, answer): Row => {
    return { truth, answers: [answer, truth], parts: [1, 2, 3], numbers: [truth, answer, 1], weight: 1 };
  }),
);
const shards = fc.array(fc.array(row, { minLength: 5, maxLength: 30 }), { minLength: 2, maxLength: 3 });

let folder: string;
let engine: Engine;
const paths = ['labels', 'first', 'second'];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shards-'));
  const files = paths.map((name) => join(folder, `${name}.csv`));
  const library = { environment: process.env, progress: SILENT };
  engine = await openEngine({ files, library, temporary: join(folder, 'temporary') });
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

interface Setting {
  readonly task: Task;
  readonly weight?: string;
  readonly cluster?: string;
  readonly query?: string;
}

/** Joins the rows of a shard and reads what each family asks of them. */
async function load<T>(setting: Setting, rows: readonly Row[], read: (table: JoinedTable) => Promise<T>): Promise<T> {
  const { task, ...extra } = setting;
  const numeric = task === 'regression' || task === 'ranking';
  const columns: EvaluateConfig['predictions'] = {
    path: 'p.csv',
    id: 'id',
    prediction: 'predicted',
    ...(numeric ? {} : { scores: SCORES }),
  };
  const evaluate: EvaluateConfig = {
    predictions: columns,
    labels: { path: 'l.csv', id: 'id', label: 'label', ...extra },
    metrics: ['accuracy'],
  };
  const show = (number: number, at: number) => (numeric ? Math.abs(number) : CLASSES[at]);
  const lines = [
    ['id,label,w,c', ...rows.map((own, id) => `${id},${show(own.numbers[0], own.truth)},${own.weight},k${id % 12}`)],
    ...[0, 1].map((side) => [
      'id,predicted,s0,s1,s2',
      ...rows.map((own, id) => {
        const total = own.parts.reduce((sum, part) => sum + part, 0);
        const scores = own.parts.map((_, at) => (own.parts[(at + side) % 3] ?? 0) / total);
        return [id, show(own.numbers[1] + side, own.answers[side] ?? 0), ...scores].join(',');
      }),
    ]),
  ];
  for (const [at, name] of paths.entries()) await writeFile(join(folder, `${name}.csv`), `${lines[at]?.join('\n')}\n`);
  const source = (name: string) => ({ shown: name, path: join(folder, `${name}.csv`), format: 'csv' as const });
  const sides = ['first', 'second'].map((name) => ({ ...source(name), columns }));
  const opened = await openTables(engine, {
    task,
    evaluate,
    labels: source('labels'),
    sides,
    requests: [],
    slices: [],
  });
  if ('reason' in opened) throw new Error(opened.reason);
  const joined = await joinTables(engine, opened, { p: { q: 2, r: 1 } }, undefined);
  if ('reason' in joined) throw new Error(joined.reason);
  try {
    return await read(joined.table);
  } finally {
    await engine.run('DROP TABLE joined');
  }
}

function findFamily({ name }: MetricRequest) {
  const family = FAMILIES.find((own) => own.answers(name));
  if (!family) throw new Error(`no family answers ${name}`);
  return family;
}

/** The shard as each request's family sees it, in the order of the requests. */
async function loadShard(
  setting: Setting,
  rows: readonly Row[],
  requests: readonly MetricRequest[],
): Promise<Shard<unknown>[]> {
  return load(setting, rows, async (table) => {
    const found: Shard<unknown>[] = [];
    for (const request of requests) {
      const parts = await findFamily(request).fetch(engine, table, [{ name: '', columns: [], requests: [request] }]);
      found.push({ table, part: parts.get('')?.get('') });
    }
    return found;
  });
}

/** Value and limits of both sides and of their difference. */
function describeShard({ table, part }: Shard<unknown>, request: MetricRequest) {
  const family = findFamily(request);
  const found = [
    ...family.estimate(part, [request], 0, table),
    ...family.estimate(part, [request], 1, table),
    family.contrast(part, request, 0.9, table),
  ];
  return found.map((one) => ('reason' in one ? one : { ...one, sign: undefined, limits: one.computeLimits(TAIL) }));
}

/** Numbers that differ in the last digits only are the same. */
function expectSame(one: unknown, other: unknown): void {
  const round = (_key: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value);
  expect(JSON.parse(JSON.stringify(one, round))).toEqual(JSON.parse(JSON.stringify(other, round)));
}

const positive = 'p';
const CLASS_METRICS: MetricRequest[] = [
  ...['accuracy', 'macro-f1', 'mcc', 'cost'],
  ...['log-loss', 'brier', 'top-k-accuracy@2', 'ece'],
].map((name) => ({ name }));
const SINGLE = ['precision', 'f-beta@2'].map((name) => ({ name, positive }));
const NUMBER_METRICS = ['mae', 'mse', 'rmse', 'r2', 'mape', 'smape', 'pinball@0.2', 'explained-variance'].map(
  (name) => ({ name }),
);

const task = 'multiclass-classification';

describe('a test set in shards gives the same values and the same limits as one file:', () => {
  test.each([
    ['metrics of classes', { task }, [...CLASS_METRICS, ...SINGLE]],
    ['metrics of classes, with weights', { task, weight: 'w' }, CLASS_METRICS.slice(0, 3)],
    ['metrics of numbers', { task: 'regression' }, NUMBER_METRICS],
  ] as const)('%s', (_name, setting, requests) =>
    fc.assert(
      fc.asyncProperty(shards, async (rows) => {
        const own = rows.map((some) => [...all, ...some]);
        const loaded: Shard<unknown>[][] = [];
        for (const some of own) loaded.push(await loadShard(setting, some, requests));
        const whole = await loadShard(setting, own.flat(), requests);
        for (const [at, request] of requests.entries()) {
          const merged = mergeShards(
            findFamily(request),
            loaded.flatMap((shard) => shard[at] ?? []),
          );
          const single = whole[at];
          if ('reason' in merged || !single) throw new Error(`${request.name} cannot be merged`);
          expect(merged.table).toEqual(single.table);
          expectSame([request.name, describeShard(merged, request)], [request.name, describeShard(single, request)]);
        }
      }),
      RUNS,
    ),
  );
});

describe('shards are not merged', () => {
  const rows = [...all, ...all];
  const refuse = async (setting: Setting, request: MetricRequest, other = rows) => {
    const loaded = [...(await loadShard(setting, rows, [request])), ...(await loadShard(setting, other, [request]))];
    const merged = mergeShards(findFamily(request), loaded);
    if ('reason' in merged) return merged.reason;
    // Where only one of its metrics cannot be merged, the part says so when it is asked for it.
    const found = describeShard(merged, request);
    if (!found.every((one) => 'reason' in one)) throw new Error(`${request.name} was merged`);
    return found.map((one) => ('reason' in one ? one.reason : '')).join();
  };

  test.each([
    ['roc-auc', { task }, { name: 'roc-auc', positive }],
    ['average-precision', { task }, { name: 'average-precision', positive }],
    ['adaptive-ece', { task }, { name: 'adaptive-ece' }],
    ['median-absolute-error', { task: 'regression' }, { name: 'median-absolute-error' }],
  ] as const)('for what depends on the order of all rows: %s', async (_name, setting, request) => {
    expect(await refuse(setting, request)).toMatch(/[a-z]/);
  });

  test('where clusters or queries may be split', async () => {
    expect(await refuse({ task, cluster: 'c' }, { name: 'accuracy' })).toMatch(/one cluster/);
    expect(await refuse({ task: 'ranking', query: 'c' }, { name: 'ndcg' })).toMatch(/one query/);
  });

  test('where one has other classes, or there is none', async () => {
    const fewer = rows.filter(({ truth, answers }) => truth < 2 && answers[0] < 2);
    expect(await refuse({ task }, { name: 'accuracy' }, fewer)).toMatch(/differ in their classes/);
    expect(mergeShards(findFamily({ name: 'accuracy' }), [])).toEqual({ reason: 'there are no shards' });
  });
});
