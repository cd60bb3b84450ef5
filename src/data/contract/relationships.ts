import { quoteName } from '../naming.ts';
import type { ContractReader, Path } from './reader.ts';
import type { SchemaObject } from './schema/properties.ts';
import type { Relationship } from './schema/relationships.ts';

/** Adds the checks of foreign keys, at the table and at its columns. */
export function readRelationships(reader: ContractReader, path: Path, table: SchemaObject): void {
  for (const [index, relationship] of (table.relationships ?? []).entries()) {
    const from = [relationship.from ?? []].flat().map((one) => readReference(one)?.[1]);
    read(reader, [...path, 'relationships', index], relationship, from, 'the table');
  }
  for (const [position, { name, relationships = [] }] of (table.properties ?? []).entries()) {
    for (const [index, relationship] of relationships.entries()) {
      const here = [...path, 'properties', position, 'relationships', index];
      read(reader, here, relationship, [name], `column ${quoteName(name)}`);
    }
  }
}

function read(
  reader: ContractReader,
  path: Path,
  { to }: Relationship,
  from: readonly (string | undefined)[],
  owner: string,
): void {
  const targets = [to].flat().map(readReference);
  const tables = new Set(targets.map((target) => target?.[0]));
  const [table] = tables;
  const properties = from.filter((name) => name !== undefined);
  const known = targets.filter((target) => target !== undefined);
  if (known.length !== targets.length || properties.length !== from.length) {
    reader.notChecked.push(`${owner}: a relationship that is not written as table.column`);
    return;
  }
  if (table === undefined || tables.size !== 1 || known.length !== properties.length) {
    const reason = 'a relationship must go from as many columns as to, of one table';
    reader.checks.push({
      rule: 'relationships',
      properties,
      test: { kind: 'unmeasurable', reason },
      level: 'error',
      place: reader.place(path),
    });
    return;
  }
  const test = { kind: 'reference', table, to: known.map(([, column]) => column) } as const;
  reader.checks.push({ rule: 'relationships', properties, test, level: 'error', place: reader.place(path) });
}

/** `table.column`, or `schema/table/properties/column` of this contract, as table and column. */
function readReference(text: string): [table: string, column: string] | undefined {
  const short = /^([^./#]+)\.([^./#]+)$/.exec(text);
  const long = /^\/?schema\/([^/]+)\/properties\/([^/]+)$/.exec(text);
  const [, table, column] = short ?? long ?? [];
  return table === undefined || column === undefined ? undefined : [table, column];
}
