import { follow, type Schema } from './description.ts';
import { listVariants } from './undeclared.ts';

const NOTHING_YET = '2020-01-01T00:00:00Z';

/**
 * Adds what a schema requires and a value lacks: null where that may be, else the emptiest value of the type. A repository
 * has ninety required properties; who answers names only those that mean something in a test.
 */
export function fill(schema: Schema, value: unknown): unknown {
  const plain = follow(schema);
  if (value === undefined) return create(plain);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const items = listVariants(plain).find((variant) => variant.items !== undefined)?.items;
    return items === undefined ? value : value.map((item) => fill(items, item));
  }
  const result: Record<string, unknown> = { ...value };
  for (const part of listParts(plain, value as Record<string, unknown>)) {
    for (const [key, property] of Object.entries(part.properties ?? {})) {
      if (result[key] !== undefined || part.required?.includes(key)) result[key] = fill(property, result[key]);
    }
  }
  return result;
}

/** The schemas whose properties an object needs: all that `allOf` joins, and of alternatives the nearest one. */
function listParts(schema: Schema, value: Record<string, unknown>): Schema[] {
  const plain = follow(schema);
  const alternatives = plain.oneOf ?? plain.anyOf;
  const own = plain.properties === undefined ? [] : [plain];
  const all = (plain.allOf ?? []).flatMap((part) => listParts(part, value));
  if (alternatives === undefined) return [...own, ...all];
  const nearest = alternatives
    .map((alternative) => ({ alternative, fit: computeFit(alternative, value) }))
    .toSorted((a, b) => b.fit - a.fit)[0];
  return [...own, ...all, ...(nearest === undefined ? [] : listParts(nearest.alternative, value))];
}

/** How many of the value's properties a schema has, less those that it lacks. */
function computeFit(schema: Schema, value: Record<string, unknown>): number {
  const names = new Set(listVariants(schema).flatMap((variant) => Object.keys(variant.properties ?? {})));
  return Object.keys(value).reduce((sum, key) => sum + (names.has(key) ? 1 : -1), 0);
}

function create(schema: Schema): unknown {
  if (schema.nullable || (Array.isArray(schema.enum) && schema.enum.includes(null))) return null;
  if (schema.enum !== undefined) return schema.enum[0];
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) {
    const empty = alternatives.map((alternative) => create(follow(alternative)));
    return empty.includes(null) ? null : empty[0];
  }
  if (schema.allOf !== undefined) return Object.assign({}, ...schema.allOf.map((part) => create(follow(part))));
  if (schema.type === 'object' || schema.properties !== undefined) return fill(schema, {});
  if (schema.type === 'array') return [];
  if (schema.type === 'boolean') return false;
  if (schema.type === 'integer' || schema.type === 'number') return 0;
  if (schema.format === 'date-time') return NOTHING_YET;
  if (schema.format === 'uri') return 'https://unset.invalid/';
  return '';
}
