import type { PromisedColumn } from '../checks/checks.ts';
import { quoteName } from '../naming.ts';
import { readOptions } from './options.ts';
import { readParts } from './parts.ts';
import { listPrimaryKey } from './primary-key.ts';
import { readQuality } from './quality.ts';
import type { ContractReader, Path } from './reader.ts';
import { readReading } from './reading.ts';
import type { Property, SchemaObject } from './schema/properties.ts';
import { isSensitive } from './sensitivity.ts';

/** Reads what a contract promises of one column, and adds its checks. */
export function readProperty(
  reader: ContractReader,
  path: Path,
  property: Property,
  table: SchemaObject,
): PromisedColumn {
  const { name, physicalName, logicalType } = property;
  const sensitive = isSensitive(property);
  const properties = [name];
  const reading = readReading(property);
  const { type } = reading;
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
  readParts(reader, path, property, { column: name, steps: [], sensitive });
  return {
    property: name,
    names: [...new Set([physicalName ?? name, name])],
    ...reading,
    sensitive,
    ...(property.partitioned ? { partitioned: true } : {}),
  };
}

function noteType(reader: ContractReader, { name, logicalType, logicalTypeOptions }: Property): void {
  const format = logicalTypeOptions?.format;
  const why = format === undefined ? '' : ` in the format ${quoteName(format)}`;
  reader.notChecked.push(`column ${quoteName(name)}: logicalType ${logicalType}${why}`);
}
