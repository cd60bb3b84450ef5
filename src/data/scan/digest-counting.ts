import type { Engine } from '../../engine/connection.ts';
import { DigestSet } from './digest-set.ts';
import { KEY_TABLE } from './pass.ts';

/** Below, the engine needs milliseconds. */
const MANY = 1_000_000;
/** Digests that are taken out of the engine at a time, if they are spread evenly. */
const AT_A_TIME = 4_000_000;
/** Bytes that the engine needs for that beside what it may write to the disk: each digest in a list, and in the answer. */
const MEMORY = 256 * 1024 * 1024;
/** A repeated digest makes the part it falls into so many times as long as the others, before we leave it to the engine. */
const UNEVEN = 4;
const PARTS = 256;

export interface DigestCount {
  /** Rows that have a digest. */
  readonly rows: number;
  readonly different: number;
}

/**
 * Counts the different digests in a column of the key table. Few, or such as some value repeats often, are grouped by the
 * engine, which can do that on the disk. Many that are spread evenly are taken out in lists by their first bits, and each
 * list is counted while the engine makes the next ones: that takes half the work.
 */
export async function countDigests(engine: Engine, name: string, many = MANY): Promise<DigestCount> {
  const [spread] = await engine.rows<{ rows: number | null; longest: number | null }>(
    `select cast(sum(n) as bigint) as "rows", max(n) as longest from (
       select count(*) as n from ${KEY_TABLE} where ${name} is not null group by cast(${name} & ${PARTS - 1} as utinyint))`,
  );
  const [rows, longest] = [Number(spread?.rows ?? 0), Number(spread?.longest ?? 0)];
  const isEven = longest * PARTS <= UNEVEN * rows;
  const different =
    rows >= many && isEven && engine.memory >= MEMORY
      ? await countLists(engine, name, rows)
      : await countGroups(engine, name);
  return { rows, different };
}

async function countGroups(engine: Engine, name: string): Promise<number> {
  const [row] = await engine.rows<{ different: number }>(
    `select count(*) as different from (select 1 from ${KEY_TABLE} where ${name} is not null group by ${name})`,
  );
  return Number(row?.different ?? 0);
}

/** Bits by which a slice is cut into lists, of which each is counted within the processor's cache. */
const LIST_BITS = 8;

async function countLists(engine: Engine, name: string, rows: number): Promise<number> {
  const bits = Math.max(1, Math.ceil(Math.log2(rows / AT_A_TIME)));
  const width = 2n ** BigInt(64 - bits);
  const queries = Array.from({ length: 2 ** bits }, (_, slice) => {
    const from = BigInt(slice) * width;
    return `select list(${name}) from ${KEY_TABLE} where ${name} between ${from} and ${from + width - 1n}
      group by ${name} >> ${64 - bits - LIST_BITS}`;
  });
  const set = new DigestSet();
  let different = 0;
  for await (const lists of engine.lists(queries)) for (const list of lists) different += set.count(list);
  return different;
}
