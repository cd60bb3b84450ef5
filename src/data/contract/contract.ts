import { suggest } from '../../config/suggestion.ts';
import { parseYaml } from '../../config/yaml-document.ts';
import { UserMistake } from '../../errors.ts';
import type { Contract } from '../checks/checks.ts';
import { quoteName } from '../naming.ts';
import { readAgreements } from './agreements.ts';
import { readProperty } from './columns.ts';
import { refuseDoubles } from './parts.ts';
import { notePhysicalTypes } from './physical-types.ts';
import { readPrimaryKey } from './primary-key.ts';
import { readQuality } from './quality.ts';
import { type ContractReader, createReader, type Path } from './reader.ts';
import { readRelationships } from './relationships.ts';
import { DataContract } from './schema/data-contract.ts';
import type { SchemaObject } from './schema/properties.ts';
import { refuseStructure } from './structure.ts';

interface ContractSource {
  /** The file in messages and places: relative to the repository. */
  readonly file: string;
  /** What the table may be called where a contract has several: the data set’s name, the stem of its file. */
  readonly tables: readonly string[];
}

/** Parses a data contract of the Open Data Contract Standard, version 3. Throws UserMistake with every problem in it. */
export function parseContract(text: string, source: ContractSource): Contract {
  const { value, reader } = readWhole(text, source.file);
  const index = findTable(reader, value.schema ?? [], source.tables);
  return readTable(reader, value, index);
}

/** All tables of a contract, each with what it promises. Throws UserMistake with every problem of one of them. */
export function parseTables(text: string, file: string): { readonly name: string; readonly promises: Contract }[] {
  const { value, reader } = readWhole(text, file);
  return (value.schema ?? []).map(({ name }, index) => ({
    name,
    promises: readTable(createReader(reader.locate), value, index),
  }));
}

function readWhole(text: string, file: string): { readonly value: DataContract; readonly reader: ContractReader } {
  const { value, locate } = parseYaml<DataContract>(text, { file, schema: DataContract });
  const reader = createReader(locate);
  refuseStructure(reader, value);
  // What does not keep the standard cannot be read further.
  if (reader.problems.length > 0) throw new UserMistake(reader.problems);
  return { value, reader };
}

function readTable(reader: ContractReader, contract: DataContract, index: number): Contract {
  const table = contract.schema?.[index];
  if (!table) throw new UserMistake(reader.problems);
  const path: Path = ['schema', index];
  const columns = (table.properties ?? []).map((property, position) =>
    readProperty(reader, [...path, 'properties', position], property, table),
  );
  readPrimaryKey(reader, path, table);
  readQuality(reader, path, table.quality, undefined);
  readRelationships(reader, path, table);
  readAgreements(reader, contract, table);
  notePhysicalTypes(reader, table);
  refuseDoubles(reader, path, table.properties ?? []);
  refuseUnknownNames(reader, table);
  refuseNul(reader);
  if (reader.problems.length > 0) throw new UserMistake(reader.problems);
  const keys = (table.properties ?? []).filter(({ unique, primaryKey }) => unique || primaryKey);
  return {
    tables: [...new Set([table.name, table.physicalName ?? table.name])],
    otherTables: (contract.schema ?? []).filter((other) => other !== table).map(({ name }) => name),
    columns,
    checks: reader.checks,
    notChecked: reader.notChecked,
    keys: keys.map(({ name }) => name),
  };
}

function findTable(reader: ContractReader, tables: readonly SchemaObject[], names: readonly string[]): number {
  if (tables.length === 1) return 0;
  const index = tables.findIndex(
    ({ name, physicalName = name }) => names.includes(name) || names.includes(physicalName),
  );
  if (tables.length === 0) reader.refuse(['schema'], 'the contract describes no table', 'Add one under `schema`.');
  else if (index < 0) {
    const known = tables.map(({ name }) => quoteName(name)).join(', ');
    const fix = `Name one of them ${names.map(quoteName).join(' or ')}, or give this table a contract of its own.`;
    reader.refuse(['schema'], `none of the ${tables.length} tables (${known}) is this data set`, fix);
  }
  return index;
}

/** A check that speaks of a column which the contract does not have would check nothing. */
function refuseUnknownNames(reader: ContractReader, table: SchemaObject): void {
  const known = (table.properties ?? []).map(({ name }) => name);
  for (const { properties, place } of reader.checks) {
    for (const name of properties.filter((one) => !known.includes(one))) {
      const fix = suggest(name, known);
      reader.problems.push({ ...place, found: `there is no property ${quoteName(name)}`, ...(fix ? { fix } : {}) });
    }
  }
}

/** SQL cannot carry a NUL, so a contract may not have one where a value is compared with it. */
function refuseNul(reader: ContractReader): void {
  for (const { test, place } of reader.checks) {
    const texts = test.kind === 'pattern' ? [test.pattern] : 'values' in test ? test.values : [];
    if (texts.some((text) => typeof text === 'string' && text.includes('\0'))) {
      reader.problems.push({ ...place, found: 'a NUL character in a value or pattern', fix: 'No file can hold it.' });
    }
  }
}
