import type { Connection } from '../../engine/postgres/connection.ts';
import type { Table } from '../../engine/table.ts';
import type { BoundCheck } from '../checks/binding.ts';
import type { Count } from '../scan/counting.ts';
import type { Projection } from './projection.ts';
import { askOr } from './refusals.ts';

/** A table that is checked where it lies; its checks speak of columns by the names of the projection. */
export interface DatabaseScene {
  readonly connection: Connection;
  readonly table: Table;
  readonly projection: Projection;
  /** Where the references of its checks go, or why that cannot be said, as a phrase. */
  readonly references: ReadonlyMap<BoundCheck, DatabaseReference | string>;
}

/** The rows that a check's columns refer to. */
export interface DatabaseReference {
  /** To be written after FROM. */
  readonly relation: string;
  /** Expressions over it, one for the key of each column of the check. */
  readonly to: readonly string[];
}

/** A query of PostgreSQL gives at most 1664 columns. */
const WIDEST = 800;

/** Kinds whose rows are all judged, or counted in a way of their own. */
const OF_ROWS: readonly string[] = ['row', 'unique', 'reference', 'query', 'unmeasurable', 'present', 'row-count'];

/** Counts what breaks each check: one scan for what a row shows by itself, and one query for each key. */
export async function countInDatabase(scene: DatabaseScene, checks: readonly BoundCheck[]): Promise<Count[]> {
  const together = await countRows(scene, checks);
  const counts: Count[] = [];
  for (const [index, check] of checks.entries()) {
    if (check.test.kind === 'unique') counts.push(await countRepeated(scene, check));
    else if (check.test.kind === 'reference') counts.push(await countDangling(scene, check));
    else if (together) counts.push(together[index] ?? { broken: 0, values: 0 });
    // What one value makes the database refuse is not the end of the other checks.
    else counts.push((await countRows(scene, [check]))?.[0] ?? (await explain(scene, check)));
  }
  return counts;
}

/** The relation with everything that checks ask for. */
export function renderRows({ table, projection }: Pick<DatabaseScene, 'table' | 'projection'>): string {
  return projection.render(table.relation);
}

/** Undefined where the database refuses. */
async function countRows(scene: DatabaseScene, checks: readonly BoundCheck[]): Promise<Count[] | undefined> {
  const items = listItems(checks);
  const found = new Map<string, string | null>();
  for (let start = 0; start < items.length; start += WIDEST) {
    const part = items.slice(start, start + WIDEST);
    const row = await askItems(scene, part);
    if (typeof row === 'string') return undefined;
    for (const [index, item] of part.entries()) found.set(item, row[`c${index}`] ?? null);
  }
  return checks.map((check) => {
    const { violation, test, columns } = check;
    const present = presentOf(check);
    return {
      broken: violation === undefined ? 0 : Number(found.get(count(violation))),
      values: present === undefined ? scene.table.rows : Number(found.get(count(present))),
      newest: test.kind === 'fresh' ? found.get(greatest(columns[0]?.ordinal ?? '')) : undefined,
    };
  });
}

async function askItems(
  scene: DatabaseScene,
  items: readonly string[],
): Promise<Record<string, string | null> | string> {
  const listed = items.map((item, index) => `${item} as c${index}`).join(', ');
  const rows = await askOr(scene.connection, `select ${listed} from ${renderRows(scene)}`);
  return typeof rows === 'string' ? rows : (rows[0] ?? {});
}

async function explain(scene: DatabaseScene, check: BoundCheck): Promise<Count> {
  const answer = await askItems(scene, listItems([check]));
  return { broken: 0, values: scene.table.rows, fault: typeof answer === 'string' ? answer : 'its answers differ' };
}

function listItems(checks: readonly BoundCheck[]): string[] {
  const items = checks.flatMap((check) => [
    ...(check.violation === undefined ? [] : [count(check.violation)]),
    ...(presentOf(check) === undefined ? [] : [count(presentOf(check) ?? '')]),
    ...(check.test.kind === 'fresh' ? [greatest(check.columns[0]?.ordinal ?? '')] : []),
  ]);
  return [...new Set(items)];
}

function presentOf({ test, columns }: BoundCheck): string | undefined {
  return OF_ROWS.includes(test.kind) ? undefined : columns[0]?.present;
}

function count(condition: string): string {
  return `count(*) filter (where ${condition})`;
}

function greatest(ordinal: string): string {
  return `max(${ordinal})`;
}

/** Whether every column of a check has a value: a row without one repeats nothing and refers to nothing. */
export function isComplete({ columns }: BoundCheck): string {
  return columns.map(({ key }) => `${key} is not null`).join(' and ');
}

async function countRepeated(scene: DatabaseScene, check: BoundCheck): Promise<Count> {
  const keys = check.columns.map(({ key }) => key).join(', ');
  return readCount(
    await askOr(
      scene.connection,
      `select coalesce(sum(n - 1), 0) as broken, coalesce(sum(n), 0) as n
       from (select count(*) as n from ${renderRows(scene)} where ${isComplete(check)} group by ${keys}) as keys`,
    ),
  );
}

async function countDangling(scene: DatabaseScene, check: BoundCheck): Promise<Count> {
  const reference = scene.references.get(check) ?? 'nobody looked for the rows that it goes to';
  if (typeof reference === 'string') return { broken: 0, values: scene.table.rows, fault: reference };
  return readCount(
    await askOr(
      scene.connection,
      `select count(*) filter (where t0 is null) as broken, count(*) as n
       from ${renderRows(scene)} ${renderTarget(check, reference)} where ${isComplete(check)}`,
    ),
  );
}

/** What gives each row the row that it refers to; `t0` is NULL where there is none. To be written after the rows. */
export function renderTarget(check: BoundCheck, { relation, to }: DatabaseReference): string {
  const targets = to.map((key, index) => `${key} as t${index}`).join(', ');
  const equal = check.columns.map(({ key }, index) => `${key} = t${index}`).join(' and ');
  return `left join (select distinct ${targets} from ${relation} offset 0) as other on ${equal}`;
}

function readCount(rows: Record<string, string | null>[] | string): Count {
  if (typeof rows === 'string') return { broken: 0, values: 0, fault: rows };
  return { broken: Number(rows[0]?.['broken']), values: Number(rows[0]?.['n']) };
}
