import type { ColumnStatistics } from '../../engine/table.ts';
import type { BoundCheck } from '../checks/binding.ts';
import type { Comparison } from '../checks/checks.ts';
import type { Scene } from './scene.ts';

/** Native types whose least and greatest values say something about all of them: in others there is NaN, or rounding. */
const ORDERED = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'DATE'];

/**
 * The checks that no row of a Parquet file breaks, as its footers prove, so that their columns need not be read for them.
 * Footers only acquit: what they do not prove is looked for in the rows.
 */
export async function findProven({ table }: Scene, checks: readonly BoundCheck[]): Promise<ReadonlySet<BoundCheck>> {
  const asked = checks.filter(({ test, part }) => part === undefined && ['null', 'type', 'bound'].includes(test.kind));
  if (!table.readStatistics || asked.length === 0) return new Set();
  const statistics = await table.readStatistics();
  return new Set(asked.filter((check) => isProven(check, statistics.get(check.names[0] ?? ''))));
}

function isProven({ test, type, types, columns }: BoundCheck, known: ColumnStatistics | undefined): boolean {
  // Rows without a value are not judged: with none of them, what is judged is known as well.
  if (known?.nulls !== 0) return false;
  if (test.kind === 'null') return true;
  if (test.kind === 'type') return columns[0]?.valid === 'true';
  const [native = ''] = types;
  if (test.kind !== 'bound' || !ORDERED.includes(native)) return false;
  if (type !== (native === 'DATE' ? 'date' : 'integer') || known.least === null || known.greatest === null)
    return false;
  return [known.least, known.greatest].every((end) =>
    holds(
      type === 'date' ? compareEnds(end, String(test.bound)) : compareEnds(BigInt(end), Number(test.bound)),
      test.comparison,
    ),
  );
}

/**
 * Less than 0, 0 or more, as the first is less, equal or greater: a whole number and any number, compared exactly, or two
 * dates as ISO 8601 writes them, with years of four digits.
 */
function compareEnds(...[one, other]: [bigint, number] | [string, string]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function holds(order: number, comparison: Comparison): boolean {
  if (order === 0) return comparison === '>=' || comparison === '<=';
  return order < 0 ? comparison.startsWith('<') : comparison.startsWith('>');
}
