import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Engine, openEngine } from '../../../src/engine/connection.ts';
import { quoteLiteral } from '../../../src/engine/sql.ts';
import type { CountedPart } from '../../../src/evaluation/counted/counted.ts';
import { counted } from '../../../src/evaluation/counted/counted.ts';
import type { AskedView } from '../../../src/evaluation/family.ts';
import type { JoinedTable } from '../../../src/evaluation/joined-table.ts';
import { SILENT } from '../../../src/progress.ts';

export const CLASSES = ['a', 'b', 'c'];

/** A row of `joined`: classes as places, answers by side. */
export interface Row {
  readonly truth: number;
  readonly answers: readonly number[];
  readonly weight?: number;
  readonly cluster?: number;
  readonly slices?: readonly string[];
}

export const WHOLE: AskedView = { name: '', columns: [], requests: [] };

export function openMemory(): Promise<Engine> {
  return openEngine({
    files: [],
    library: { environment: process.env, progress: SILENT },
    temporary: join(tmpdir(), 'counted-rows'),
  });
}

/** What the rows are, as the join describes them. */
export function describeRows(rows: readonly Row[], rest: Partial<JoinedTable> = {}): JoinedTable {
  const [first] = rows;
  return {
    task: 'multiclass-classification',
    sides: (first?.answers ?? [0]).map((_, at) => (at === 0 ? 0 : 1)),
    rows: rows.length,
    classes: CLASSES,
    scores: undefined,
    hasLimits: false,
    weighted: first?.weight !== undefined,
    clustered: first?.cluster !== undefined,
    costs: undefined,
    ...rest,
  };
}

/** Makes the rows the table `joined`, and reads the parts of the views back. */
export async function fetchRows(engine: Engine, rows: readonly Row[], views: readonly AskedView[] = [WHOLE]) {
  const [first] = rows;
  const columns = [
    renderColumn(
      'truth',
      'INTEGER',
      rows.map(({ truth }) => truth),
    ),
    ...(first?.answers ?? []).map((_, at) =>
      renderColumn(
        `predicted_${at}`,
        'INTEGER',
        rows.map(({ answers }) => answers[at]),
      ),
    ),
    ...(first?.weight === undefined
      ? []
      : [
          renderColumn(
            'weight',
            'DOUBLE',
            rows.map(({ weight }) => weight),
          ),
        ]),
    ...(first?.cluster === undefined
      ? []
      : [
          renderColumn(
            'cluster',
            'BIGINT',
            rows.map(({ cluster }) => cluster),
          ),
        ]),
    ...(first?.slices ?? []).map((_, at) =>
      renderColumn(
        `slice_${at}`,
        'VARCHAR',
        rows.map(({ slices }) => slices?.[at]),
      ),
    ),
  ];
  await engine.run(`CREATE OR REPLACE TEMP TABLE joined AS SELECT ${columns.join(', ')}`);
  return counted.fetch(engine, describeRows(rows), views);
}

/** Thousands of literals take the parser seconds; one does not. */
function renderColumn(name: string, type: string, values: readonly (string | number | undefined)[]): string {
  return `unnest(string_split(${quoteLiteral(values.join('\u001f'))}, chr(31)))::${type} AS ${name}`;
}

/** The part of all rows. */
export async function fetchWhole(engine: Engine, rows: readonly Row[]): Promise<CountedPart> {
  const part = (await fetchRows(engine, rows)).get('')?.get('');
  if (!part) throw new Error('there is no part of all rows');
  return part;
}

/** Rows of three classes with `sides` answers each, and with what `rest` gives them. */
export function drawRows(sides: number, rest: Record<string, fc.Arbitrary<unknown>> = {}): fc.Arbitrary<Row[]> {
  const row = fc.record({
    truth: fc.nat(2),
    answers: fc.array(fc.nat(2), { minLength: sides, maxLength: sides }),
    ...rest,
  }) as fc.Arbitrary<Row>;
  return fc.array(row, { minLength: 1, maxLength: 40 });
}
