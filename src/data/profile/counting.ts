import type { Engine } from '../../engine/connection.ts';
import type { Table } from '../../engine/table.ts';
import type { CheckedType } from '../checks/checks.ts';
import { isNumeric, renderDouble } from './ordinals.ts';
import type { Counted } from './shares.ts';
import type { Candidate } from './survey.ts';

/** What is to be counted of a column; nothing without a candidate. */
export interface Planned {
  readonly type: CheckedType;
  readonly estimate: number;
  /** Characters of the longest text. */
  readonly longest: number;
  readonly candidate: Candidate | undefined;
}

interface Shares {
  readonly numbers: readonly Counted<number>[];
  /** Undefined stands for a text that is too long to be told. */
  readonly texts: readonly Counted<string | undefined>[];
  /** Undefined where values were gathered into parts. */
  readonly distinct: number | undefined;
}

/** Texts of more different values than this are not counted; by an estimate, so that it may be a third more. */
const MAX_DISTINCT = 10_000;
/** So few different numbers are counted one by one. */
const FEW_NUMBERS = 150;
/** Longer texts are known by a digest. */
const MAX_TEXT = 100;

interface Bar {
  readonly key: unknown;
  readonly value: number;
}

/** Counts on all rows, in one scan, how often values of columns occur; undefined for a column that nothing is counted of. */
export async function countShares(
  engine: Engine,
  table: Table,
  plans: readonly Planned[],
): Promise<(Shares | undefined)[]> {
  const terms = plans.flatMap((plan, at) => {
    const term = renderHistogram(plan);
    return term === undefined ? [] : [`${term} as h${at}`];
  });
  if (terms.length === 0) return plans.map(() => undefined);
  const [row = {}] = await engine.rows<Record<string, Bar[] | null>>(
    `select ${terms.join(', ')} from ${table.relation}`,
  );
  return plans.map((plan, at) => {
    const name = `h${at}`;
    if (!(name in row)) return undefined;
    return readShares(plan, row[name] ?? []);
  });
}

function renderHistogram({ type, estimate, longest, candidate }: Planned): string | undefined {
  if (candidate === undefined) return undefined;
  const { sql, edges, high } = candidate;
  if (!isNumeric(type)) {
    if (estimate > MAX_DISTINCT) return undefined;
    const marked = `case when length(${sql.key}) <= ${MAX_TEXT} then 't' || ${sql.key} else 'd' || md5(${sql.key}) end`;
    const told = longest > MAX_TEXT ? marked : sql.key;
    return `histogram(${told}) filter (where ${sql.present} and coalesce(${sql.valid}, false))`;
  }
  const value = renderDouble(type, sql.ordinal);
  if (estimate <= FEW_NUMBERS) return `histogram(${value})`;
  if (edges === null || high === null) return undefined;
  const upTo = [...new Set([...edges.filter((edge) => edge < high), high])].sort((a, b) => a - b);
  return `histogram(${value}, [${upTo.map((edge) => `cast('${edge}' as double)`).join(', ')}])`;
}

function readShares({ type, estimate, longest }: Planned, bars: readonly Bar[]): Shares {
  if (!isNumeric(type)) {
    const texts = bars.map(({ key, value: count }) => {
      const text = String(key);
      if (longest <= MAX_TEXT) return { value: text, count };
      return { value: text.startsWith('t') ? text.slice(1) : undefined, count };
    });
    return { numbers: [], texts, distinct: texts.length };
  }
  const numbers = bars
    .map(({ key, value: count }) => ({ value: Number(key), count }))
    .filter(({ value, count }) => count > 0 && Number.isFinite(value))
    .sort((a, b) => a.value - b.value);
  return { numbers, texts: [], distinct: estimate <= FEW_NUMBERS ? numbers.length : undefined };
}
