import type { Engine } from '../../engine/connection.ts';
import { KEY_TABLE } from './pass.ts';

/** A reference whose columns were found on both sides, each pair read as the same type. */
export interface Reference {
  /** Expressions over the projection of the table that refers. */
  readonly from: readonly string[];
  /** Expressions over `relation`, one for each of `from`. */
  readonly to: readonly string[];
  /** The table that is referred to, to be written after FROM. */
  readonly relation: string;
  /** Whether it is one column of whole numbers, and the table has few rows. */
  readonly isNarrow?: boolean;
}

/** More keys than that the engine does not look up in an array (`MAX_BUILD_SIZE` of its perfect hash join). */
export const NARROW_ROWS = 1_000_000;

const REFERRED = 'referred_rows';

/**
 * Counts the rows of the key table whose key the other table has not. A row without a value in one of the columns refers
 * to nothing, as SQL's MATCH SIMPLE has it.
 */
export async function countDangling(
  engine: Engine,
  reference: Reference,
  names: readonly string[],
): Promise<{ readonly broken: number; readonly values: number }> {
  const complete = names.map((name) => `${name} is not null`).join(' and ');
  const join = reference.isNarrow
    ? await prepareLookup(engine, reference, names)
    : renderJoin('semi', reference, names);
  const [row] = await engine.rows<{ values: number; held: number }>(
    `select (select count(*) from ${KEY_TABLE} where ${complete}) as "values",
       (select count(*) from (select ${names.join(', ')} from ${KEY_TABLE}) as own ${join}) as held`,
  );
  await engine.run(`drop table if exists ${REFERRED}`);
  const { values, held } = row ?? { values: 0, held: 0 };
  return { broken: Number(values) - Number(held), values: Number(values) };
}

/**
 * Keys that stand once in a table of their own can be joined whole instead of asked for, and the engine, which knows the
 * least and the greatest of them, looks numbers that lie close together up in an array: a tenth of the time.
 */
async function prepareLookup(
  engine: Engine,
  { relation, to }: Reference,
  [name = '']: readonly string[],
): Promise<string> {
  await engine.run(`create or replace temp table ${REFERRED} as select distinct ${to[0]} as t0 from ${relation}`);
  return `join ${REFERRED} as other on own.${name} = other.t0`;
}

/** What leaves of `own` the rows that refer to something, or to nothing; `names` are its columns with the key. */
export function renderJoin(kind: 'semi' | 'anti', { relation, to }: Reference, names: readonly string[]): string {
  const keys = to.map((key, index) => `${key} as t${index}`).join(', ');
  const equal = names.map((name, index) => `own.${name} = other.t${index}`).join(' and ');
  return `${kind} join (select ${keys} from ${relation}) as other on ${equal}`;
}
