import { type Check, type Condition, isScalar } from '../checks/checks.ts';
import { quoteName } from '../naming.ts';
import type { ContractReader, Path } from './reader.ts';
import type { Quality } from './schema/quality.ts';

/** The `engine` of custom rules that are read here. */
export const ENGINE = 'modelgate';

const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const;
const FIX =
  'Such as `implementation: { when: { column: state, is: shipped }, then: { column: shipped-at, present: true } }`.';

/**
 * Adds the check of a rule about whole rows: where all of `when` holds, all of `then` must hold. A part names a `column`
 * and says `present`, `is`, `in`, or a comparison with a value or with `{ column: … }`.
 */
export function readCondition(reader: ContractReader, path: Path, rule: Quality, level: Check['level']): void {
  const here: Path = [...path, 'implementation'];
  const given = rule.implementation;
  if (typeof given !== 'object') {
    reader.refuse(here, `a rule for ${ENGINE} that is no mapping`, FIX);
    return;
  }
  const strange = Object.keys(given).filter((key) => key !== 'when' && key !== 'then');
  for (const key of strange) reader.refuse([...here, key], `a row rule has no \`${key}\``, FIX);
  const when = readParts(reader, [...here, 'when'], given['when'] ?? []);
  const then = readParts(reader, [...here, 'then'], given['then'] ?? []);
  if (!when || !then) return;
  if (then.length === 0) {
    reader.refuse(here, 'a row rule that demands nothing', FIX);
    return;
  }
  const properties = [...new Set([...when, ...then].flatMap(listProperties))];
  reader.checks.push({ rule: 'row', properties, test: { kind: 'row', when, then }, level, place: reader.place(path) });
}

/** The columns that a condition speaks of. */
export function listProperties(condition: Condition): string[] {
  const other = condition.kind === 'compare' && 'property' in condition.with ? [condition.with.property] : [];
  return [condition.property, ...other];
}

function readParts(reader: ContractReader, path: Path, given: unknown): Condition[] | undefined {
  const parts = Array.isArray(given) ? given : [given];
  const found = parts.map((part) => readPart(part));
  const faults = found.filter((one) => typeof one === 'string');
  for (const fault of faults) reader.refuse(path, fault, FIX);
  return faults.length > 0 ? undefined : found.filter((one) => typeof one !== 'string');
}

function readPart(given: unknown): Condition | string {
  if (typeof given !== 'object' || given === null) return 'a part of a row rule that is no mapping';
  const { column: property, ...rest } = given as Record<string, unknown>;
  if (typeof property !== 'string') return 'a part of a row rule without a `column`';
  const [[key, value] = [], ...more] = Object.entries(rest);
  if (key === undefined || more.length > 0) return `the part about ${quoteName(property)} says not exactly one thing`;
  if (key === 'present' && typeof value === 'boolean') return { kind: value ? 'present' : 'absent', property };
  if (key === 'in' && Array.isArray(value) && value.length > 0 && value.every(isScalar)) {
    return { kind: 'in', property, values: value };
  }
  const comparison = key === 'is' ? '=' : COMPARISONS.find((one) => one === key);
  if (comparison === undefined) return `the part about ${quoteName(property)} has ${quoteName(key)}`;
  if (isScalar(value) && value !== null) return { kind: 'compare', property, comparison, with: { value } };
  const other = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['column'] : undefined;
  if (typeof other === 'string') return { kind: 'compare', property, comparison, with: { property: other } };
  return `the part about ${quoteName(property)} is compared with ${JSON.stringify(value)}`;
}
