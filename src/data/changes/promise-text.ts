import type { Check, PromisedColumn, Scalar } from '../checks/checks.ts';
import { renderLimit } from '../checks/limits.ts';
import { countOf } from '../findings/wording.ts';
import { quoteName } from '../naming.ts';

/** How many values a text lists. */
const MAX_LISTED = 8;
const COMPARISONS = { '>=': 'at least', '<=': 'at most', '>': 'above', '<': 'below' } as const;

/** A promise in words, without the column that it is about: `at least 0`, `invalidValues: at most 2%`. */
export function renderPromise({ rule, test, limit, level, part }: Check): string {
  const demand = limit === undefined ? '' : `; ${renderLimit(limit)}`;
  const written = test.kind === 'type' && part?.format ? `, written as ${quoteName(part.format.written)}` : '';
  return `${renderTest(rule, test)}${written}${demand}${level === 'warn' ? '; it only warns' : ''}`;
}

/** A column in words: its type, and whether it may be empty or repeat. */
export function renderColumn(column: PromisedColumn, checks: readonly Check[]): string {
  const own = checks.filter(
    ({ properties, part }) => !part && properties.length === 1 && properties[0] === column.property,
  );
  const words = own.filter(({ test }) => test.kind !== 'present').map(renderPromise);
  return words.length === 0 ? 'a column' : `a column: ${words.slice(0, MAX_LISTED).join(', ')}`;
}

function renderTest(rule: string, test: Check['test']): string {
  switch (test.kind) {
    case 'present':
      return 'is there';
    case 'row-count':
      return 'rows';
    case 'type':
      return `of type ${test.type}`;
    case 'null':
      return rule === 'required' ? 'required' : 'rows without a value';
    case 'missing':
      return `rows without a value, or with ${renderValues(test.values)}`;
    case 'bound':
      return `${COMPARISONS[test.comparison]} ${test.bound}`;
    case 'multiple':
      return `a multiple of ${test.of}`;
    case 'length':
      return `${COMPARISONS[test.comparison]} ${countOf(test.characters, 'character')} long`;
    case 'pattern':
      return rule === 'pattern'
        ? `matches ${quoteName(test.pattern)}`
        : `values that do not match ${quoteName(test.pattern)}`;
    case 'allowed':
      return `values other than ${renderValues(test.values)}`;
    case 'text-format':
      return `written as ${test.format}`;
    case 'width':
      return `in the range of ${test.form}${test.bits}`;
    case 'size':
      return `${COMPARISONS[test.comparison]} ${countOf(test.count, test.of === 'items' ? 'element' : 'key')}`;
    case 'distinct-items':
      return 'a list without repetition';
    case 'has-keys':
      return `an object with ${test.keys.map(quoteName).join(', ')}`;
    case 'row':
      return 'a condition of the row';
    case 'reference':
      return `in ${quoteName(test.table)} (${test.to.map(quoteName).join(', ')})`;
    case 'fresh':
      return `no older than ${countOf(test.within / 1000, 'second')}`;
    case 'offset':
      return test.expected ? 'with an offset from UTC' : 'without an offset from UTC';
    case 'unmeasurable':
      return 'a rule that cannot be measured';
    case 'query':
      return 'the number of a query';
    case 'unique':
      if (rule === 'primaryKey') return 'the primary key';
      return rule === 'unique' ? 'unique' : 'rows that repeat another';
  }
}

function renderValues(values: readonly Scalar[]): string {
  const shown = values.slice(0, MAX_LISTED).map((value) => (value === null ? 'nothing' : quoteName(String(value))));
  const more = values.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
