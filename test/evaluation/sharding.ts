import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import type { EvaluateConfig, Task } from '../../src/config/schema/modelgate.ts';
import { type Engine, openEngine } from '../../src/engine/connection.ts';
import type { JoinedTable } from '../../src/evaluation/joined-table.ts';
import { joinTables } from '../../src/evaluation/joining.ts';
import { openTables } from '../../src/evaluation/opening.ts';
import { SILENT } from '../../src/progress.ts';

export const TAIL = 0.025;
const CLASSES = ['p', 'q', 'r'];
const SCORES = { p: 's0', q: 's1', r: 's2' };
export const RUNS = { numRuns: 2 };

export interface Row {
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
export const all: readonly Row[] = CLASSES.flatMap((_, truth) =>
  CLASSES.map((_name, answer): Row => {
    return { truth, answers: [answer, truth], parts: [1, 2, 3], numbers: [truth, answer, 1], weight: 1 };
  }),
);
export const shards = fc.array(fc.array(row, { minLength: 5, maxLength: 30 }), { minLength: 2, maxLength: 3 });

let folder: string;
export let engine: Engine;
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

export interface Setting {
  readonly task: Task;
  readonly weight?: string;
  readonly cluster?: string;
  readonly query?: string;
  /** The lines of each file from the last to the first. */
  readonly order?: 'turned';
}

/** Joins the rows of a shard and reads what each family asks of them. */
export async function load<T>(
  setting: Setting,
  rows: readonly Row[],
  read: (table: JoinedTable) => Promise<T>,
): Promise<T> {
  const { task, order, ...extra } = setting;
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
    [
      'id,label,w,c,site',
      ...rows.map((own, id) => `${id},${show(own.numbers[0], own.truth)},${own.weight},k${id % 12},v${own.weight % 2}`),
    ],
    ...[0, 1].map((side) => [
      'id,predicted,s0,s1,s2',
      ...rows.map((own, id) => {
        const total = own.parts.reduce((sum, part) => sum + part, 0);
        const scores = own.parts.map((_, at) => (own.parts[(at + side) % 3] ?? 0) / total);
        return [id, show(own.numbers[1] + side, own.answers[side] ?? 0), ...scores].join(',');
      }),
    ]),
  ];
  for (const [at, name] of paths.entries()) {
    const [head = '', ...body] = lines[at] ?? [];
    const ordered = order === 'turned' ? body.toReversed() : body;
    await writeFile(join(folder, `${name}.csv`), `${[head, ...ordered].join('\n')}\n`);
  }
  const source = (name: string) => ({ shown: name, path: join(folder, `${name}.csv`), format: 'csv' as const });
  const sides = ['first', 'second'].map((name) => ({ ...source(name), columns }));
  const opened = await openTables(engine, {
    task,
    evaluate,
    labels: source('labels'),
    sides,
    requests: [],
    slices: ['site'],
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

/** Numbers that differ in the last digits only are the same. */
export function expectSame(one: unknown, other: unknown): void {
  const round = (_key: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(10)) : value);
  expect(JSON.parse(JSON.stringify(one, round))).toEqual(JSON.parse(JSON.stringify(other, round)));
}
