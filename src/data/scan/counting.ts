import type { Engine } from '../../engine/connection.ts';
import { countRows, requireRows } from '../../engine/row-count.ts';
import type { Answer } from '../../engine/sandbox.ts';
import type { Table } from '../../engine/table.ts';
import type { BoundCheck } from '../checks/binding.ts';
import { type Answers, dropKeys, passOver } from './pass.ts';
import { findProven } from './proofs.ts';
import { countDangling } from './references.ts';
import { listRepetitionKeys, RepetitionCounts } from './repetitions.ts';
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
  const proven = await findProven(scene, checks);
  const open = checks.filter((check) => !proven.has(check));
  const asked = {
    facts: open.flatMap((check) => listFacts(check)),
    greatest: open.filter(({ test }) => test.kind === 'fresh').flatMap(({ columns }) => columns[0]?.ordinal ?? []),
    keys: open.flatMap((check) => listKeys(scene, check)),
  };
  if (asked.facts.length + asked.greatest.length + asked.keys.length === 0) {
    await confirmRows(engine, table);
    return checks.map(() => ({ broken: 0, values: table.rows }));
  }
  try {
    const answers = await passOver(engine, projection.render(table.relation), asked);
    requireRows(table, answers.rows);
    const repetitions = new RepetitionCounts(scene, answers);
    const counts: Count[] = [];
    for (const check of checks) {
      if (proven.has(check)) counts.push({ broken: 0, values: table.rows });
      else if (check.test.kind === 'unique') counts.push(await repetitions.count(check));
      else if (check.test.kind === 'reference') counts.push(await countReference(scene, check, answers));
      else counts.push(readCount(check, answers));
    }
    return counts;
  } finally {
    await dropKeys(engine);
  }
}

/** Counts the rows of a table that nobody has counted, where nothing is asked of them. */
export async function confirmRows(engine: Engine, table: Table): Promise<void> {
  if (table.isUncounted) requireRows(table, await countRows(engine, table.relation));
}

/** The facts that say how many rows a check could not judge: seldom true, which makes them cheap. */
function countsOf({ columns, test, judged }: BoundCheck): string[] {
  const [column] = columns;
  return column === undefined || isOfRows(test.kind) ? [] : [`not (${judged ?? column.present})`];
}

/** Whether the rows that break a check are those that are not counted otherwise: those without a value. */
function isComplement({ test, judged }: BoundCheck): boolean {
  return test.kind === 'null' && judged === undefined;
}

/** Rows without a value are those that have none of the others: they need not be counted. */
function listFacts(check: BoundCheck): string[] {
  const { violation } = check;
  return [...(violation === undefined || isComplement(check) ? [] : [violation]), ...countsOf(check)];
}

/** Kinds whose share is of all rows, or that count values in a way of their own. */
function isOfRows(kind: BoundCheck['test']['kind']): boolean {
  return ['row', 'unique', 'reference', 'query', 'unmeasurable', 'present', 'row-count'].includes(kind);
}

function listKeys({ references }: Scene, check: BoundCheck): readonly string[] {
  if (check.test.kind === 'unique') return listRepetitionKeys(check);
  const reference = references.get(check);
  return check.test.kind === 'reference' && typeof reference === 'object' ? reference.from : [];
}

function readCount(check: BoundCheck, answers: Answers): Count {
  const { violation, columns, test } = check;
  const [absent] = countsOf(check);
  const newest = test.kind === 'fresh' ? answers.greatest(columns[0]?.ordinal ?? '') : undefined;
  const values = absent === undefined ? answers.rows : answers.rows - answers.count(absent);
  if (isComplement(check)) return { broken: answers.rows - values, values };
  return { broken: violation === undefined ? 0 : answers.count(violation), values, newest };
}

async function countReference({ engine, references }: Scene, check: BoundCheck, answers: Answers): Promise<Count> {
  const reference = references.get(check) ?? 'nobody looked for the rows that it goes to';
  if (typeof reference === 'string') return { broken: 0, values: answers.rows, fault: reference };
  return countDangling(engine, reference, reference.from.map(answers.key));
}
