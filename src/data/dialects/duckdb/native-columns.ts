import { quoteLiteral } from '../../../engine/sql.ts';
import type { CheckedType } from '../../checks/checks.ts';
import type { ColumnSql, Reading } from '../dialect.ts';
import { fitNative } from '../native-fit.ts';
import { finite, renderDouble } from './values.ts';

/** The checked type that values of a native type of parquet belong to; undefined for blobs and the like. */
export function findNativeType(native: string): CheckedType | undefined {
  if (native.endsWith(']')) return 'array';
  if (/^(STRUCT|MAP)\(/.test(native)) return 'object';
  if (/^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(native)) return 'integer';
  if (/^(FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(native)) return 'number';
  if (/^TIMESTAMP( WITH TIME ZONE|_S|_MS|_NS)?$/.test(native)) return 'timestamp';
  const others: Readonly<Record<string, CheckedType>> = {
    VARCHAR: 'string',
    UUID: 'string',
    BOOLEAN: 'boolean',
    DATE: 'date',
    TIME: 'time',
    TIME_NS: 'time',
  };
  return others[native];
}

/** A column of a Parquet file, whose values have a type of their own. */
export function describeNative(name: string, native: string, { type, zone }: Reading): ColumnSql {
  const stored = findNativeType(native);
  return fitNative(describeStored(name, native, stored, zone), stored, type, finite(`cast(${name} as double)`));
}

function describeStored(
  name: string,
  native: string,
  stored: CheckedType | undefined,
  zone: string | undefined,
): ColumnSql {
  const text = renderNative(name, native);
  const plain = { present: `${name} is not null`, text, ordinal: name, valid: 'true', key: text };
  if (stored === 'integer') return { ...plain, ordinal: `cast(${name} as hugeint)` };
  if (stored === 'timestamp') {
    const naive = native !== 'TIMESTAMP WITH TIME ZONE' && zone !== undefined;
    const ordinal = `epoch_us(${naive ? `timezone(${quoteLiteral(zone)}, cast(${name} as timestamp))` : name})`;
    return { ...plain, ordinal, key: `cast(${ordinal} as varchar)` };
  }
  if (stored === 'time') return { ...plain, ordinal: `epoch_us(cast(${name} as time))` };
  if (stored !== 'number') return plain;
  const ordinal = finite(`cast(${name} as double)`);
  const key = `coalesce(${renderDouble(native === 'FLOAT' ? finite(name) : ordinal)}, ${text})`;
  return { ...plain, ordinal, valid: `${ordinal} is not null`, key, single: native === 'FLOAT' };
}

/** A native value as text: instants in UTC, and whole numbers as integers write them. */
function renderNative(name: string, native: string): string {
  const text = `cast(${name} as varchar)`;
  const type = findNativeType(native);
  if (type === 'array' || type === 'object') return `cast(to_json(${name}) as varchar)`;
  if (native === 'TIMESTAMP WITH TIME ZONE') return `cast(make_timestamp(epoch_us(${name})) as varchar) || '+00'`;
  return native === 'FLOAT' || native === 'DOUBLE' ? `coalesce(${renderDouble(finite(name))}, ${text})` : text;
}
