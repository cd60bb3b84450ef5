import type { ColumnProfile, Profile } from '../../evidence/schema/profile.ts';
import { cleanText } from '../escaping.ts';
import { formatAmount, formatCount, formatShare } from '../numbers.ts';
import { renderColumns } from './columns.ts';

/** How the columns of a file are distributed, as a table for the terminal of `width` columns. */
export function renderProfile({ rows, columns, undescribed = 0 }: Profile, { width }: { width: number }): string {
  const head = `${formatAmount(rows, 'row')}, ${formatAmount(columns.length + undescribed, 'column')}`;
  const table = renderColumns(
    columns,
    [
      { title: 'Column', drop: 0, cell: ({ name }) => cleanText(name) },
      { title: 'Type', drop: 0, cell: ({ type, invalid }) => (invalid > 0 ? `${type}?` : type) },
      { title: 'Missing', right: true, drop: 1, cell: ({ nulls }) => describeMissing(nulls, rows) },
      { title: 'Different', right: true, drop: 2, cell: describeDistinct },
      { title: 'Values', drop: 3, cell: describeValues },
    ],
    width,
  );
  const more = undescribed > 0 ? [`${formatAmount(undescribed, 'more column')} not described.`] : [];
  const mixed = columns.some(({ invalid }) => invalid > 0) ? ['? not all values are of this type.'] : [];
  return [head, '', ...table, ...mixed, ...more].join('\n');
}

function describeMissing(nulls: number, rows: number): string {
  return nulls === 0 ? '–' : formatShare(nulls / rows);
}

function describeDistinct({ distinct, estimated }: ColumnProfile): string {
  return `${estimated ? '~' : ''}${formatCount(distinct)}`;
}

function describeValues({ type, withheld, numbers, categories, n }: ColumnProfile): string {
  if (withheld) return withheld === 'key' ? 'tells rows apart' : withheld;
  if (n === 0) return '';
  if (numbers) {
    const middle = findMiddle(numbers);
    const shown = [numbers.low, middle, numbers.upTo.at(-1) ?? numbers.low].map((value) => formatValue(type, value));
    return `${shown[0]} … ${shown[1]} … ${shown[2]}`;
  }
  const told = (categories?.values ?? []).slice(0, 3);
  return told.map(({ value, count }) => `${cleanText(value)} ${formatShare(count / n)}`).join(', ');
}

/** The end of the part that the middle value lies in. */
function findMiddle({ upTo, counts, low }: NonNullable<ColumnProfile['numbers']>): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let reached = 0;
  for (const [at, count] of counts.entries()) {
    reached += count;
    if (reached * 2 >= total) return upTo[at] ?? low;
  }
  return low;
}

function formatValue(type: ColumnProfile['type'], value: number): string {
  if (type === 'date') return describeInstant(value * 86_400_000).slice(0, 10);
  if (type === 'timestamp') return describeInstant(value / 1000).slice(0, 19);
  if (type === 'time') return describeInstant(value / 1000).slice(11, 19);
  return String(Number(value.toPrecision(6)));
}

function describeInstant(milliseconds: number): string {
  const instant = new Date(milliseconds);
  return Number.isNaN(instant.getTime()) ? String(milliseconds) : instant.toISOString();
}
