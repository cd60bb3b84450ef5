import type { BoundCheck } from '../checks/binding.ts';
import { allowsNone, keepsLimit } from '../checks/limits.ts';
import { countDigests } from './digest-counting.ts';
import { type Answers, KEY_TABLE } from './pass.ts';
import type { Scene } from './scene.ts';

/** Rows that repeat an earlier one, and rows that could. */
interface Repetitions {
  readonly broken: number;
  readonly values: number;
}

/** What was counted by keys, so that checks of the same columns count once. */
export class RepetitionCounts {
  readonly #scene: Scene;
  readonly #answers: Answers;
  readonly #known = new Map<string, Promise<Repetitions>>();

  constructor(scene: Scene, answers: Answers) {
    this.#scene = scene;
    this.#answers = answers;
  }

  /**
   * The rows whose key stood in an earlier row; a row without a value in one of the columns repeats nothing. Where a limit
   * from above is kept even by the rows whose digests repeat, these are told: there are no fewer, and as many unless two of
   * n different keys share a digest, which happens by chance with a probability of n² / 2⁶⁵.
   */
  async count(check: BoundCheck): Promise<Repetitions> {
    if (!isFromAbove(check)) {
      const keys = check.columns.map(({ key }) => key);
      return this.#recall(`keys ${keys.join()}`, () => countGroups(this.#scene, keys.map(this.#answers.key)));
    }
    const digest = renderDigest(check);
    const seeming = await this.#recall(digest, async () => {
      const { rows, different } = await countDigests(this.#scene.engine, this.#answers.key(digest));
      return { broken: rows - different, values: rows };
    });
    if (seeming.broken === 0 || keepsLimit(check.limit, seeming.broken, this.#answers.rows)) return seeming;
    return this.#recall(`behind ${digest}`, () => this.#lookBehind(check, digest, seeming));
  }

  /** Equal digests are no proof: the keys behind them are looked at. */
  async #lookBehind({ columns }: BoundCheck, digest: string, { values }: Repetitions): Promise<Repetitions> {
    const { engine, projection, table } = this.#scene;
    const key = this.#answers.key(digest);
    const repeated = `select ${key} from ${KEY_TABLE} where ${key} is not null group by ${key} having count(*) > 1`;
    const [row] = await engine.rows<{ broken: number }>(
      `select cast(coalesce(sum(n - 1), 0) as bigint) as broken from (select count(*) as n
       from ${projection.render(table.relation)} where ${digest} in (${repeated})
       group by ${columns.map((column) => column.key).join(', ')}) as keys`,
    );
    return { broken: Number(row?.broken), values };
  }

  #recall(name: string, count: () => Promise<Repetitions>): Promise<Repetitions> {
    const known = this.#known.get(name) ?? count();
    this.#known.set(name, known);
    return known;
  }
}

/**
 * What is kept of each row for a check of uniqueness: a digest of 64 bits, in which keys that differ in number can be seen
 * to differ, where few repetitions are good; else the keys themselves, since they must be told apart.
 */
export function listRepetitionKeys(check: BoundCheck): readonly string[] {
  return isFromAbove(check) ? [renderDigest(check)] : check.columns.map(({ key }) => key);
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

/** Whether more repetitions are never better. */
function isFromAbove({ limit }: BoundCheck): boolean {
  return allowsNone(limit) || limit?.operator === 'mustBeLessThan' || limit?.operator === 'mustBeLessOrEqualTo';
}
