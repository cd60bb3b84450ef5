import type { Engine } from '../../engine/connection.ts';
import { quoteLiteral } from '../../engine/sql.ts';
import { FAMILIES, type Family } from './families.ts';
import type { Rows } from './sample.ts';

/** How many different pieces of one column and family are looked at closely. */
export const MAX_FRAGMENTS = 100_000;

/** What one column holds, as far as SQL can tell. */
export interface ColumnHints {
  /** Rows with a value. */
  readonly values: number;
  /** Different values, where that was asked. */
  readonly distinct: number;
  /** The families whose hint some value has. */
  readonly families: readonly Family[];
}

/** A piece of a value that could hold something. */
export interface Fragment {
  readonly id: number;
  readonly fragment: string;
  /** Whether it stands in a value with words in it. */
  readonly inText: boolean;
}

/** Which row has which pieces of which column and family; and the different pieces of one of them. */
const HITS = 'privacy_hits';
const FRAGMENTS = 'privacy_fragments';
/** The rows of a data set in which something was found. */
const FOUND = 'privacy_found';

/** What is asked of a column in the first scan. */
export interface ColumnQuestion {
  /** Whether its values are looked into. */
  readonly isText: boolean;
  /** Whether its different values are counted. */
  readonly isNamed: boolean;
}

/** Asks in one scan which columns have values, and could hold what. */
export async function readHints(
  engine: Engine,
  rows: Rows,
  columns: readonly ColumnQuestion[],
  families: readonly Family[],
): Promise<ColumnHints[]> {
  const counters = columns.flatMap(({ isText, isNamed }, index) => [
    `count(*) filter (where c${index} <> '') as v${index}`,
    ...(isNamed ? [`count(distinct c${index}) filter (where c${index} <> '') as d${index}`] : []),
    ...(isText ? families.map((family) => `${countHints(index, family)} as f${index}_${family}`) : []),
  ]);
  const [row = {}] = await engine.rows<Record<string, number>>(`select ${counters.join(', ')} from ${rows.relation}`);
  return columns.map((_, index) => ({
    values: row[`v${index}`] ?? 0,
    distinct: row[`d${index}`] ?? 0,
    families: families.filter((family) => (row[`f${index}_${family}`] ?? 0) > 0),
  }));
}

function countHints(index: number, family: Family): string {
  return `count(*) filter (where regexp_matches(c${index}, ${quoteLiteral(FAMILIES[family].hint)}))`;
}

/** A column and a family whose hint some of its values have. */
export interface Suspicion {
  /** Of the column `c<index>`. */
  readonly index: number;
  readonly family: Family;
}

/** Takes the pieces out of all columns in one scan, each under the place of its suspicion. */
export async function loadHits(engine: Engine, rows: Rows, suspicions: readonly Suspicion[]): Promise<void> {
  const hints = suspicions.map(({ index, family }) => {
    return `regexp_matches(c${index}, ${quoteLiteral(FAMILIES[family].hint)})`;
  });
  const pieces = suspicions.map(({ index, family }, at) => {
    const all = `list_distinct(regexp_extract_all(c${index}, ${quoteLiteral(FAMILIES[family].fragment)}))`;
    const words = `regexp_matches(c${index}, '\\pL{3}')`;
    return `case when h${at} then {'place': ${at}, 'words': ${words}, 'fragments': ${all}} end`;
  });
  const names = [...new Set(suspicions.map(({ index }) => `c${index}`))];
  const hinted = hints.map((hint, at) => `${hint} as h${at}`);
  await engine.run(
    `create or replace temp table ${HITS} as
     select r, hit.place as place, hit.words as words, unnest(hit.fragments) as fragment from (
       select r, unnest([${pieces.join(', ')}]) as hit
       from (select r, ${[...names, ...hinted].join(', ')} from ${rows.numbered})
       where ${hints.map((_, at) => `h${at}`).join(' or ')})
     where hit is not null`,
  );
}

/**
 * The different pieces of the suspicion at a place: MAX_FRAGMENTS of them at most, chosen by a digest of the piece, so that they
 * are the same at every run and no kind is preferred. `left` says that there are more.
 */
export async function readFragments(
  engine: Engine,
  at: number,
): Promise<{ readonly fragments: Fragment[]; readonly left: boolean }> {
  await engine.run(
    `create or replace temp table ${FRAGMENTS} as
     select row_number() over (order by digest, fragment) as id, fragment, words from (
       select fragment, md5(fragment) as digest, bool_or(words) as words from ${HITS} where place = ${at} group by fragment
       order by digest, fragment limit ${MAX_FRAGMENTS + 1})`,
  );
  const fragments = await engine.rows<Fragment>(
    `select id, fragment, words as "inText" from ${FRAGMENTS} where id <= ${MAX_FRAGMENTS} order by id`,
  );
  const [counted] = await engine.rows<{ n: number }>(`select count(*) as n from ${FRAGMENTS}`);
  return { fragments, left: (counted?.n ?? 0) > MAX_FRAGMENTS };
}

/** Counts the rows that have one of the pieces that `readFragments` gave last, and notes them where they are to count. */
export async function countRows(engine: Engine, at: number, ids: Iterable<number>, noted: boolean): Promise<number> {
  // One text, because a list of so many constants takes the parser long.
  const listed = `(select cast(unnest(string_split('${[...ids].join(',')}', ',')) as bigint) as id)`;
  const select = `select distinct r from (select r, fragment from ${HITS} where place = ${at}) semi join
    (select fragment from ${FRAGMENTS} semi join ${listed} as listed using (id)) as kept using (fragment)`;
  if (noted) return noteRows(engine, select);
  const [counted] = await engine.rows<{ n: number }>(`select count(*) as n from (${select})`);
  return Number(counted?.n);
}

/** Notes the rows that have a value in one of the columns `c<index>`, in one scan. */
export async function noteValues(engine: Engine, rows: Rows, indices: readonly number[]): Promise<void> {
  if (indices.length === 0) return;
  const present = indices.map((index) => `c${index} <> ''`).join(' or ');
  await noteRows(engine, `select r from ${rows.numbered} where ${present}`);
}

async function noteRows(engine: Engine, select: string): Promise<number> {
  await engine.run(`create temp table if not exists ${FOUND} (r bigint)`);
  const [inserted] = await engine.rows<{ Count: number }>(`insert into ${FOUND} ${select}`);
  return Number(inserted?.Count);
}

/** How many rows were noted, each once, and the first five of them. Forgets them. */
export async function takeNoted(engine: Engine): Promise<{ readonly count: number; readonly first: number[] }> {
  await engine.run(`create temp table if not exists ${FOUND} (r bigint)`);
  const first = await engine.rows<{ row: number }>(`select distinct r as "row" from ${FOUND} order by r limit 5`);
  const [counted] = await engine.rows<{ n: number }>(`select count(distinct r) as n from ${FOUND}`);
  for (const table of [FOUND, HITS, FRAGMENTS]) await engine.run(`drop table if exists ${table}`);
  return { count: counted?.n ?? 0, first: first.map(({ row }) => row) };
}
