import { join } from 'node:path';
import { findRowEvaluation } from '../../config/row-evaluation.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { type Engine, openEngine } from '../../engine/connection.ts';
import { quoteLiteral } from '../../engine/sql.ts';
import { loadTables } from '../../evaluation/loading.ts';
import { openTables } from '../../evaluation/opening.ts';
import type { MetricRequest } from '../../evaluation/requests.ts';
import { locateSource } from '../../evaluation/source-files.ts';
import type { Unmeasured } from '../../evaluation/sources.ts';
import { type ByPart, renderPart } from '../../evaluation/view.ts';
import { arrangeViews } from '../../evaluation/views.ts';
import type { Run } from '../run.ts';
import type { RowFacts } from './units.ts';

/** More values of a column are none to slice by, and more classes none to list. */
const [MAX_VALUES, MAX_LISTED] = [1000, 20];

/** What the labels tell before a model is there. */
export interface LabelFacts {
  readonly parts: ByPart<RowFacts>;
  /** The commonest classes; none of numbers. */
  readonly classes: readonly { readonly label: string; readonly n: number }[];
}

/** Counts the rows of the labels by the views and the positive classes of these requests, or says why it cannot. */
export async function fetchLabelFacts(
  { project, library, temporary, signal }: Run,
  requests: readonly MetricRequest[],
): Promise<LabelFacts | Unmeasured> {
  const { task } = project.config;
  const evaluate = findRowEvaluation(project.config);
  if (!task || !evaluate)
    return { reason: 'modelgate.yml names no predictions and labels, only numbers that others report' };
  const labels = await locateSource(project, evaluate.labels.path, 'labels');
  if ('reason' in labels) return labels;
  const engine = await openEngine({ files: [labels.path], library, temporary: join(temporary, 'planning'), signal });
  try {
    const { slices } = arrangeViews(project.config, requests);
    const opened = await openTables(engine, { task, evaluate, labels, sides: [], requests, slices, signal });
    if ('reason' in opened) return opened;
    await loadTables(engine, opened);
    const parts = await fetchParts(engine, project.config, requests);
    return 'reason' in parts ? parts : { parts, classes: opened.numeric ? [] : await fetchClasses(engine) };
  } finally {
    await engine.close();
  }
}

async function fetchParts(
  engine: Engine,
  config: Config,
  requests: readonly MetricRequest[],
): Promise<ByPart<RowFacts> | Unmeasured> {
  const positives = [...new Set(requests.flatMap(({ positive }) => positive ?? []))];
  const count = config.task === 'ranking' ? 'count(DISTINCT query)' : 'count(*)';
  const own = positives.map((name, at) => `count(*) FILTER (truth = ${quoteLiteral(name)}) AS p_${at}`);
  const found = new Map<string, Map<string, RowFacts>>();
  for (const view of arrangeViews(config, requests).views) {
    const rows = await engine.rows<Record<string, number> & { value: string; n: number }>(
      `SELECT ${[`${renderPart(view)} AS value`, `${count} AS n`, ...own].join(', ')}
       FROM labels GROUP BY 1 ORDER BY 1 LIMIT ${MAX_VALUES + 1}`,
    );
    if (rows.length > MAX_VALUES) return { reason: `\`${view.name}\` has more than ${MAX_VALUES} values` };
    const facts = rows.map((row): [string, RowFacts] => [
      row.value,
      { n: row.n, positives: new Map(positives.map((name, at) => [name, row[`p_${at}`] ?? 0])) },
    ]);
    found.set(view.name, new Map(facts));
  }
  return found;
}

async function fetchClasses(engine: Engine): Promise<{ label: string; n: number }[]> {
  return engine.rows(
    `SELECT truth AS label, count(*) AS n FROM labels WHERE truth IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${MAX_LISTED}`,
  );
}
