import { findRowEvaluation } from '../../config/row-evaluation.ts';
import type { Config, EvaluateConfig } from '../../config/schema/modelgate.ts';
import type { Engine } from '../../engine/connection.ts';
import type { OperatingPoint } from '../../evidence/schema/evaluation.ts';
import { renderText } from '../columns.ts';
import type { JoinedTable } from '../joined-table.ts';
import { joinTables } from '../joining.ts';
import { openTables } from '../opening.ts';
import { type HashedSource, openSource, type Source, type Unmeasured } from '../sources.ts';
import { fetchScorePoints } from './score-points.ts';
import { chooseThreshold, type ThresholdWish } from './threshold.ts';

/** The validation files, and the truth of the test set, whose rows may not be among theirs. All are open to the engine. */
export interface OperatingPointInput {
  readonly config: Config;
  /** The files that `evaluate.operating-point` names. */
  readonly predictions: HashedSource;
  readonly labels: HashedSource;
  readonly test: Source;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Chooses the threshold of `evaluate.operating-point` on the validation rows, which are checked as those of the test set
 * are. It has to be chosen on other rows than those that judge, so an id that both have is a fault. What keeps it from
 * being chosen is an answer with its reason. Leaves no table behind.
 */
export async function fetchOperatingPoint(
  engine: Engine,
  input: OperatingPointInput,
): Promise<OperatingPoint | Unmeasured> {
  const { predictions, labels } = input;
  const evaluate = findRowEvaluation(input.config);
  const aims = evaluate?.['operating-point'];
  const positive = evaluate?.positive;
  if (!evaluate || !aims || positive === undefined) throw new Error('a threshold needs an aim and a positive class');
  try {
    const table = await joinValidation(engine, input, evaluate);
    if ('reason' in table) return table;
    const overlap = await findOverlap(engine, input, evaluate);
    if (overlap) return overlap;
    const at = table.classes.indexOf(positive);
    const wish = resolveWish(aims, table, at);
    const chosen = chooseThreshold(await fetchScorePoints(engine, table, at), wish);
    if ('reason' in chosen) return { reason: `of \`${labels.shown}\`, ${chosen.reason}` };
    return {
      ...chosen,
      positive,
      chosenBy: describeWish(wish),
      rows: table.rows,
      predictions: predictions.digest,
      labels: labels.digest,
    };
  } finally {
    for (const name of ['joined', 'labels', 'answers_0']) await engine.run(`DROP TABLE IF EXISTS ${name}`);
  }
}

async function joinValidation(
  engine: Engine,
  { config, predictions, labels, signal }: OperatingPointInput,
  evaluate: EvaluateConfig,
): Promise<JoinedTable | Unmeasured> {
  // Rows that belong together are no matter here: a threshold has no limits.
  const { cluster: _, ...columns } = evaluate.labels;
  const opened = await openTables(engine, {
    task: 'binary-classification',
    evaluate: { ...evaluate, labels: columns },
    labels,
    // The classes of validation rows follow from the threshold; until there is one, any will do.
    sides: [{ ...predictions, columns: evaluate.predictions, threshold: 0 }],
    requests: [],
    slices: [],
    signal,
  });
  if ('reason' in opened) return opened;
  const joined = await joinTables(engine, opened, config.evaluate?.costs, signal);
  return 'reason' in joined ? { reason: joined.reason } : joined.table;
}

async function findOverlap(
  engine: Engine,
  { labels, test, signal }: OperatingPointInput,
  evaluate: EvaluateConfig,
): Promise<Unmeasured | undefined> {
  const own = await openSource(engine, labels, 'labels', signal);
  const other = await openSource(engine, test, 'labels', signal);
  if ('reason' in own) return own;
  // That the test set cannot be read is found, and told, where it is scored.
  if ('reason' in other || !other.columns.some(({ name }) => name === evaluate.labels.id)) return undefined;
  const id = renderText(evaluate.labels.id);
  const [shared] = await engine.rows<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT ${id} AS id FROM ${own.relation} INTERSECT SELECT ${id} FROM ${other.relation})`,
  );
  const n = shared?.n ?? 0;
  if (n === 0) return undefined;
  const ids = n === 1 ? '1 id' : `${n} ids`;
  const are = n === 1 ? 'is' : 'are';
  return {
    reason: `${ids} of \`${labels.shown}\` ${are} in \`${test.shown}\` too: a threshold has to be chosen on other rows than those that judge`,
  };
}

function resolveWish(
  { recall, precision }: NonNullable<EvaluateConfig['operating-point']>,
  { costs }: JoinedTable,
  positive: number,
): ThresholdWish {
  if (recall !== undefined) return { recall };
  if (precision !== undefined) return { precision };
  const negative = positive === 0 ? 1 : 0;
  const read = (truth: number, answer: number) => costs?.[truth]?.[answer] ?? 0;
  return {
    costs: {
      truePositive: read(positive, positive),
      falseNegative: read(positive, negative),
      falsePositive: read(negative, positive),
      trueNegative: read(negative, negative),
    },
  };
}

function describeWish(wish: ThresholdWish): string {
  if ('recall' in wish) return `recall of at least ${wish.recall}`;
  if ('precision' in wish) return `precision of at least ${wish.precision}`;
  return 'lowest mean cost';
}
