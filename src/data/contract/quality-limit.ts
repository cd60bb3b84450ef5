import type { Limit } from '../checks/checks.ts';
import { quoteName } from '../naming.ts';
import { OPERATORS, type Quality } from './schema/quality.ts';

/** What a rule compares its number with; a text says why that cannot be compared. */
export function readLimit(rule: Quality): Limit | string {
  const operator = OPERATORS.find((one) => rule[one] !== undefined);
  if (operator === undefined) throw new Error('a rule that is compared with nothing was let through');
  const values = [rule[operator]].flat();
  const numbers = values.filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[];
  const [low = 0, high = low] = numbers;
  if (numbers.length !== values.length || numbers.length === 0 || low > high) {
    return `\`${operator}\` is ${JSON.stringify(rule[operator])}; it must be a number, and of two the smaller one first`;
  }
  const { unit = 'rows', metric } = rule;
  // The number of a query is in whatever unit its author had in mind.
  if (metric === undefined) return { operator, values: numbers, unit: 'rows' };
  if (unit === 'rows' || (unit === 'percent' && metric !== 'rowCount')) return { operator, values: numbers, unit };
  const allowed = metric === 'rowCount' ? 'a row count is in rows' : 'what is counted here is rows or percent';
  return `\`unit\` is ${quoteName(unit)}; ${allowed}`;
}
