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

/** Where the pieces of one column and family are, and which row has which. */
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

/**
 * Takes the different pieces of one family out of the column `c<index>`: MAX_FRAGMENTS of them at most, chosen by a digest of
 * the piece, so that they are the same at every run and no kind is preferred. `left` says that there are more.
 */
export async function readFragments(
  engine: Engine,
  rows: Rows,
  index: number,
  family: Family,
): Promise<{ readonly fragments: Fragment[]; readonly left: boolean }> {
  const { hint, fragment } = FAMILIES[family];
  await engine.run(
    `create or replace temp table ${HITS} as
     select r, regexp_matches(c, '\\pL{3}') as words, unnest(list_distinct(regexp_extract_all(c, ${quoteLiteral(fragment)}))) as fragment
     from (select r, c${index} as c from ${rows.numbered}) where regexp_matches(c, ${quoteLiteral(hint)})`,
  );
  await engine.run(
    `create or replace temp table ${FRAGMENTS} as
     select row_number() over (order by digest, fragment) as id, fragment, words from (
       select fragment, md5(fragment) as digest, bool_or(words) as words from ${HITS} group by fragment
       order by digest, fragment limit ${MAX_FRAGMENTS + 1})`,
  );
  const fragments = await engine.rows<Fragment>(
    `select id, fragment, words as "inText" from ${FRAGMENTS} where id <= ${MAX_FRAGMENTS} order by id`,
  );
  const [counted] = await engine.rows<{ n: number }>(`select count(*) as n from ${FRAGMENTS}`);
  return { fragments, left: (counted?.n ?? 0) > MAX_FRAGMENTS };
}

/** SQL of the rows that have one of the pieces that `readFragments` gave last. */
export function selectFragments(ids: Iterable<number>): string {
  // One text, because a list of so many constants takes the parser long.
  const listed = `(select cast(unnest(string_split('${[...ids].join(',')}', ',')) as bigint) as id)`;
  return `select distinct r from ${HITS} semi join
    (select fragment from ${FRAGMENTS} semi join ${listed} as listed using (id)) as kept using (fragment)`;
}

/** SQL of the rows that have a value in the column `c<index>`. */
export function selectValues(rows: Rows, index: number): string {
  return `select r from ${rows.numbered} where c${index} <> ''`;
}

/** Counts the rows that a query gives, and notes them where they count against the data set. */
export async function countRows(engine: Engine, select: string, noted: boolean): Promise<number> {
  if (noted) {
    await engine.run(`create temp table if not exists ${FOUND} (r bigint)`);
    const [inserted] = await engine.rows<{ Count: number }>(`insert into ${FOUND} ${select}`);
    return Number(inserted?.Count);
  }
  const [counted] = await engine.rows<{ n: number }>(`select count(*) as n from (${select})`);
  return Number(counted?.n);
}

/** How many rows were noted, each once, and the first five of them. Forgets them. */
export async function takeNoted(engine: Engine): Promise<{ readonly count: number; readonly first: number[] }> {
  await engine.run(`create temp table if not exists ${FOUND} (r bigint)`);
  const first = await engine.rows<{ row: number }>(`select distinct r as "row" from ${FOUND} order by r limit 5`);
  const [counted] = await engine.rows<{ n: number }>(`select count(distinct r) as n from ${FOUND}`);
  for (const table of [FOUND, HITS, FRAGMENTS]) await engine.run(`drop table if exists ${table}`);
  return { count: counted?.n ?? 0, first: first.map(({ row }) => row) };
}
