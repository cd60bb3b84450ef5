import type { Ajv2020, FuncKeywordDefinition } from 'ajv/dist/2020.js';

/**
 * `uniqueItems` of JSON Schema (Validation 2020-12, 6.4.3) in one walk through the list: the validator's own compares each
 * item with every other, which does not end for a list of a million objects.
 */
const UNIQUE_ITEMS: FuncKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  error: { message: 'must NOT have duplicate items' },
  compile: (isAsked: boolean) => (items: unknown[]) => !isAsked || areUnique(items),
};

export function compareItemsByText(ajv: Ajv2020): void {
  ajv.removeKeyword('uniqueItems').addKeyword(UNIQUE_ITEMS);
}

function areUnique(items: readonly unknown[]): boolean {
  return new Set(items.map((item) => JSON.stringify(item, sortNames))).size === items.length;
}

/** Objects are equal in whatever order their names stand. */
function sortNames(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
