import { CHECKED_TYPES, type CheckedType } from '../checks/checks.ts';
import { type InstantFormat, readFormat } from './instant-format.ts';
import { isZone } from './instants.ts';
import type { Property } from './schema/properties.ts';

/** How the text of a value is read. */
interface Reading {
  /** Undefined where a value cannot be held against the type, or against its format. */
  readonly type: CheckedType | undefined;
  readonly format?: InstantFormat;
  /** Where instants without an offset are meant. */
  readonly zone?: string;
}

/** How the values of a property are read, be it a column or a part of one. */
export function readReading(property: Property): Reading {
  const format = readFormat(property);
  const zone = property.logicalTypeOptions?.defaultTimezone;
  return {
    type: format === 'foreign' ? undefined : CHECKED_TYPES.find((known) => known === property.logicalType),
    ...(format === undefined || format === 'foreign' ? {} : { format }),
    ...(zone !== undefined && isZone(zone) ? { zone } : {}),
  };
}
