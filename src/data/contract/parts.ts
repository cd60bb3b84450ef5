import type { Check, Part, Step } from '../checks/checks.ts';
import { isMany, renderSteps } from '../checks/parts.ts';
import { quoteName } from '../naming.ts';
import { readOptions } from './options.ts';
import { readQuality } from './quality.ts';
import { type ContractReader, createReader, type Path } from './reader.ts';
import { readReading } from './reading.ts';
import type { Property } from './schema/properties.ts';
import { isSensitive } from './sensitivity.ts';

/** A column or a part of one, and where its parts hang. */
interface Owner {
  /** The property that is the column. */
  readonly column: string;
  readonly steps: readonly Step[];
  /** Its values, and so those of its parts, are shown nowhere. */
  readonly sensitive: boolean;
}

/** Adds the checks of what a contract promises of the keys of an object and the elements of a list, to any depth. */
export function readParts(reader: ContractReader, path: Path, property: Property, owner: Owner): void {
  const { properties = [], items } = property;
  refuseDoubles(reader, path, properties);
  refuseNulNames(reader, path, properties);
  for (const [index, part] of properties.entries()) {
    const { name, physicalName = name } = part;
    const step: Step = { name, keys: [...new Set([physicalName, name])] };
    readPart(reader, [...path, 'properties', index], part, { ...owner, steps: [...owner.steps, step] });
  }
  if (items) readPart(reader, [...path, 'items'], items as Property, { ...owner, steps: [...owner.steps, 'items'] });
}

function readPart(reader: ContractReader, path: Path, property: Property, above: Owner): void {
  const owner = { ...above, sensitive: above.sensitive || isSensitive(property) };
  const { column, steps, sensitive } = owner;
  const label = `${column}${renderSteps(steps)}`;
  const { logicalType, required, unique, primaryKey, relationships } = property;
  const reading = readReading(property);
  const { type } = reading;
  const part: Part = { steps, ...reading, sensitive };
  const own = createReader(reader.locate);
  const add = (rule: string, test: Check['test']) =>
    own.checks.push({ rule, properties: [label], test, level: 'error', place: reader.place([...path, rule]) });
  if (type) add('logicalType', { kind: 'type', type });
  else if (logicalType !== undefined) own.notChecked.push(`column ${quoteName(label)}: logicalType ${logicalType}`);
  readOptions(own, path, { ...property, name: label }, type);
  if (required) add('required', { kind: 'null' });
  if (unique) add('unique', { kind: 'unique' });
  readQuality(own, path, property.quality, label);
  if (primaryKey) own.notChecked.push(`column ${quoteName(label)}: primaryKey of a part of a column`);
  if (relationships?.length) own.notChecked.push(`column ${quoteName(label)}: relationships of a part of a column`);
  for (const check of own.checks) {
    const why = findReason(check, part);
    if (why === undefined) reader.checks.push({ ...check, properties: [column], part });
    else own.notChecked.push(`column ${quoteName(label)}: ${check.rule} ${why}`);
  }
  reader.notChecked.push(...own.notChecked);
  reader.problems.push(...own.problems);
  readParts(reader, path, property, owner);
}

/** Why a check means nothing for a part of a column; undefined where it does. */
function findReason({ test, properties }: Check, part: Part): string | undefined {
  if (test.kind === 'row' || test.kind === 'query') return 'of a part of a column';
  if (test.kind !== 'unique') return undefined;
  if (isMany(part)) return 'of the elements of lists';
  return properties.length > 1 ? 'of several parts together' : undefined;
}

/** Refuses names that properties at one place share. */
export function refuseDoubles(reader: ContractReader, path: Path, properties: readonly Property[]): void {
  for (const [index, { name }] of properties.entries()) {
    if (properties.findIndex((other) => other.name === name) === index) continue;
    reader.refuse([...path, 'properties', index, 'name'], `the property ${quoteName(name)} is there twice`);
  }
}

function refuseNulNames(reader: ContractReader, path: Path, properties: readonly Property[]): void {
  for (const [index, { name, physicalName }] of properties.entries()) {
    if (name.includes('\0') || physicalName?.includes('\0'))
      reader.refuse([...path, 'properties', index, 'name'], 'a NUL character in a name', 'No file can hold it.');
  }
}
