import type { CheckedType, Comparison, Test } from './checks.ts';
import type { ContractReader, Path } from './contract-reader.ts';
import type { LogicalType, Options, Property } from './contract-schema.ts';
import { isDate, isTimestamp } from './instants.ts';
import { quoteName } from './naming.ts';

const BOUNDS: Readonly<Record<string, Comparison>> = {
  minimum: '>=',
  maximum: '<=',
  exclusiveMinimum: '>',
  exclusiveMaximum: '<',
};
const RANGE = Object.keys(BOUNDS);
const INSTANT = [...RANGE, 'format', 'timezone', 'defaultTimezone'];

/** Which options the standard gives to which type. */
const ALLOWED: Readonly<Record<LogicalType, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  integer: [...RANGE, 'multipleOf', 'format'],
  number: [...RANGE, 'multipleOf', 'format'],
  date: [...RANGE, 'format'],
  timestamp: INSTANT,
  time: INSTANT,
  boolean: [],
  array: ['minItems', 'maxItems', 'uniqueItems'],
  object: ['minProperties', 'maxProperties', 'required'],
};

/** The formats that a value is read in, by the letters of Java’s DateTimeFormatter, quotes left out. */
const FORMATS: Readonly<Partial<Record<LogicalType, RegExp>>> = {
  date: /^(yyyy|uuuu)-MM-dd$/,
  timestamp: /^(yyyy|uuuu)-MM-dd[ T]HH:mm:ss([.]S{1,9})?(Z|X{1,3}|x{1,3})?$/,
};

/** Whether the values are written in a way that is not read here, so that neither type nor range can be judged. */
export function isForeignFormat(property: Property): boolean {
  const format = property.logicalTypeOptions?.format?.replaceAll("'", '');
  const known = property.logicalType && FORMATS[property.logicalType];
  return format !== undefined && known !== undefined && !known.test(format);
}

/** Adds the checks that the options of a property’s type ask for. `type` is undefined where values are not read. */
export function readOptions(
  reader: ContractReader,
  path: Path,
  property: Property,
  type: CheckedType | undefined,
): void {
  const options = property.logicalTypeOptions;
  if (options === undefined) return;
  const here = [...path, 'logicalTypeOptions'];
  if (property.logicalType === undefined) {
    reader.refuse(here, 'options of a logical type, and no logicalType', 'Add the logicalType that they belong to.');
    return;
  }
  const allowed = ALLOWED[property.logicalType];
  for (const [option, value] of Object.entries(options)) {
    if (!allowed.includes(option)) {
      const fix = allowed.length > 0 ? `It has: ${allowed.join(', ')}.` : 'It has no options.';
      reader.refuse([...here, option], `the logical type ${property.logicalType} has no option \`${option}\``, fix);
      continue;
    }
    const test = type && createTest(reader, [...here, option], type, option, value);
    if (test) {
      const place = reader.place([...here, option]);
      reader.checks.push({ rule: option, properties: [property.name], test, level: 'error', place });
    } else if (!isPlain(option, property)) {
      reader.notChecked.push(`column ${quoteName(property.name)}: logicalTypeOptions.${option}`);
    }
  }
}

function createTest(
  reader: ContractReader,
  path: Path,
  type: CheckedType,
  option: string,
  value: Options[keyof Options],
): Test | undefined {
  const comparison = BOUNDS[option];
  if (comparison && (typeof value === 'number' || typeof value === 'string')) {
    const fault = findBoundFault(type, value);
    if (fault) reader.refuse(path, `\`${option}\` is ${JSON.stringify(value)}`, fault);
    return { kind: 'bound', comparison, bound: value };
  }
  if (option === 'minLength' && typeof value === 'number')
    return { kind: 'length', comparison: '>=', characters: value };
  if (option === 'maxLength' && typeof value === 'number')
    return { kind: 'length', comparison: '<=', characters: value };
  if (option === 'pattern' && typeof value === 'string') return { kind: 'pattern', pattern: value };
  if (option === 'multipleOf' && type === 'integer' && Number.isSafeInteger(value)) {
    return { kind: 'multiple', of: value as number };
  }
  return undefined;
}

function findBoundFault(type: CheckedType, bound: number | string): string | undefined {
  if (type === 'date') return isDate(bound) ? undefined : 'A date as text, such as "2026-01-31".';
  if (type === 'timestamp')
    return isTimestamp(bound) ? undefined : 'A timestamp as text, such as "2026-01-31T12:00:00Z".';
  if (typeof bound !== 'number') return 'A number.';
  if (!Number.isFinite(bound)) return 'A finite number.';
  const exact = !Number.isInteger(bound) || Number.isSafeInteger(bound) || type === 'number';
  return exact ? undefined : 'A whole number up to 9007199254740991; larger ones are not read exactly.';
}

/** Options that describe and promise nothing beyond the type as it is read anyway. */
function isPlain(option: string, property: Property): boolean {
  return option === 'format' && property.logicalType !== undefined && FORMATS[property.logicalType] !== undefined
    ? !isForeignFormat(property)
    : false;
}
