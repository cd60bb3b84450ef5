import { follow, type Schema } from './description.ts';

/**
 * Properties of a value that its schema does not have, as sentences: GitHub's schemas are open, and a misspelt name would
 * pass. An object without declared properties may hold anything.
 */
export function listUndeclared(schema: Schema, value: unknown, at: string): string[] {
  if (Array.isArray(value)) {
    const items = listVariants(schema).flatMap((variant) => (variant.items === undefined ? [] : [variant.items]));
    if (items.length === 0) return [];
    return value.flatMap((item, index) => listUndeclared({ anyOf: items }, item, `${at}[${index}]`));
  }
  if (typeof value !== 'object' || value === null) return [];
  const variants = listVariants(schema).filter((variant) => variant.items === undefined);
  const open = variants.some(
    ({ properties, additionalProperties, type }) =>
      (properties === undefined && (type === 'object' || type === undefined)) || additionalProperties,
  );
  return Object.entries(value).flatMap(([key, part]) => {
    const declared = variants.flatMap((variant) => {
      const found = variant.properties;
      return found !== undefined && Object.hasOwn(found, key) ? [found[key] as Schema] : [];
    });
    if (declared.length > 0) return listUndeclared({ anyOf: declared }, part, `${at}.${key}`);
    return open ? [] : [`${at} has the property ${key}, which GitHub does not have there`];
  });
}

/** The plain schemas that a schema is made of, whatever joins them. */
export function listVariants(schema: Schema): Schema[] {
  const { oneOf, anyOf, allOf, ...plain } = follow(schema);
  const joined = [...(oneOf ?? []), ...(anyOf ?? []), ...(allOf ?? [])];
  if (joined.length === 0) return [plain];
  const inner = joined.flatMap(listVariants);
  return plain.properties === undefined ? inner : [plain, ...inner];
}
