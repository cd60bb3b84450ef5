import type { BoundCheck } from '../checks/binding.ts';
import { type Answers, KEY_TABLE } from './pass.ts';
import type { Scene } from './scene.ts';

/** Rows that repeat an earlier one, and rows that could. */
interface Repetitions {
  readonly broken: number;
  readonly values: number;
}

/**
 * What is kept of each row for a check of uniqueness: the keys themselves where repetitions are allowed, since they will be
 * found and counted; else a digest of 64 bits, in which keys that differ in number can be seen to differ.
 */
export function listRepetitionKeys(check: BoundCheck): readonly string[] {
  return toleratesSome(check) ? check.columns.map(({ key }) => key) : [renderDigest(check)];
}

/** The rows whose key stood in an earlier row; a row without a value in one of the columns repeats nothing. */
export async function countRepetitions(scene: Scene, check: BoundCheck, answers: Answers): Promise<Repetitions> {
  if (toleratesSome(check)) {
    const names = check.columns.map(({ key }) => answers.key(key));
    return countGroups(scene, names);
  }
  const { engine, projection, table } = scene;
  const digest = answers.key(renderDigest(check));
  const found = await countGroups(scene, [digest]);
  if (found.broken === 0) return found;
  // Equal digests are no proof: the keys behind them are looked at.
  const repeated = `select ${digest} from ${KEY_TABLE} where ${digest} is not null group by ${digest} having count(*) > 1`;
  const keys = check.columns.map(({ key }) => key);
  const relation = projection.render(table.relation);
  const [row] = await engine.rows<{ broken: number }>(
    `select cast(coalesce(sum(n - 1), 0) as bigint) as broken from (select count(*) as n from ${relation}
     where ${renderDigest(check)} in (${repeated}) group by ${keys.join(', ')}) as keys`,
  );
  return { broken: Number(row?.broken), values: found.values };
}

/** Counts groups, and not the rows in each: the engine would keep a number for every one of them. */
async function countGroups({ engine }: Scene, names: readonly string[]): Promise<Repetitions> {
  const complete = `from ${KEY_TABLE} where ${isComplete(names)}`;
  const [row] = await engine.rows<{ rows: number; different: number }>(
    `select (select count(*) ${complete}) as "rows",
       (select count(*) from (select 1 ${complete} group by ${names.join(', ')})) as different`,
  );
  const { rows, different } = row ?? { rows: 0, different: 0 };
  return { broken: Number(rows) - Number(different), values: Number(rows) };
}

function renderDigest({ columns }: BoundCheck): string {
  const keys = columns.map(({ key }) => key);
  return `case when ${isComplete(keys)} then hash(${keys.join(', ')}) end`;
}

function isComplete(keys: readonly string[]): string {
  return keys.map((key) => `${key} is not null`).join(' and ');
}

function toleratesSome({ limit }: BoundCheck): boolean {
  return limit !== undefined && !(limit.operator === 'mustBe' && limit.values[0] === 0);
}
