import type { Example } from '../../evidence/schema/data.ts';
import type { BoundCheck } from '../checks/binding.ts';
import { shorten } from '../findings/findings.ts';
import { MAX_SHOWN } from '../scan/offenders.ts';
import { askOr } from './refusals.ts';
import { type DatabaseScene, isComplete, renderRows, renderTarget } from './scan.ts';

const MAX_EXAMPLES = 5;

/** A column whose values tell rows apart and may be shown. */
export interface KeyColumn {
  readonly name: string;
  /** SQL of its text, by the names of the projection. */
  readonly text: string;
}

/**
 * Up to five rows that break a check. Rows of a table have no number: a key says which they are, where the contract has one
 * that may be shown. Of values outside a list or repeated ones each stands once.
 */
export async function findExamples(
  scene: DatabaseScene,
  check: BoundCheck,
  keys: readonly KeyColumn[],
): Promise<Example[]> {
  const value = check.sensitive ? 'null' : renderValue(check);
  const grouped = check.test.kind === 'allowed' || check.test.kind === 'unique';
  const shownKeys = grouped ? [] : keys;
  if (value === 'null' && shownKeys.length === 0) return [];
  const rows = await askOr(scene.connection, renderQuery(scene, check, value, shownKeys));
  if (typeof rows === 'string') return [];
  return rows.map((row) => {
    const own = shownKeys.map(({ name }, index) => `${name} ${shorten(row[`k${index}`] ?? '')}`);
    return {
      ...(own.length > 0 ? { key: own.join(', ') } : {}),
      ...(row['value'] === null || row['value'] === undefined ? {} : { value: shorten(row['value']) }),
    };
  });
}

function renderQuery(scene: DatabaseScene, check: BoundCheck, value: string, keys: readonly KeyColumn[]): string {
  const from = renderRows(scene);
  const { test, violation = 'false', columns } = check;
  if (test.kind === 'unique') {
    const group = columns.map(({ key }) => key).join(', ');
    return `select min(${value}) as value from ${from} where ${isComplete(check)}
      group by ${group} having count(*) > 1 order by count(*) desc, 1 limit ${MAX_EXAMPLES}`;
  }
  if (test.kind === 'allowed') {
    return `select ${value} as value from ${from} where ${violation}
      group by 1 order by count(*) desc, 1 limit ${MAX_EXAMPLES}`;
  }
  const reference = scene.references.get(check);
  const join = test.kind === 'reference' && typeof reference === 'object' ? renderTarget(check, reference) : '';
  const broken = join === '' ? violation : `${isComplete(check)} and t0 is null`;
  const named = keys.map(({ text }, index) => `left(${text}, ${MAX_SHOWN + 1}) as k${index}`);
  const order = [...keys.map((_, index) => `k${index}`), 'value'].join(', ');
  return `select ${[`${value} as value`, ...named].join(', ')} from ${from} ${join} where ${broken} order by ${order} limit ${MAX_EXAMPLES}`;
}

/** The values of the columns of a check, one after another. */
function renderValue({ columns }: BoundCheck): string {
  const texts = columns.map(({ text }) => `left(${text}, ${MAX_SHOWN + 1})`);
  if (texts.length < 2) return texts[0] ?? 'null';
  return texts.map((text) => `coalesce(${text}, '')`).join(` || ', ' || `);
}
