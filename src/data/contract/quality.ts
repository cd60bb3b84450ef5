import { isScalar, type Scalar, type Test } from '../checks/checks.ts';
import { quoteName } from '../naming.ts';
import { ENGINE, readCondition } from './conditions.ts';
import { readLimit } from './quality-limit.ts';
import type { ContractReader, Path } from './reader.ts';
import type { Quality } from './schema/quality.ts';

interface Found {
  readonly test: Test;
  readonly properties: readonly string[];
}

/** Adds the checks of a list of quality rules. `property` is undefined for those of the table as a whole. */
export function readQuality(
  reader: ContractReader,
  path: Path,
  rules: readonly Quality[] | undefined,
  property: string | undefined,
): void {
  for (const [index, rule] of (rules ?? []).entries()) {
    readRule(reader, [...path, 'quality', index], rule, property);
  }
}

function readRule(reader: ContractReader, path: Path, rule: Quality, property: string | undefined): void {
  const owner = property === undefined ? 'the table' : `column ${quoteName(property)}`;
  if (rule.type === 'custom' && rule.engine?.toLowerCase() === ENGINE) {
    readCondition(reader, path, rule, levelOf(rule));
    return;
  }
  if (rule.type !== 'sql' && rule.metric === undefined) {
    const kind = rule.type === 'custom' ? `custom, for ${quoteName(rule.engine ?? '')}` : (rule.type ?? 'text');
    reader.notChecked.push(`${owner}: a quality rule of type ${kind}`);
    return;
  }
  const isQuery = rule.metric === undefined;
  const found = isQuery ? createQuery(rule, property) : createTest(rule, property);
  const limit = readLimit(rule);
  const common = { rule: rule.metric ?? 'sql', level: levelOf(rule), place: reader.place(path) };
  if (typeof limit !== 'string') reader.checks.push({ ...common, ...found, limit });
  else reader.checks.push({ ...common, properties: found.properties, test: { kind: 'unmeasurable', reason: limit } });
}

/** A rule of severity info or warning is reported and decides nothing. */
function levelOf({ severity }: Quality): 'warn' | 'error' {
  return severity !== undefined && /^(info|warn)/i.test(severity) ? 'warn' : 'error';
}

function createQuery({ query = '' }: Quality, property: string | undefined): Found {
  return { test: { kind: 'query', sql: query }, properties: property === undefined ? [] : [property] };
}

function createTest(rule: Quality, property: string | undefined): Found {
  const { metric, arguments: given = {} } = rule;
  const properties = property === undefined ? [] : [property];
  const unmeasurable = (reason: string): Found => ({ test: { kind: 'unmeasurable', reason }, properties });
  const known = ARGUMENTS[metric ?? 'rowCount'];
  const strange = Object.keys(given).find((key) => !known.includes(key));
  if (strange !== undefined) {
    const fix = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`;
    return unmeasurable(`\`${metric}\` has no argument ${quoteName(strange)}: ${fix}`);
  }
  switch (metric) {
    case 'rowCount':
      if (property !== undefined) return unmeasurable('`rowCount` counts rows, and stands at a property');
      return { test: { kind: 'row-count' }, properties };
    case 'duplicateValues': {
      const names = given['properties'] === undefined ? properties : readTexts(given['properties']);
      if (names && names.length > 0) return { test: { kind: 'unique' }, properties: names };
      return unmeasurable('`duplicateValues` of a table names no properties in `arguments.properties`');
    }
    default:
      if (property === undefined) return unmeasurable(`\`${metric}\` counts values, and stands at the table`);
      return createValueTest(rule, given, properties);
  }
}

function createValueTest({ metric }: Quality, given: Record<string, unknown>, properties: readonly string[]): Found {
  const unmeasurable = (reason: string): Found => ({ test: { kind: 'unmeasurable', reason }, properties });
  if (metric === 'nullValues') return { test: { kind: 'null' }, properties };
  if (metric === 'missingValues') {
    const values = given['missingValues'] === undefined ? [null, ''] : readScalars(given['missingValues']);
    return values
      ? { test: { kind: 'missing', values }, properties }
      : unmeasurable('`missingValues` is no list of values');
  }
  const { validValues, pattern } = given;
  if ((validValues === undefined) === (pattern === undefined)) {
    const count = pattern === undefined ? 'neither validValues nor pattern' : 'both validValues and pattern';
    return unmeasurable(`\`invalidValues\` has ${count} in \`arguments\``);
  }
  if (typeof pattern === 'string') return { test: { kind: 'pattern', pattern }, properties };
  const values = readScalars(validValues);
  if (values) return { test: { kind: 'allowed', values }, properties };
  return unmeasurable(pattern === undefined ? '`validValues` is no list of values' : '`pattern` is no text');
}

const ARGUMENTS: Readonly<Record<NonNullable<Quality['metric']>, readonly string[]>> = {
  rowCount: [],
  nullValues: [],
  missingValues: ['missingValues'],
  invalidValues: ['validValues', 'pattern'],
  duplicateValues: ['properties'],
};

function readScalars(value: unknown): Scalar[] | undefined {
  return Array.isArray(value) && value.length > 0 && value.every(isScalar) ? value : undefined;
}

function readTexts(value: unknown): string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
}
