import { data } from '@actions/expressions';

/** A value of a context as plain JSON. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain | undefined };

/** Turns plain JSON into what GitHub's evaluator works on. */
export function toData(value: Plain | undefined): data.ExpressionData {
  if (value === null || value === undefined) return new data.Null();
  if (typeof value === 'string') return new data.StringData(value);
  if (typeof value === 'number') return new data.NumberData(value);
  if (typeof value === 'boolean') return new data.BooleanData(value);
  if (isList(value)) return new data.Array(...value.map(toData));
  const dictionary = createDictionary();
  for (const [key, inner] of Object.entries(value)) if (inner !== undefined) dictionary.add(key, toData(inner));
  return dictionary;
}

/** The other way round. */
export function toPlain(value: data.ExpressionData): Plain {
  return JSON.parse(JSON.stringify(value, data.replacer) ?? 'null');
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}

// The package looks keys up in an object with Object's prototype, and so loses a key named `constructor`.
function createDictionary(): data.Dictionary {
  const dictionary = new data.Dictionary();
  Object.defineProperty(dictionary, 'indexMap', { value: Object.create(null) });
  return dictionary;
}
