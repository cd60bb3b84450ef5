import type { Limit } from './checks.ts';

/** Whether a measured amount keeps a limit. Both in the limit’s unit. */
export function isWithin(limit: Limit, amount: number): boolean {
  const [low = Number.NaN, high = low] = limit.values;
  switch (limit.operator) {
    case 'mustBe':
      return amount === low;
    case 'mustNotBe':
      return amount !== low;
    case 'mustBeGreaterThan':
      return amount > low;
    case 'mustBeGreaterOrEqualTo':
      return amount >= low;
    case 'mustBeLessThan':
      return amount < low;
    case 'mustBeLessOrEqualTo':
      return amount <= low;
    case 'mustBeBetween':
      return amount >= low && amount <= high;
    case 'mustNotBeBetween':
      return amount < low || amount > high;
  }
}

/** Whether a limit allows nothing at all, as no limit does. */
export function allowsNone(limit: Limit | undefined): boolean {
  return limit === undefined || (limit.operator === 'mustBe' && limit.values[0] === 0);
}

/** Whether so many broken rows of all rows keep a limit; without one none may be broken. */
export function keepsLimit(limit: Limit | undefined, broken: number, rows: number): boolean {
  if (!limit) return broken === 0;
  return isWithin(limit, limit.unit === 'percent' ? (broken * 100) / rows : broken);
}

const WORDS: Readonly<Record<Limit['operator'], string>> = {
  mustBe: 'exactly',
  mustNotBe: 'anything but',
  mustBeGreaterThan: 'more than',
  mustBeGreaterOrEqualTo: 'at least',
  mustBeLessThan: 'less than',
  mustBeLessOrEqualTo: 'at most',
  mustBeBetween: 'between',
  mustNotBeBetween: 'anything but between',
};

/** `at most 2%`, `between 90 and 400`. */
export function renderLimit({ operator, values, unit }: Limit): string {
  const numbers = values.map((value) => `${value}${unit === 'percent' ? '%' : ''}`);
  return `${WORDS[operator]} ${numbers.join(' and ')}`;
}
