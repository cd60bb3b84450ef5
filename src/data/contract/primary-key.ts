import type { ContractReader, Path } from './reader.ts';
import type { Property, SchemaObject } from './schema/properties.ts';

/** The members of the primary key, in its order. */
export function listPrimaryKey(table: SchemaObject): Property[] {
  const members = (table.properties ?? []).filter(({ primaryKey }) => primaryKey);
  return members.sort((a, b) => (a.primaryKeyPosition ?? -1) - (b.primaryKeyPosition ?? -1));
}

/** Adds the check of a key of several columns; one of a single column is that column’s own. */
export function readPrimaryKey(reader: ContractReader, path: Path, table: SchemaObject): void {
  const members = listPrimaryKey(table);
  const [first] = members;
  if (!first || members.length === 1) return;
  const place = reader.place([...path, 'properties', table.properties?.indexOf(first) ?? 0, 'primaryKey']);
  const properties = members.map(({ name }) => name);
  reader.checks.push({ rule: 'primaryKey', properties, test: { kind: 'unique' }, level: 'error', place });
}
