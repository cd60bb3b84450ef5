import { suggest } from '../config/suggestion.ts';
import { parseYaml } from '../config/yaml-document.ts';
import { UserMistake } from '../errors.ts';
import { CHECKED_TYPES, type Contract, type PromisedColumn } from './checks.ts';
import { isForeignFormat, readOptions } from './contract-options.ts';
import { readQuality } from './contract-quality.ts';
import { type ContractReader, createReader, type Path } from './contract-reader.ts';
import { DataContract, type Property, type SchemaObject } from './contract-schema.ts';
import { quoteName } from './naming.ts';

interface ContractSource {
  /** The file in messages and places: relative to the repository. */
  readonly file: string;
  /** What the table may be called where a contract has several: the data set’s name, the stem of its file. */
  readonly tables: readonly string[];
}

/** Parses a data contract of the Open Data Contract Standard, version 3. Throws UserMistake with every problem in it. */
export function parseContract(text: string, source: ContractSource): Contract {
  const document = parseYaml<DataContract>(text, { file: source.file, schema: DataContract });
  const reader = createReader(document.locate);
  const index = findTable(reader, document.value.schema ?? [], source.tables);
  return readTable(reader, document.value, index);
}

/** All tables of a contract, each with what it promises. Throws UserMistake with every problem of one of them. */
export function parseTables(text: string, file: string): { readonly name: string; readonly promises: Contract }[] {
  const { value, locate } = parseYaml<DataContract>(text, { file, schema: DataContract });
  return (value.schema ?? []).map(({ name }, index) => ({
    name,
    promises: readTable(createReader(locate), value, index),
  }));
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
  refuseDoubles(reader, path, table);
  refuseUnknownNames(reader, path, table);
  refuseNul(reader);
  if (table.relationships !== undefined) reader.notChecked.push('the table: relationships');
  if (contract.slaProperties !== undefined) reader.notChecked.push('slaProperties');
  if (reader.problems.length > 0) throw new UserMistake(reader.problems);
  const keys = (table.properties ?? []).filter(({ unique, primaryKey }) => unique || primaryKey);
  return { columns, checks: reader.checks, notChecked: reader.notChecked, keys: keys.map(({ name }) => name) };
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

/** A classification that says that values are not for everybody. */
const SENSITIVE = /confidential|restricted|sensitive|secret|private|\bp(ii|hi)\b/i;

function readProperty(reader: ContractReader, path: Path, property: Property, table: SchemaObject): PromisedColumn {
  const { name, physicalName, logicalType, classification } = property;
  const properties = [name];
  const type = isForeignFormat(property) ? undefined : CHECKED_TYPES.find((known) => known === logicalType);
  const add = (rule: string, key: string | undefined, test: { kind: 'present' | 'null' | 'unique' }) =>
    reader.checks.push({ rule, properties, test, level: 'error', place: reader.place(key ? [...path, key] : path) });
  add('present', undefined, { kind: 'present' });
  if (type) {
    const place = reader.place([...path, 'logicalType']);
    reader.checks.push({ rule: 'logicalType', properties, test: { kind: 'type', type }, level: 'error', place });
  } else if (logicalType !== undefined) noteType(reader, property);
  readOptions(reader, path, property, type);
  if (property.required || property.primaryKey)
    add('required', property.required ? 'required' : 'primaryKey', { kind: 'null' });
  const alone = property.primaryKey && listPrimaryKey(table).length === 1;
  if (property.unique || alone) add('unique', property.unique ? 'unique' : 'primaryKey', { kind: 'unique' });
  readQuality(reader, path, property.quality, name);
  for (const key of ['relationships', 'properties', 'items'] as const) {
    if (property[key] !== undefined) reader.notChecked.push(`column ${quoteName(name)}: ${key}`);
  }
  return {
    property: name,
    names: [...new Set([physicalName ?? name, name])],
    type,
    sensitive: classification !== undefined && SENSITIVE.test(classification),
  };
}

function noteType(reader: ContractReader, { name, logicalType, logicalTypeOptions }: Property): void {
  const format = logicalTypeOptions?.format;
  const why = format === undefined ? '' : ` in the format ${quoteName(format)}`;
  reader.notChecked.push(`column ${quoteName(name)}: logicalType ${logicalType}${why}`);
}

function listPrimaryKey(table: SchemaObject): Property[] {
  const members = (table.properties ?? []).filter(({ primaryKey }) => primaryKey);
  return members.sort((a, b) => (a.primaryKeyPosition ?? -1) - (b.primaryKeyPosition ?? -1));
}

function readPrimaryKey(reader: ContractReader, path: Path, table: SchemaObject): void {
  const members = listPrimaryKey(table);
  const [first] = members;
  if (!first || members.length === 1) return;
  const place = reader.place([...path, 'properties', table.properties?.indexOf(first) ?? 0, 'primaryKey']);
  const properties = members.map(({ name }) => name);
  reader.checks.push({ rule: 'primaryKey', properties, test: { kind: 'unique' }, level: 'error', place });
}

function refuseDoubles(reader: ContractReader, path: Path, { properties = [] }: SchemaObject): void {
  for (const [index, { name }] of properties.entries()) {
    if (properties.findIndex((other) => other.name === name) === index) continue;
    reader.refuse([...path, 'properties', index, 'name'], `the property ${quoteName(name)} is there twice`);
  }
}

function refuseUnknownNames(reader: ContractReader, path: Path, table: SchemaObject): void {
  const known = (table.properties ?? []).map(({ name }) => name);
  const refuse = (place: Path, rules: SchemaObject['quality']) => {
    for (const [index, rule] of (rules ?? []).entries()) {
      for (const [position, name] of (rule.arguments?.properties ?? []).entries()) {
        if (known.includes(name)) continue;
        const here = [...place, 'quality', index, 'arguments', 'properties', position];
        reader.refuse(here, `there is no property ${quoteName(name)}`, suggest(name, known));
      }
    }
  };
  refuse(path, table.quality);
  for (const [index, { quality }] of (table.properties ?? []).entries())
    refuse([...path, 'properties', index], quality);
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
