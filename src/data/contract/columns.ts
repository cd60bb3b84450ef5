import { CHECKED_TYPES, type PromisedColumn } from '../checks/checks.ts';
import { quoteName } from '../naming.ts';
import { type InstantFormat, parseInstantFormat } from './instant-format.ts';
import { isZone } from './instants.ts';
import { readOptions } from './options.ts';
import { listPrimaryKey } from './primary-key.ts';
import { readQuality } from './quality.ts';
import type { ContractReader, Path } from './reader.ts';
import type { Property, SchemaObject } from './schema/properties.ts';

/** A classification that says that values are not for everybody. */
const SENSITIVE = /confidential|restricted|sensitive|secret|private|\bp(ii|hi)\b/i;

/** Reads what a contract promises of one column, and adds its checks. */
export function readProperty(
  reader: ContractReader,
  path: Path,
  property: Property,
  table: SchemaObject,
): PromisedColumn {
  const { name, physicalName, logicalType, classification, logicalTypeOptions: options } = property;
  const properties = [name];
  const format = readFormat(property);
  const type = format === 'foreign' ? undefined : CHECKED_TYPES.find((known) => known === logicalType);
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
  for (const key of ['properties', 'items'] as const) {
    if (property[key] !== undefined) reader.notChecked.push(`column ${quoteName(name)}: ${key}`);
  }
  const zone = options?.defaultTimezone;
  return {
    property: name,
    names: [...new Set([physicalName ?? name, name])],
    type,
    ...(format === undefined || format === 'foreign' ? {} : { format }),
    ...(zone !== undefined && isZone(zone) ? { zone } : {}),
    sensitive: classification !== undefined && SENSITIVE.test(classification),
    ...(property.partitioned ? { partitioned: true } : {}),
  };
}

/** `foreign` where values are written in a way that is not read here, so that neither type nor range can be judged. */
function readFormat({ logicalType, logicalTypeOptions }: Property): InstantFormat | 'foreign' | undefined {
  const format = logicalTypeOptions?.format;
  if (format === undefined || (logicalType !== 'date' && logicalType !== 'time' && logicalType !== 'timestamp')) {
    return undefined;
  }
  return parseInstantFormat(logicalType, format) ?? 'foreign';
}

function noteType(reader: ContractReader, { name, logicalType, logicalTypeOptions }: Property): void {
  const format = logicalTypeOptions?.format;
  const why = format === undefined ? '' : ` in the format ${quoteName(format)}`;
  reader.notChecked.push(`column ${quoteName(name)}: logicalType ${logicalType}${why}`);
}
