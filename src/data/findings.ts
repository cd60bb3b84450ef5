import type { Table } from '../engine/table.ts';
import type { Finding } from '../evidence/schema/data.ts';
import type { BoundCheck } from './binding.ts';
import { isWithin, renderLimit } from './limits.ts';
import { quoteName } from './naming.ts';
import { type Count, MAX_SHOWN, type Offender } from './table-scan.ts';
import { countOf, describeCount } from './wording.ts';

type Judgement = Pick<Finding, 'outcome' | 'count' | 'share' | 'reason'>;

/** Whether a check came to rows that examples can be given of. */
export function wantsExamples(check: BoundCheck, judgement: Judgement): boolean {
  const countsRows = check.test.kind !== 'present' && check.test.kind !== 'row-count';
  return judgement.outcome === 'fail' && judgement.count > 0 && countsRows;
}

/** What a check comes to, given what was counted for it. */
export function judgeCheck(check: BoundCheck, count: Count, table: Table): Judgement {
  const { rows } = table;
  if (check.test.kind === 'row-count') return judgeRows(check, rows);
  if (check.test.kind === 'present') return judgePresence(check, table);
  if (check.missing.length > 0) {
    return unmeasured(`the file has no column ${check.missing.map(quoteName).join(', ')}`);
  }
  if (rows === 0) return unmeasured('the file has no rows');
  const speaksOfRows = check.test.kind === 'null' || check.test.kind === 'missing';
  if (count.values === 0 && !speaksOfRows) return unmeasured('the column has no values');
  const share = count.broken / rows;
  const described = describeCount(check, count, rows);
  if (!check.limit || isNone(check)) {
    return { outcome: count.broken === 0 ? 'pass' : 'fail', count: count.broken, share, reason: described };
  }
  const percent = check.limit.unit === 'percent';
  const kept = isWithin(check.limit, percent ? (count.broken * 100) / rows : count.broken);
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

function isNone({ limit }: BoundCheck): boolean {
  return limit?.operator === 'mustBe' && limit.values[0] === 0;
}

function judgeRows({ limit }: BoundCheck, rows: number): Judgement {
  if (!limit) throw new Error('a row count without a limit');
  const reason = `the file has ${countOf(rows, 'row')}; the contract allows ${renderLimit(limit)}`;
  return { outcome: isWithin(limit, rows) ? 'pass' : 'fail', count: 0, share: 0, reason };
}

function judgePresence(check: BoundCheck, table: Table): Judgement {
  const [name = ''] = check.names;
  if (check.missing.length === 0) return { outcome: 'pass', count: 0, share: 0, reason: 'the file has this column' };
  const near = table.columns.find((column) => column.name.trim().toLowerCase() === name.trim().toLowerCase());
  const hint = near ? `; it has one named ${quoteName(near.name)}` : '';
  const { rows } = table;
  return {
    outcome: 'fail',
    count: rows,
    share: rows > 0 ? 1 : 0,
    reason: `the file has no column ${quoteName(name)}${hint}`,
  };
}

function unmeasured(reason: string): Judgement {
  return { outcome: 'cannot-measure', count: 0, share: 0, reason };
}
