import type { Engine } from '../engine/connection.ts';
import type { Join } from '../evidence/schema/evaluation.ts';
import { nameHigh, nameLow, nameSideScore, nameSlice, type Side } from './joined-table.ts';
import { nameAnswers } from './loading.ts';
import type { Opened } from './opening.ts';

/** How far the scores of a row may be from adding up to 1: what rounding to three digits can do. */
export const SCORE_SUM_TOLERANCE = 1e-3;

/** What the rows of the labels lack. */
export interface LabelFaults {
  readonly rows: number;
  readonly nullIds: number;
  /** Rows without a label; where labels are numbers also one that is not a number, or in a ranking below 0. */
  readonly nullValues: number;
  readonly badWeights: number;
  readonly emptyClusters: number;
  readonly emptyQueries: number;
  /** Rows with any of these. */
  readonly invalidRows: number;
  readonly weightless: boolean;
  /** What should be the same in all rows of a query and is not: keys and columns of modelgate.yml. */
  readonly varying: readonly string[];
}

/** What the rows of one side's answers lack. */
export interface AnswerFaults {
  readonly rows: number;
  readonly nullIds: number;
  readonly nullValues: number;
  /** Rows with a score that is not a number from 0 to 1, and, apart from these, whose scores do not add up to 1. */
  readonly badScores: number;
  readonly badSums: number;
  /** Rows with a limit that is not a number, and, apart from these, whose lower limit is over the upper one. */
  readonly badLimits: number;
  readonly crossedLimits: number;
  readonly invalidRows: number;
}

/** How the ids of one side met those of the labels. */
export interface Meeting {
  readonly matched: number;
  readonly missing: number;
  readonly unexpected: number;
  readonly duplicatedAnswers: number;
}

export interface JoinReport {
  readonly labels: LabelFaults & { readonly duplicatedIds: number };
  readonly sides: readonly (AnswerFaults & Meeting)[];
}

/** Counts what is wrong with single rows of the labels. */
export async function countLabelFaults(engine: Engine, opened: Opened): Promise<LabelFaults> {
  const { weight, cluster, query } = opened.labels.columns;
  const bad = {
    nullIds: 'id IS NULL',
    nullValues: opened.task === 'ranking' ? 'truth IS NULL OR truth < 0' : 'truth IS NULL',
    badWeights: weight === undefined ? 'false' : 'weight IS NULL OR weight < 0',
    emptyClusters: cluster === undefined ? 'false' : 'cluster IS NULL',
    emptyQueries: query === undefined ? 'false' : 'query IS NULL',
  };
  const [row] = await engine.rows<Omit<LabelFaults, 'varying'>>(
    `SELECT ${renderCounts(bad)}, ${weight === undefined ? 'false' : 'coalesce(max(weight), 1) = 0'} AS weightless FROM labels`,
  );
  if (!row) throw new Error('the count of the labels gave no row');
  return { ...row, varying: query === undefined ? [] : await findVarying(engine, opened) };
}

/** Counts what is wrong with single rows of a side's answers. */
export async function countAnswerFaults(engine: Engine, opened: Opened, side: Side): Promise<AnswerFaults> {
  const { threshold, scoreColumns } = opened.sides[side] ?? {};
  const names = (scoreColumns ?? []).map((_, at) => nameSideScore(side, at));
  const badScores = names.map((name) => `coalesce(${name} NOT BETWEEN 0 AND 1, true)`).join(' OR ') || 'false';
  const noLimits = `${nameLow(side)} IS NULL OR ${nameHigh(side)} IS NULL`;
  const [row] = await engine.rows<AnswerFaults>(
    `SELECT ${renderCounts({
      nullIds: 'id IS NULL',
      nullValues: threshold === undefined ? 'predicted IS NULL' : 'false',
      badScores,
      badSums:
        names.length === 0 || opened.scores?.single
          ? 'false'
          : `NOT (${badScores}) AND abs(${names.join(' + ')} - 1) > ${SCORE_SUM_TOLERANCE}`,
      badLimits: opened.hasLimits ? noLimits : 'false',
      crossedLimits: opened.hasLimits ? `NOT (${noLimits}) AND ${nameLow(side)} > ${nameHigh(side)}` : 'false',
    })} FROM ${nameAnswers(side)}`,
  );
  if (!row) throw new Error('the count of the answers gave no row');
  return row;
}

function renderCounts(bad: Readonly<Record<string, string>>): string {
  const all = Object.values(bad).map((condition) => `(${condition})`);
  const counts = Object.entries(bad).map(([name, condition]) => `count(*) FILTER (${condition}) AS "${name}"`);
  return ['count(*) AS "rows"', ...counts, `count(*) FILTER (${all.join(' OR ')}) AS "invalidRows"`].join(', ');
}

/** The items of a query stand or fall together, so they share what parts, weighs and clusters rows. */
async function findVarying(engine: Engine, opened: Opened): Promise<string[]> {
  const { weight, cluster } = opened.labels.columns;
  const shared = [
    ...opened.slices.map((column, at) => ({ shown: column, name: nameSlice(at) })),
    ...(weight === undefined ? [] : [{ shown: weight, name: 'weight' }]),
    ...(cluster === undefined ? [] : [{ shown: cluster, name: 'cluster' }]),
  ];
  if (shared.length === 0) return [];
  const differ = shared.map(({ name }, at) => `min(${name}) IS DISTINCT FROM max(${name}) AS d${at}`);
  const [row] = await engine.rows<Record<string, boolean | null>>(
    `WITH queries AS (SELECT ${differ.join(', ')} FROM labels WHERE query IS NOT NULL GROUP BY query)
     SELECT ${shared.map((_, at) => `bool_or(d${at}) AS d${at}`).join(', ')} FROM queries`,
  );
  return shared.filter((_, at) => row?.[`d${at}`] === true).map(({ shown }) => shown);
}

/** Counts exactly how the ids meet: for a report of what is wrong. */
export async function countMeetings(engine: Engine, opened: Opened): Promise<{ labels: number; sides: Meeting[] }> {
  const sides: Meeting[] = [];
  for (const at of opened.sides.keys()) {
    const [met] = await engine.rows<Omit<Meeting, 'duplicatedAnswers'>>(
      `WITH l AS (SELECT DISTINCT id FROM labels WHERE id IS NOT NULL),
            p AS (SELECT DISTINCT id FROM ${nameAnswers(at as Side)} WHERE id IS NOT NULL)
       SELECT count(*) FILTER (l.id IS NOT NULL AND p.id IS NOT NULL) AS matched,
              count(*) FILTER (p.id IS NULL) AS missing, count(*) FILTER (l.id IS NULL) AS unexpected
       FROM l FULL JOIN p ON l.id = p.id`,
    );
    if (!met) throw new Error('the count of the join gave no row');
    sides.push({ ...met, duplicatedAnswers: await countDuplicates(engine, nameAnswers(at as Side)) });
  }
  return { labels: await countDuplicates(engine, 'labels'), sides };
}

async function countDuplicates(engine: Engine, table: string): Promise<number> {
  const [row] = await engine.rows<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT id FROM ${table} WHERE id IS NOT NULL GROUP BY id HAVING count(*) > 1)`,
  );
  return row?.n ?? 0;
}

/** What evidence says of the join: of the first side. */
export function summarizeJoin({ labels, sides }: JoinReport): Join {
  const [first] = sides;
  if (!first) throw new Error('nothing was joined');
  return {
    labels: labels.rows,
    predictions: first.rows,
    matched: first.matched,
    missingPredictions: first.missing,
    unexpectedPredictions: first.unexpected,
    duplicatedIds: labels.duplicatedIds + first.duplicatedAnswers,
    invalidRows: labels.invalidRows + first.invalidRows,
  };
}
