import type { Table } from '../../engine/table.ts';
import type { Finding } from '../../evidence/schema/data.ts';
import type { BoundCheck } from '../checks/binding.ts';
import { allowsNone, isWithin, keepsLimit, renderLimit } from '../checks/limits.ts';
import { quoteName } from '../naming.ts';
import type { Count } from '../scan/counting.ts';
import { MAX_SHOWN, type Offender } from '../scan/offenders.ts';
import { judgeFreshness } from './freshness.ts';
import { countOf, describeCount } from './wording.ts';

type Judgement = Pick<Finding, 'outcome' | 'count' | 'share' | 'reason'>;

/** Kinds of tests that say something of rows without any value too. */
const OF_ROWS: readonly string[] = ['null', 'missing', 'row'];

/** Whether a check came to rows that examples can be given of. */
export function wantsExamples(check: BoundCheck, judgement: Judgement): boolean {
  const countsRows = !['present', 'row-count', 'query'].includes(check.test.kind);
  return judgement.outcome === 'fail' && judgement.count > 0 && countsRows;
}

interface Circumstances {
  readonly table: Table;
  /** What the age of data is counted to. */
  readonly now: Date;
}

/** What a check comes to, given what was counted for it. */
export function judgeCheck(check: BoundCheck, count: Count, { table, now }: Circumstances): Judgement {
  const { rows } = table;
  if (check.test.kind === 'unmeasurable') return unmeasured(check.test.reason);
  if (check.test.kind === 'row-count') return judgeRows(check, table);
  if (check.test.kind === 'present') return judgePresence(check, table);
  if (check.test.kind === 'query') return judgeQuery(check, count, table);
  if (check.missing.length > 0) {
    return unmeasured(`the ${nounOf(table)} has no column ${check.missing.map(quoteName).join(', ')}`);
  }
  if (rows === 0) return unmeasured(`the ${nounOf(table)} has no rows`);
  if (check.test.kind === 'fresh') return judgeFreshness(check, count, now);
  if (count.fault !== undefined) return unmeasured(count.fault);
  if (count.values === 0 && check.part) return unmeasured('no row has a value there');
  if (count.values === 0 && !OF_ROWS.includes(check.test.kind)) {
    const several = check.names.length > 1;
    return unmeasured(several ? 'no row has a value in each of the columns' : 'the column has no values');
  }
  const share = count.broken / rows;
  const described = describeCount(check, count, rows);
  if (!check.limit || allowsNone(check.limit)) {
    return { outcome: count.broken === 0 ? 'pass' : 'fail', count: count.broken, share, reason: described };
  }
  const percent = check.limit.unit === 'percent';
  const kept = keepsLimit(check.limit, count.broken, rows);
  const amount = percent ? ` (${Number((share * 100).toPrecision(3))}%)` : '';
  const reason = `${described}${amount}; the contract allows ${renderLimit(check.limit)}`;
  return { outcome: kept ? 'pass' : 'fail', count: count.broken, share, reason };
}

/** A check and its judgement as evidence records them. */
export function createFinding(check: BoundCheck, judgement: Judgement, offenders: readonly Offender[]): Finding {
  const { rule, names, level, place, sensitive } = check;
  return {
    rule,
    ...(names.length > 0 ? { column: names.join(', ') } : {}),
    ...judgement,
    ...(level === 'warn' ? { level } : {}),
    examples: offenders.map(({ row, value }) => ({
      row,
      ...(value === null || sensitive ? {} : { value: shorten(value) }),
    })),
    place: { file: place.file, line: place.line, column: place.column },
  };
}

/** A value as an example shows it: at most 60 characters. */
export function shorten(value: string): string {
  const characters = [...value];
  return characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join('')}…` : value;
}

function judgeRows({ limit }: BoundCheck, table: Table): Judgement {
  const { rows } = table;
  if (!limit) throw new Error('a row count without a limit');
  const reason = `the ${nounOf(table)} has ${countOf(rows, 'row')}; the contract allows ${renderLimit(limit)}`;
  return { outcome: isWithin(limit, rows) ? 'pass' : 'fail', count: 0, share: 0, reason };
}

/** The number that a query of the contract gave; what broke it may hold a value of the data, so only its kind is told. */
function judgeQuery({ limit, missing }: BoundCheck, { answer }: Count, table: Table): Judgement {
  if (!limit) throw new Error('a query without a limit');
  if (missing.length > 0) return unmeasured(`the ${nounOf(table)} has no column ${missing.map(quoteName).join(', ')}`);
  if (answer === undefined || 'fault' in answer) {
    return unmeasured(`the query cannot be used: ${answer?.fault ?? 'it was not asked'}`);
  }
  const reason = `the query gives ${answer.number}; the contract allows ${renderLimit(limit)}`;
  return { outcome: isWithin(limit, answer.number) ? 'pass' : 'fail', count: 0, share: 0, reason };
}

function judgePresence(check: BoundCheck, table: Table): Judgement {
  const [name = ''] = check.names;
  if (check.missing.length === 0)
    return { outcome: 'pass', count: 0, share: 0, reason: `the ${nounOf(table)} has this column` };
  const near = table.columns.find((column) => column.name.trim().toLowerCase() === name.trim().toLowerCase());
  const hint = near ? `; it has one named ${quoteName(near.name)}` : '';
  const { rows } = table;
  return {
    outcome: 'fail',
    count: rows,
    share: rows > 0 ? 1 : 0,
    reason: `the ${nounOf(table)} has no column ${quoteName(name)}${hint}`,
  };
}

function nounOf({ format }: Table): string {
  return format === 'postgres' ? 'table' : 'file';
}

function unmeasured(reason: string): Judgement {
  return { outcome: 'cannot-measure', count: 0, share: 0, reason };
}
