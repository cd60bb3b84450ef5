import { quoteIdentifier } from '../../engine/sql.ts';
import { ROW_COLUMN } from '../../engine/table.ts';
import type { BoundCheck } from '../checks/binding.ts';
import { renderJoin } from './references.ts';
import type { Scene } from './scene.ts';

/** Rows that break a check: the first ones, or those of the commonest values. `value` is null where there is none. */
export interface Offender {
  readonly row: number;
  readonly value: string | null;
}

/** How much of a value an example shows, in characters. */
export const MAX_SHOWN = 60;
const MAX_EXAMPLES = 5;
const ROW = quoteIdentifier(ROW_COLUMN);

/** Up to five rows that break each of some checks, in the order of the checks. */
export async function findOffenders(scene: Scene, checks: readonly BoundCheck[]): Promise<Offender[][]> {
  const first = await findFirst(scene, checks);
  const found: Offender[][] = [];
  for (const check of checks) {
    if (check.test.kind === 'unique') found.push(await findRepeated(scene, check));
    else if (check.test.kind === 'reference') found.push(await findDangling(scene, check));
    else if (check.test.kind === 'allowed') found.push(await findCommonest(scene, check));
    else found.push(first.get(check) ?? []);
  }
  return found;
}

/** The first rows that break each of the checks that look at one row at a time, all in one scan. */
async function findFirst(
  { engine, table, projection }: Scene,
  checks: readonly BoundCheck[],
): Promise<Map<BoundCheck, Offender[]>> {
  const simple = checks.filter(({ violation, test }) => violation !== undefined && test.kind !== 'allowed');
  if (simple.length === 0) return new Map();
  const items = simple.map(
    (check, index) =>
      `arg_min({'row': ${ROW}, 'value': ${renderValue(check)}}, ${ROW}, ${MAX_EXAMPLES})
       filter (where ${check.violation}) as c${index}`,
  );
  const [row = {}] = await engine.rows<Record<string, Offender[] | null>>(
    `select ${items.join(', ')} from ${projection.render(table.numbered)}`,
  );
  return new Map(simple.map((check, index) => [check, row[`c${index}`] ?? []]));
}

/** Of values outside a list the commonest tell most: each once, with the first row that has it. */
async function findCommonest({ engine, table, projection }: Scene, check: BoundCheck): Promise<Offender[]> {
  const text = check.columns[0]?.text ?? fail();
  return engine.rows<Offender>(
    `select min(${ROW}) as "row", left(any_value(${text}), ${MAX_SHOWN + 1}) as "value"
     from ${projection.render(table.numbered)}
     where ${check.violation ?? fail()} group by ${text} order by count(*) desc, "row" limit ${MAX_EXAMPLES}`,
  );
}

async function findRepeated({ engine, table, projection }: Scene, check: BoundCheck): Promise<Offender[]> {
  const keys = check.columns.map(({ key }) => key);
  return engine.rows<Offender>(
    `select r as "row", shown as "value" from (
       select ${ROW} as r, ${renderValue(check)} as shown,
         row_number() over (partition by ${keys.join(', ')} order by ${ROW}) as nth
       from ${projection.render(table.numbered)} where ${keys.map((key) => `${key} is not null`).join(' and ')}
     ) where nth > 1 order by r limit ${MAX_EXAMPLES}`,
  );
}

async function findDangling({ engine, table, projection, references }: Scene, check: BoundCheck): Promise<Offender[]> {
  const reference = references.get(check);
  if (typeof reference !== 'object') return fail();
  const names = reference.from.map((_, index) => `k${index}`);
  const keys = reference.from.map((key, index) => `${key} as k${index}`);
  return engine.rows<Offender>(
    `select r as "row", shown as "value" from (
       select ${ROW} as r, ${renderValue(check)} as shown, ${keys.join(', ')}
       from ${projection.render(table.numbered)}
       where ${reference.from.map((key) => `${key} is not null`).join(' and ')}
     ) as own ${renderJoin('anti', reference, names)} order by r limit ${MAX_EXAMPLES}`,
  );
}

/** The values of the columns of a check, one after another; those of a rule about rows may be missing. */
function renderValue({ columns, test }: BoundCheck): string {
  const texts = columns.map(({ text }) => `left(${text}, ${MAX_SHOWN + 1})`);
  if (texts.length < 2) return texts[0] ?? 'null';
  const parts = test.kind === 'row' ? texts.map((text) => `coalesce(${text}, '')`) : texts;
  return parts.join(` || ', ' || `);
}

function fail(): never {
  throw new Error('examples are asked of a check that has none');
}
