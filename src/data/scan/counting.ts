import type { Engine } from '../../engine/connection.ts';
import type { Answer } from '../../engine/sandbox.ts';
import type { BoundCheck } from '../checks/binding.ts';
import { type Answers, dropKeys, KEY_TABLE, passOver } from './pass.ts';
import { countDangling } from './references.ts';
import type { Scene } from './scene.ts';

/** What was counted for one check. */
export interface Count {
  /** Rows that break it. */
  readonly broken: number;
  /** Rows with a value in every column of the check; all rows where a whole row is judged. */
  readonly values: number;
  /** What a query of the contract came to. */
  readonly answer?: Answer | undefined;
  /** The greatest value, as text: a date, or microseconds since 1970. */
  readonly newest?: string | null | undefined;
  /** Why the rows that a reference goes to could not be looked at, as a phrase. */
  readonly fault?: string | undefined;
}

/**
 * Counts what breaks each check, in one pass over the table: what one row shows by itself is counted there, and the keys
 * of rows are written into a narrow table that repetitions and references are found in.
 */
export async function countViolations(scene: Scene, checks: readonly BoundCheck[]): Promise<Count[]> {
  const { engine, table, projection } = scene;
  const asked = {
    facts: checks.flatMap((check) => listFacts(check)),
    greatest: checks.filter(({ test }) => test.kind === 'fresh').flatMap(({ columns }) => columns[0]?.ordinal ?? []),
    keys: checks.flatMap((check) => listKeys(scene, check)),
  };
  if (asked.facts.length + asked.greatest.length + asked.keys.length === 0) {
    return checks.map(() => ({ broken: 0, values: table.rows }));
  }
  try {
    const answers = await passOver(engine, projection.render(table.relation), asked);
    // A file that changes while it is read is not what was judged before.
    if (answers.rows !== table.rows) throw new Error(`${table.rows} rows were found, and then ${answers.rows}`);
    const repeated = new Map<string, Promise<Count>>();
    const counts: Count[] = [];
    for (const check of checks) {
      if (check.test.kind === 'unique') {
        const names = check.columns.map(({ key }) => answers.key(key));
        const known = repeated.get(names.join()) ?? countRepeated(engine, names);
        repeated.set(names.join(), known);
        counts.push(await known);
      } else if (check.test.kind === 'reference') counts.push(await countReference(scene, check, answers));
      else counts.push(readCount(check, answers));
    }
    return counts;
  } finally {
    await dropKeys(engine);
  }
}

/** The facts that say how many rows a check could judge. */
function countsOf({ columns, test }: BoundCheck): string[] {
  const [column] = columns;
  return column === undefined || isOfRows(test.kind) ? [] : [column.present];
}

/** Rows without a value are those that have none of the others: they need not be counted. */
function listFacts(check: BoundCheck): string[] {
  const { violation, test } = check;
  return [...(violation === undefined || test.kind === 'null' ? [] : [violation]), ...countsOf(check)];
}

/** Kinds whose share is of all rows, or that count values in a way of their own. */
function isOfRows(kind: BoundCheck['test']['kind']): boolean {
  return ['row', 'unique', 'reference', 'query', 'unmeasurable', 'present', 'row-count'].includes(kind);
}

function listKeys({ references }: Scene, check: BoundCheck): readonly string[] {
  if (check.test.kind === 'unique') return check.columns.map(({ key }) => key);
  const reference = references.get(check);
  return check.test.kind === 'reference' && typeof reference === 'object' ? reference.from : [];
}

function readCount(check: BoundCheck, answers: Answers): Count {
  const { violation, columns, test } = check;
  const [present] = countsOf(check);
  const newest = test.kind === 'fresh' ? answers.greatest(columns[0]?.ordinal ?? '') : undefined;
  const values = present === undefined ? answers.rows : answers.count(present);
  if (test.kind === 'null') return { broken: answers.rows - values, values };
  return { broken: violation === undefined ? 0 : answers.count(violation), values, newest };
}

/** The rows whose key stood in an earlier row; a row without a value in one of the columns repeats nothing. */
async function countRepeated(engine: Engine, names: readonly string[]): Promise<Count> {
  const complete = names.map((name) => `${name} is not null`).join(' and ');
  const [row] = await engine.rows<{ broken: number; n: number }>(
    `select cast(coalesce(sum(n - 1), 0) as bigint) as broken, cast(coalesce(sum(n), 0) as bigint) as n
     from (select count(*) as n from ${KEY_TABLE} where ${complete} group by ${names.join(', ')}) as keys`,
  );
  return { broken: Number(row?.broken), values: Number(row?.n) };
}

async function countReference({ engine, references }: Scene, check: BoundCheck, answers: Answers): Promise<Count> {
  const reference = references.get(check) ?? 'nobody looked for the rows that it goes to';
  if (typeof reference === 'string') return { broken: 0, values: answers.rows, fault: reference };
  return countDangling(engine, reference, reference.from.map(answers.key));
}
