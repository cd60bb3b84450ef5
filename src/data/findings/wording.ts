import type { BoundCheck } from '../checks/binding.ts';
import type { CheckedType } from '../checks/checks.ts';
import { isMany } from '../checks/parts.ts';
import { quoteName } from '../naming.ts';
import type { Count } from '../scan/counting.ts';

const NOUNS: Readonly<Record<CheckedType, readonly [one: string, many: string]>> = {
  string: ['a text', 'texts'],
  integer: ['an integer', 'integers'],
  number: ['a finite number', 'finite numbers'],
  boolean: ['true or false', 'true or false'],
  date: ['a date such as 2026-01-31', 'dates such as 2026-01-31'],
  timestamp: ['a timestamp such as 2026-01-31T12:00:00Z', 'timestamps such as 2026-01-31T12:00:00Z'],
  time: ['a time such as 12:30:00', 'times such as 12:30:00'],
  array: ['a list', 'lists'],
  object: ['an object', 'objects'],
};

const COMPARISONS = { '>=': 'at least', '<=': 'at most', '>': 'above', '<': 'below' } as const;

/** What was counted, as a phrase: `3 of 344 values are not integers`, `all 344 values are integers`. */
export function describeCount(check: BoundCheck, count: Count, rows: number): string {
  const { broken, values } = count;
  const one = broken === 1;
  if (check.part && check.test.kind !== 'unique') return describePart(check, count);
  switch (check.test.kind) {
    case 'null':
      return broken === 0
        ? allOf(rows, 'row', 'has a value', 'have a value')
        : `${partOf(broken, rows, 'row')} no value`;
    case 'missing':
      if (broken === 0) return `no row of ${rows} misses a value`;
      return `${partOf(broken, rows, 'row')} no value, or one that stands for none`;
    case 'unique': {
      const what = check.columns.length > 1 ? 'the values' : 'the value';
      if (broken === 0) return `no row of ${rows} repeats ${what} of another`;
      return `${broken} of ${countOf(rows, 'row')} ${one ? 'repeats' : 'repeat'} ${what} of an earlier row`;
    }
    case 'row':
      if (broken === 0) return `no row of ${rows} breaks the rule`;
      return `${broken} of ${countOf(rows, 'row')} ${one ? 'breaks' : 'break'} the rule`;
    case 'reference': {
      const target = `${quoteName(check.test.table)} (${check.test.to.map(quoteName).join(', ')})`;
      if (broken === 0) return `no row of ${rows} names what is not in ${target}`;
      return `${broken} of ${countOf(rows, 'row')} ${one ? 'names' : 'name'} what is not in ${target}`;
    }
    case 'pattern': {
      const pattern = quoteName(check.test.pattern);
      if (broken === 0) return allOf(values, 'value', `matches ${pattern}`, `match ${pattern}`);
      return `${broken} of ${countOf(values, 'value')} ${one ? 'does' : 'do'} not match ${pattern}`;
    }
    default: {
      const [single, plural] = describePromise(check);
      if (broken === 0) return allOf(values, 'value', `is ${single}`, `are ${plural}`);
      return `${broken} of ${countOf(values, 'value')} ${one ? `is not ${single}` : `are not ${plural}`}`;
    }
  }
}

/** Of something in values: of the rows that have a place for it, and of lists those with an element that breaks the promise. */
function describePart(check: BoundCheck, { broken, values }: Count): string {
  const [one, none] = [broken === 1, broken === 0];
  const ofList = isMany(check.part);
  if (check.test.kind === 'null' || check.test.kind === 'missing') {
    const what = check.test.kind === 'null' ? 'no value' : 'no value, or one that stands for none,';
    if (none) return `no row of the ${values} that could have it has ${what} there`;
    return `${broken} of ${countOf(values, 'row')} that could have it ${one ? 'has' : 'have'} ${what} there`;
  }
  const [single, plural] =
    check.test.kind === 'pattern' ? twice(`a match of ${quoteName(check.test.pattern)}`) : describePromise(check);
  if (!ofList) {
    if (none) return allOf(values, 'value', `is ${single}`, `are ${plural}`);
    return `${broken} of ${countOf(values, 'value')} ${one ? `is not ${single}` : `are not ${plural}`}`;
  }
  if (none) return `no row of the ${values} with such values has one that is not ${single}`;
  return `${broken} of ${countOf(values, 'row')} with such values ${one ? 'has' : 'have'} one that is not ${single}`;
}

function describePromise({ test, types, columns }: BoundCheck): readonly [one: string, many: string] {
  switch (test.kind) {
    case 'type': {
      const stored = columns[0]?.valid === 'false' ? `: the file stores the column as ${types.join(', ')}` : '';
      const [one, many] = NOUNS[test.type];
      return [`${one}${stored}`, `${many}${stored}`];
    }
    case 'bound':
      return twice(`${COMPARISONS[test.comparison]} ${test.bound}`);
    case 'multiple':
      return [`a multiple of ${test.of}`, `multiples of ${test.of}`];
    case 'length':
      return twice(`${COMPARISONS[test.comparison]} ${countOf(test.characters, 'character')} long`);
    case 'text-format':
      return twice(`written as ${test.format}`);
    case 'offset':
      return twice(`written with${test.expected ? '' : 'out'} an offset from UTC`);
    case 'width':
      return twice(`in the range of ${test.form}${test.bits}`);
    case 'size': {
      const noun = test.of === 'items' ? 'element' : 'key';
      return twice(`of ${COMPARISONS[test.comparison]} ${countOf(test.count, noun)}`);
    }
    case 'distinct-items':
      return twice('without repetition');
    case 'has-keys':
      return twice(`with the ${test.keys.length === 1 ? 'key' : 'keys'} ${test.keys.map(quoteName).join(', ')}`);
    case 'allowed':
      return twice(test.values.length === 1 ? 'the one that is allowed' : `among the ${test.values.length} allowed`);
    default:
      throw new Error(`no promise about values: ${test.kind}`);
  }
}

function twice(text: string): readonly [string, string] {
  return [text, text];
}

/** `1 row`, `3 rows`. */
export function countOf(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function allOf(amount: number, noun: string, one: string, many: string): string {
  return amount === 1 ? `the one ${noun} ${one}` : `all ${amount} ${noun}s ${many}`;
}

function partOf(part: number, whole: number, noun: string): string {
  return `${part} of ${countOf(whole, noun)} ${part === 1 ? 'has' : 'have'}`;
}
