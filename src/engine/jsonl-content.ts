import { type Problem, UserMistake } from '../errors.ts';
import type { Engine } from './connection.ts';
import type { TablePart } from './table.ts';

/** So many broken lines are shown; the rest is counted. */
const SHOWN = 5;

type Fault = 'malformed' | 'not-object' | 'lenient' | 'doubled';

/** What the engine takes for JSON and JSON is not: NaN, Infinity, a comma after the last value. */
const MORE_THAN_JSON = `'(?i)nan|inf|,\\s*[}\\]]'`;
const STRING = `'"([^"\\\\]|\\\\.)*"'`;

/** The first that holds of a line; each is only asked where the ones before it did not hold. */
const FAULT = `CASE WHEN NOT json_valid(line) THEN 'malformed'
  WHEN json_type(line) <> 'OBJECT' THEN 'not-object'
  WHEN regexp_matches(line, ${MORE_THAN_JSON})
    THEN CASE WHEN regexp_matches(regexp_replace(line, ${STRING}, '""', 'g'), ${MORE_THAN_JSON}) THEN 'lenient' END END`;

const DOUBLED = `CASE WHEN len(json_keys(line)) <> len(list_distinct(json_keys(line))) THEN 'doubled' END`;

const TEXTS: Readonly<Record<Fault, Pick<Problem, 'found' | 'fix'>>> = {
  malformed: { found: 'this line is not JSON', fix: 'Write one JSON object on each line.' },
  'not-object': { found: 'this line is JSON, but not an object', fix: 'Write one JSON object on each line.' },
  lenient: {
    found: 'this line has NaN, Infinity or a comma too many, which JSON does not know',
    fix: 'Write null for a number that is missing.',
  },
  doubled: { found: 'a key is there twice in this line', fix: 'Give every key once.' },
};

/**
 * Counts the lines of a relation with one column `line`, of which every one must be a JSON object in the strict sense.
 * Throws UserMistake with the numbers of the lines that are not.
 */
export async function countObjects(engine: Engine, lines: string, files: readonly TablePart[]): Promise<number> {
  const [counted] = await engine.rows<{ lines: number; faults: number }>(
    `SELECT count(line) AS lines, count(${FAULT}) AS faults FROM ${lines} WHERE line IS NOT NULL`,
  );
  const { lines: count, faults } = counted ?? { lines: 0, faults: 0 };
  if (faults > 0) throw await explain(engine, lines, files, FAULT, faults);
  return count;
}

/** The keys of the first record in its order, then all others by code point. Throws UserMistake on doubled ones. */
export async function readKeys(engine: Engine, lines: string, files: readonly TablePart[]): Promise<string[]> {
  const [first] = await engine.rows<{ keys: string[] }>(`SELECT json_keys(line) AS keys FROM ${lines} LIMIT 1`);
  // Records mostly have the same keys, so the lists are made distinct before they are looked into.
  const all = await engine.rows<{ key: string; doubled: boolean }>(
    `SELECT DISTINCT unnest(keys) AS key, doubled
     FROM (SELECT keys, len(keys) <> len(list_distinct(keys)) AS doubled
       FROM (SELECT DISTINCT json_keys(line) AS keys FROM ${lines} WHERE line IS NOT NULL))
     ORDER BY key, doubled`,
  );
  if (all.some(({ doubled }) => doubled)) {
    const [counted] = await engine.rows<{ faults: number }>(
      `SELECT count(${DOUBLED}) AS faults FROM ${lines} WHERE line IS NOT NULL`,
    );
    throw await explain(engine, lines, files, DOUBLED, counted?.faults ?? 0);
  }
  return [...new Set([...(first?.keys ?? []), ...all.map(({ key }) => key)])];
}

async function explain(
  engine: Engine,
  lines: string,
  files: readonly TablePart[],
  expression: string,
  total: number,
): Promise<UserMistake> {
  // Numbering the lines costs the scan its parallelism, so it is done only for a file with faults.
  const faults = await engine.rows<{ number: number; fault: Fault }>(
    `SELECT number, ${expression} AS fault
     FROM (SELECT row_number() OVER () AS number, line FROM ${lines} WHERE line IS NOT NULL)
     WHERE fault IS NOT NULL ORDER BY number LIMIT ${SHOWN}`,
  );
  const problems: Problem[] = faults.map(({ number, fault }) => ({ ...findLine(files, number), ...TEXTS[fault] }));
  if (total > problems.length) {
    const found = `${total - problems.length} more like these (${total} in all)`;
    problems.push(files.length === 1 ? { file: files[0]?.name ?? '', found } : { found });
  }
  return new UserMistake(problems);
}

/** Lines count on from file to file; empty ones stand at the end of a file and do not count. */
function findLine(files: readonly TablePart[], number: number): { file: string; line: number } {
  let line = number;
  for (const { name, rows } of files) {
    if (line <= rows) return { file: name, line };
    line -= rows;
  }
  throw new Error(`there is no line ${number}`);
}
