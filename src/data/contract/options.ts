import { type CheckedType, type Comparison, TEXT_FORMATS, type Test } from '../checks/checks.ts';
import { quoteName } from '../naming.ts';
import { isDate, isTime, isTimestamp, isZone } from './instants.ts';
import type { ContractReader, Path } from './reader.ts';
import type { Options, Property } from './schema/properties.ts';

const BOUNDS: Readonly<Record<string, Comparison>> = {
  minimum: '>=',
  maximum: '<=',
  exclusiveMinimum: '>',
  exclusiveMaximum: '<',
};

/** Adds the checks that the options of a property’s type ask for. `type` is undefined where values are not read. */
export function readOptions(
  reader: ContractReader,
  path: Path,
  property: Property,
  type: CheckedType | undefined,
): void {
  const options = property.logicalTypeOptions ?? {};
  for (const [option, value] of Object.entries(options)) {
    const test = type && createTest(type, option, value, options);
    const place = reader.place([...path, 'logicalTypeOptions', option]);
    if (test === 'said') continue;
    if (test) reader.checks.push({ rule: option, properties: [property.name], test, level: 'error', place });
    else reader.notChecked.push(`column ${quoteName(property.name)}: logicalTypeOptions.${option}`);
  }
}

/** `said` where the option is part of how values are read; undefined where nothing checks it. */
function createTest(
  type: CheckedType,
  option: string,
  value: Options[keyof Options],
  options: Options,
): Test | 'said' | undefined {
  const comparison = BOUNDS[option];
  if (comparison && (typeof value === 'number' || typeof value === 'string')) {
    const fault = findBoundFault(type, value);
    if (fault)
      return { kind: 'unmeasurable', reason: `\`${option}\` is ${JSON.stringify(value)}; it must be ${fault}` };
    return { kind: 'bound', comparison, bound: value };
  }
  if (option === 'uniqueItems') return value === true ? { kind: 'distinct-items' } : 'said';
  if (option === 'timezone') return readTimezone(type, value === true, options);
  if (option === 'defaultTimezone') return readZone(String(value));
  if (typeof value === 'number') return createAmount(type, option, value);
  if (option === 'pattern' && typeof value === 'string') return { kind: 'pattern', pattern: value };
  if (option === 'required' && Array.isArray(value)) return { kind: 'has-keys', keys: value };
  return option === 'format' ? createFormat(type, String(value)) : undefined;
}

function createAmount(type: CheckedType, option: string, value: number): Test | undefined {
  switch (option) {
    case 'minLength':
      return { kind: 'length', comparison: '>=', characters: value };
    case 'maxLength':
      return { kind: 'length', comparison: '<=', characters: value };
    case 'minItems':
      return { kind: 'size', of: 'items', comparison: '>=', count: value };
    case 'maxItems':
      return { kind: 'size', of: 'items', comparison: '<=', count: value };
    case 'minProperties':
      return { kind: 'size', of: 'keys', comparison: '>=', count: value };
    case 'maxProperties':
      return { kind: 'size', of: 'keys', comparison: '<=', count: value };
    case 'multipleOf':
      if (type === 'integer' && !Number.isSafeInteger(value)) {
        return { kind: 'unmeasurable', reason: `\`multipleOf\` of integers is ${value}; it must be a whole number` };
      }
      return { kind: 'multiple', of: value };
    default:
      return undefined;
  }
}

function createFormat(type: CheckedType, format: string): Test | 'said' | undefined {
  if (type === 'date' || type === 'time' || type === 'timestamp') return 'said';
  const width = /^([iuf])(\d+)$/.exec(format);
  if (width && type !== 'string') {
    return { kind: 'width', form: width[1] as 'i' | 'u' | 'f', bits: Number(width[2]) };
  }
  const known = TEXT_FORMATS.find((one) => one === format.toLowerCase());
  return known && { kind: 'text-format', format: known };
}

/** What a default zone says needs no offset; a format says for itself whether there is one. */
function readTimezone(type: CheckedType, expected: boolean, options: Options): Test | 'said' | undefined {
  if (type !== 'timestamp') return expected ? undefined : 'said';
  return options.format === undefined && options.defaultTimezone === undefined ? { kind: 'offset', expected } : 'said';
}

function readZone(zone: string): Test | 'said' {
  if (isZone(zone)) return 'said';
  return { kind: 'unmeasurable', reason: `\`defaultTimezone\` is ${quoteName(zone)}; no such time zone is known` };
}

function findBoundFault(type: CheckedType, bound: number | string): string | undefined {
  if (type === 'date') return isDate(bound) ? undefined : 'a date, such as "2026-01-31"';
  if (type === 'time') return isTime(bound) ? undefined : 'a time, such as "12:30:00"';
  if (type === 'timestamp') return isTimestamp(bound) ? undefined : 'a timestamp, such as "2026-01-31T12:00:00Z"';
  if (typeof bound !== 'number' || !Number.isFinite(bound)) return 'a finite number';
  const exact = !Number.isInteger(bound) || Number.isSafeInteger(bound) || type === 'number';
  return exact ? undefined : 'a whole number up to 9007199254740991; larger ones are not read exactly';
}
