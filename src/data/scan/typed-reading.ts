import type { Form } from '../../engine/csv-forms.ts';
import type { Table } from '../../engine/table.ts';
import { findColumn } from '../checks/binding.ts';
import type { Check, CheckedType, Contract, PromisedColumn, Test } from '../checks/checks.ts';

/** The native type of a promised type whose values are written in one of some forms. */
const TYPES: Partial<Record<CheckedType, { readonly native: string; readonly forms: readonly Form[] }>> = {
  integer: { native: 'BIGINT', forms: ['integer'] },
  number: { native: 'DOUBLE', forms: ['integer', 'number'] },
  date: { native: 'DATE', forms: ['date'] },
  timestamp: { native: 'TIMESTAMP', forms: ['timestamp'] },
};

/** Tests that look at what a value is, and not at how it is written. */
const OF_VALUES: readonly Test['kind'][] = [
  'present',
  'row-count',
  'type',
  'null',
  'bound',
  'multiple',
  'width',
  'fresh',
];
/** Those that compare values as texts. Long whole numbers, which DOUBLE runs together, have others there. */
const OF_KEYS: readonly Test['kind'][] = [...OF_VALUES, 'missing', 'allowed', 'row', 'unique', 'reference'];

/**
 * A table of texts with columns of the types that are promised, where the way in which all values of a column are written
 * leaves open only whether each is one: `2024-02-30` is none. The engine reads these in half the time; a value that is none
 * fails its query, and then the texts must be looked at. Undefined where no column can be read so.
 */
export function readTyped(table: Table, promises: Contract): Table | undefined {
  const types = new Map<string, string>();
  for (const { name } of table.columns) {
    const promised = promises.columns.filter((column) => findColumn(table, column)?.name === name);
    const form = table.writings?.get(name)?.form;
    const [only] = promised;
    const type = form && only && promised.length === 1 ? findType(form, only, promises.checks) : undefined;
    if (type) types.set(name, type);
  }
  if (types.size === 0 || !table.readAs) return undefined;
  const columns = table.columns.map((column) => ({ ...column, type: types.get(column.name) ?? column.type }));
  return { ...table, columns, relation: table.readAs(types) };
}

function findType(form: Form, { property, type, format, zone }: PromisedColumn, checks: readonly Check[]) {
  const found = type === undefined || format !== undefined || zone !== undefined ? undefined : TYPES[type];
  if (!found?.forms.includes(form)) return undefined;
  const kinds = type === 'number' ? OF_VALUES : OF_KEYS;
  const own = checks.filter((check) => speaksOf(check, property));
  return own.every(({ test }) => kinds.includes(test.kind)) ? found.native : undefined;
}

function speaksOf({ properties, test }: Check, property: string): boolean {
  if (properties.includes(property)) return true;
  if (test.kind !== 'row') return false;
  return [...test.when, ...test.then].some(
    (condition) =>
      condition.property === property ||
      (condition.kind === 'compare' && 'property' in condition.with && condition.with.property === property),
  );
}
