import type { Engine } from '../../engine/connection.ts';

/** The narrow table that a pass leaves behind where keys were asked for; one at a time. */
export const KEY_TABLE = 'check_rows';

/** Facts about rows that fit into one number exactly. */
const BITS = 52;
/** Those that fit into 32 bits with a sign, which is all that most tables need. */
const NARROW_BITS = 30;

/** What one pass over a table finds out, as SQL expressions over its relation. */
export interface Questions {
  /** BOOLEAN, never NULL: the rows for which they hold are counted. */
  readonly facts: readonly string[];
  /** The greatest of these is looked for. */
  readonly greatest: readonly string[];
  /** These are kept in `KEY_TABLE`, under the names that `Answers.keys` gives. */
  readonly keys: readonly string[];
}

export interface Answers {
  readonly rows: number;
  /** How many rows a fact holds for. */
  count(fact: string): number;
  /** The greatest value of an expression as text; null where there is none. */
  greatest(expression: string): string | null;
  /** The column of `KEY_TABLE` with the values of an expression. */
  key(expression: string): string;
}

/**
 * Reads a relation once. With keys, what holds of each row is written beside them as the bits of a number, so that the
 * relation, which may be a file of text, need not be read a second time; `dropKeys` removes that table.
 */
export async function passOver(engine: Engine, relation: string, questions: Questions): Promise<Answers> {
  const facts = [...new Set(questions.facts)];
  const greatest = [...new Set(questions.greatest)];
  const keys = [...new Set(questions.keys)];
  const counters = facts.map((fact, index) => `${sumUp(fact)} as f${index}`);
  const maxima = greatest.map((expression, index) => `cast(max(${expression}) as varchar) as g${index}`);
  const row =
    keys.length === 0
      ? await askDirectly(engine, relation, [...counters, ...maxima])
      : await askThroughTable(engine, relation, { facts, greatest, keys });
  const find = <T>(list: readonly T[], one: T): number => {
    const index = list.indexOf(one);
    if (index < 0) throw new Error('something is read that was not asked for');
    return index;
  };
  return {
    rows: Number(row['n'] ?? 0),
    count: (fact) => Number(row[`f${find(facts, fact)}`] ?? 0),
    greatest: (expression) => (row[`g${find(greatest, expression)}`] as string | null | undefined) ?? null,
    key: (expression) => `k${find(keys, expression)}`,
  };
}

/** Removes what `passOver` left behind. */
export async function dropKeys(engine: Engine): Promise<void> {
  await engine.run(`drop table if exists ${KEY_TABLE}`);
}

type Row = Record<string, unknown>;

/** As fast as it gets: a FILTER for each count takes half as long again. */
function sumUp(fact: string): string {
  return `sum(case when ${fact} then 1 else 0 end)`;
}

async function askDirectly(engine: Engine, relation: string, items: readonly string[]): Promise<Row> {
  const [row = {}] = await engine.rows(`select ${['count(*) as n', ...items].join(', ')} from ${relation}`);
  return row;
}

async function askThroughTable(engine: Engine, relation: string, { facts, greatest, keys }: Questions): Promise<Row> {
  const masks = Array.from({ length: Math.ceil(facts.length / BITS) }, (_, index) => {
    const bits = facts.slice(index * BITS, (index + 1) * BITS);
    const type = bits.length <= NARROW_BITS ? 'integer' : 'bigint';
    const terms = bits.map((fact, bit) => `case when ${fact} then cast(${2 ** bit} as ${type}) else 0 end`);
    return `${terms.join(' + ')} as m${index}`;
  });
  const columns = [
    ...keys.map((key, index) => `${key} as k${index}`),
    ...greatest.map((expression, index) => `${expression} as g${index}`),
    ...masks,
  ];
  await dropKeys(engine);
  await engine.run(`create temp table ${KEY_TABLE} as select ${columns.join(', ')} from ${relation}`);
  const maxima = greatest.map((_, index) => `cast(max(g${index}) as varchar) as g${index}`);
  const row: Row = await askDirectly(engine, KEY_TABLE, maxima);
  for (const index of masks.keys()) {
    const counters = facts
      .slice(index * BITS, (index + 1) * BITS)
      .map((_, bit) => `sum(case when m & ${2 ** bit} <> 0 then n else 0 end) as f${index * BITS + bit}`);
    // Rows mostly break the same few checks, so there are few different numbers.
    const grouped = `(select m${index} as m, count(*) as n from ${KEY_TABLE} group by m${index}) as grouped`;
    const [counted = {}] = await engine.rows(`select ${counters.join(', ')} from ${grouped}`);
    Object.assign(row, counted);
  }
  return row;
}
