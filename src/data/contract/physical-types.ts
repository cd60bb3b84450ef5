import { renderSteps } from '../checks/parts.ts';
import { quoteName } from '../naming.ts';
import type { ContractReader } from './reader.ts';
import type { Property, SchemaObject } from './schema/properties.ts';

/** How many names a line lists. */
const MAX_LISTED = 5;

/** Tells in one line that the types of a store, such as VARCHAR(20), are not checked: they are another's in every store. */
export function notePhysicalTypes(reader: ContractReader, { properties = [] }: SchemaObject): void {
  const names = properties.flatMap((property) => [...listTyped(property, property.name)]);
  if (names.length === 0) return;
  const more = names.length > MAX_LISTED ? ` and ${names.length - MAX_LISTED} more` : '';
  const listed = names.slice(0, MAX_LISTED).map(quoteName).join(', ');
  reader.notChecked.push(`physicalType of ${names.length === 1 ? 'column' : 'columns'} ${listed}${more}`);
}

/** The ways to a property and to its parts, of those that have such a type. */
function* listTyped({ physicalType, properties = [], items }: Property, way: string): Generator<string> {
  if (physicalType !== undefined) yield way;
  for (const part of properties) yield* listTyped(part, `${way}${renderSteps([{ name: part.name, keys: [] }])}`);
  if (items) yield* listTyped(items as Property, `${way}${renderSteps(['items'])}`);
}
