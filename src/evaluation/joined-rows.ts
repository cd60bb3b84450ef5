import type { Engine } from '../engine/connection.ts';
import { quoteLiteral } from '../engine/sql.ts';
import { nameHigh, nameLow, namePredicted, nameSideScore, nameSlice, type Side } from './joined-table.ts';
import { nameAnswers } from './loading.ts';
import type { Opened } from './opening.ts';
import { renderThresholdClass } from './operating-point/threshold-class.ts';

/**
 * Joins the loaded tables into `joined`, if each of the `rows` ids of the labels has one row in every table and no table
 * has another; says whether it did. All tables have so many rows, and no value that is needed is missing.
 *
 * The join itself is the proof, without counting ids: with lᵢ and pᵢ rows of an id on both sides, a full join has
 * Σ lᵢ·max(pᵢ, 1) rows and those that only the right side has. Where these are as many as Σ lᵢ and no row lacks a side,
 * every pᵢ is 1; and where Σ pᵢ is as many as well, every lᵢ is. The limit keeps doubled ids from multiplying.
 */
export async function createJoined(
  engine: Engine,
  opened: Opened,
  classes: readonly string[],
  rows: number,
): Promise<boolean> {
  const { cluster } = opened.labels.columns;
  if (cluster !== undefined) {
    await engine.run(
      `CREATE TEMP TABLE clusters AS SELECT cluster AS name, row_number() OVER (ORDER BY cluster) - 1 AS place
       FROM (SELECT DISTINCT cluster FROM labels)`,
    );
  }
  const sides = [...opened.sides.keys()].map((at) => at as Side);
  const met = sides.reduce(
    (
      left,
      side,
    ) => `(SELECT ${side === 0 ? 'labels.id AS key, labels.* EXCLUDE (id)' : 'met.*'}, ${listRaw(opened, side)}
       FROM ${left} FULL JOIN ${nameAnswers(side)} AS answers ON ${side === 0 ? 'labels.id' : 'met.key'} = answers.id
       LIMIT ${rows + 1}) AS met`,
    'labels',
  );
  await engine.run(
    `CREATE TEMP TABLE joined AS SELECT ${listItems(opened, sides, classes).join(', ')} FROM ${met}${
      cluster === undefined ? '' : ' LEFT JOIN clusters ON met.cluster = clusters.name'
    }`,
  );
  const [found] = await engine.rows<{ n: number; lacking: number }>(
    `SELECT count(*) AS n, count(*) FILTER (${['truth', ...sides.map(namePredicted)]
      .map((name) => `${name} IS NULL`)
      .join(' OR ')}) AS lacking FROM joined`,
  );
  return found?.n === rows && found.lacking === 0;
}

/** Removes the tables that `joined` was made of. */
export async function dropLoaded(engine: Engine, opened: Opened): Promise<void> {
  const tables = ['labels', ...opened.sides.map((_, at) => nameAnswers(at as Side))];
  if (opened.labels.columns.cluster !== undefined) tables.push('clusters');
  for (const table of tables) await engine.run(`DROP TABLE ${table}`);
}

function listNumbers(opened: Opened, side: Side): string[] {
  return [
    ...(opened.scores?.columns ?? []).map((_, at) => nameSideScore(side, at)),
    ...(opened.hasLimits ? [nameLow(side), nameHigh(side)] : []),
  ];
}

/** A side’s columns as they were loaded; the class that follows from a score is found here. */
function listRaw(opened: Opened, side: Side): string {
  const threshold = opened.sides[side]?.threshold;
  const predicted =
    threshold === undefined
      ? 'answers.predicted'
      : renderThresholdClass(nameSideScore(side, 0), threshold, 'true', 'false');
  return [`${predicted} AS ${namePredicted(side)}`, ...listNumbers(opened, side)].join(', ');
}

function listItems(opened: Opened, sides: readonly Side[], classes: readonly string[]): string[] {
  const { weight, cluster, query } = opened.labels.columns;
  const { numeric } = opened;
  return [
    ...(sides.length > 1 ? ['CAST(key AS VARCHAR) AS id'] : []),
    `${numeric ? 'truth' : renderPlace('truth', classes)} AS truth`,
    ...sides.flatMap((side) => [renderPredicted(opened, side, classes), ...listNumbers(opened, side)]),
    ...(weight === undefined ? [] : ['weight']),
    ...(cluster === undefined ? [] : ['clusters.place AS cluster']),
    ...(query === undefined ? [] : ['query']),
    ...opened.slices.map((_, at) => nameSlice(at)),
  ];
}

function renderPredicted(opened: Opened, side: Side, classes: readonly string[]): string {
  const name = namePredicted(side);
  if (opened.numeric) return name;
  if (opened.sides[side]?.threshold === undefined) return `${renderPlace(name, classes)} AS ${name}`;
  const positive = classes.indexOf(opened.positive ?? '');
  const other = positive === 0 ? 1 : 0;
  return `CASE ${name} WHEN true THEN ${positive} WHEN false THEN ${other} END::INTEGER AS ${name}`;
}

/** Up to so many classes a comparison with each is faster than a look-up. */
const MAX_COMPARED = 8;

/** SQL for the place of a class; NULL of NULL. */
function renderPlace(name: string, classes: readonly string[]): string {
  const texts = classes.map(quoteLiteral);
  if (texts.length <= MAX_COMPARED) {
    return `CASE ${name} ${texts.map((text, at) => `WHEN ${text} THEN ${at}`).join(' ')} END::INTEGER`;
  }
  return `CAST(enum_code(CAST(${name} AS ENUM (${texts.join(', ')}))) AS INTEGER)`;
}
