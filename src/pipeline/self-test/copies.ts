import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { findRowEvaluation } from '../../config/row-evaluation.ts';
import { type Engine, openEngine } from '../../engine/connection.ts';
import { detectFormat } from '../../engine/tables.ts';
import type { JoinedTable } from '../../evaluation/joined-table.ts';
import { joinTables } from '../../evaluation/joining.ts';
import { openTables } from '../../evaluation/opening.ts';
import type { MetricRequest } from '../../evaluation/requests.ts';
import { fetchSamples } from '../../evaluation/sampled.ts';
import type { Samples } from '../../evaluation/samples.ts';
import type { SideInput } from '../../evaluation/sampling.ts';
import type { Source, Unmeasured } from '../../evaluation/sources.ts';
import { arrangeViews } from '../../evaluation/views.ts';
import type { Run } from '../run.ts';

/** The rows of a candidate, and perhaps a baseline, of which copies can be drawn. */
export interface CopyRoom {
  readonly unit: 'row' | 'query' | 'cluster';
  /** Units that are drawn. */
  readonly n: number;
  /** The rows as they are. */
  readonly original: Samples;
  /** As many units, drawn with replacement; the same for the same seed and number. */
  draw(seed: number, number: number): Promise<Samples | Unmeasured>;
  close(): Promise<void>;
}

export interface CopyInput {
  readonly labels: { readonly path: string; readonly shown: string };
  readonly sides: readonly SideInput[];
  readonly requests: readonly MetricRequest[];
}

/**
 * Joins the rows once, for copies to be drawn of them: of rows, or of what is independent, clusters and queries. Which unit is
 * the i-th of a copy is a hash of i, the number of the copy and the seed, so that threads do not matter.
 * Source: B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7 (1979).
 */
export async function openCopies(run: Run, { labels, sides, requests }: CopyInput): Promise<CopyRoom | Unmeasured> {
  const { project, library, temporary, signal } = run;
  const { task } = project.config;
  const evaluate = findRowEvaluation(project.config);
  if (!task || !evaluate) throw new Error('copies need `evaluate`');
  const truth = await findSource(labels);
  const answers = await Promise.all(sides.map(async (side) => ({ ...side, ...(await findSource(side)) })));
  const files = [...new Set([truth, ...answers].map(({ path }) => path))];
  const engine = await openEngine({ files, library, temporary: join(temporary, 'copies'), signal });
  const refuse = async (found: Unmeasured) => {
    await engine.close();
    return { reason: found.reason };
  };
  const viewing = arrangeViews(project.config, requests);
  const opening = { task, evaluate, labels: truth, sides: answers, requests, slices: viewing.slices, signal };
  const opened = await openTables(engine, opening);
  if ('reason' in opened) return refuse(opened);
  const joined = await joinTables(engine, opened, evaluate.costs, signal);
  if ('reason' in joined) return refuse(joined);
  const { table } = joined;
  const fetch = (rows: number) => fetchSamples(engine, { ...table, rows }, viewing, opened.scoresLack);
  const original = await fetch(table.rows);
  if ('reason' in original) return refuse(original);
  const { unit, n } = await keepOriginal(engine, table);
  return {
    ...{ unit, n, original },
    draw: async (seed, number) => fetch(await drawCopy(engine, table, { unit, n, seed, number })),
    close: () => engine.close(),
  };
}

async function findSource({ path, shown, format }: { path: string; shown: string; format?: Source['format'] }) {
  const known = format ?? detectFormat(shown) ?? detectFormat(path);
  if (!known) throw new Error(`the format of ${shown} is not known`);
  return { shown, path: await realpath(path), format: known };
}

/** Rows of equal values are exchangeable, so that sorting by everything gives each its place, whatever order it was read in. */
async function keepOriginal(engine: Engine, { task, clustered }: JoinedTable): Promise<Pick<CopyRoom, 'unit' | 'n'>> {
  const unit = clustered ? 'cluster' : task === 'ranking' ? 'query' : 'row';
  const of = { cluster: 'cluster', query: 'dense_rank() OVER (ORDER BY query) - 1', row: 'row_number() OVER () - 1' }[
    unit
  ];
  await engine.run('CREATE TEMP TABLE sorted AS SELECT * FROM joined ORDER BY ALL');
  await engine.run(`CREATE TEMP TABLE original AS SELECT *, CAST(${of} AS BIGINT) AS unit FROM sorted`);
  await engine.run('DROP TABLE sorted');
  const [counted] = await engine.rows<{ n: number }>('SELECT count(DISTINCT unit) AS n FROM original');
  return { unit, n: counted?.n ?? 0 };
}

interface Draw extends Pick<CopyRoom, 'unit' | 'n'> {
  readonly seed: number;
  readonly number: number;
}

/** Replaces `joined` by a copy, and says how many rows that has. What was drawn twice are two: their names tell them apart. */
async function drawCopy(
  engine: Engine,
  { task, sides }: JoinedTable,
  { unit, n, seed, number }: Draw,
): Promise<number> {
  const apart = [
    ...(unit === 'cluster' ? ['draw AS cluster'] : []),
    ...(task === 'ranking' ? [`query || '#' || draw AS query`] : []),
    ...(sides.length > 1 ? [`id || '#' || draw AS id`] : []),
  ];
  const renamed = apart.length > 0 ? ` REPLACE (${apart.join(', ')})` : '';
  await engine.run(
    `CREATE OR REPLACE TEMP TABLE joined AS SELECT * EXCLUDE (unit, draw)${renamed} FROM (
       SELECT i AS draw, CAST(hash(i, ${number}::BIGINT, ${seed}::BIGINT) % ${n} AS BIGINT) AS unit FROM range(${n}) AS draws(i)
     ) JOIN original USING (unit)`,
  );
  const [counted] = await engine.rows<{ n: number }>('SELECT count(*) AS n FROM joined');
  return counted?.n ?? 0;
}
