import { quoteLiteral } from '../../../engine/sql.ts';
import type { Phrases } from '../phrases.ts';
import { renderBound, renderKey, renderNumber } from './values.ts';

export const PHRASES: Phrases = {
  matches: (text, pattern) => `regexp_matches(${text}, ${quoteLiteral(pattern)})`,
  matchesWhole: (text, pattern) => `regexp_full_match(${text}, ${quoteLiteral(pattern)})`,
  size: (of, json) => (of === 'items' ? `json_array_length(${json})` : `len(json_keys(${json}))`),
  isDistinct: (json) =>
    `json_array_length(${json}) = len(list_distinct(list_transform(json_extract(${json}, '$[*]'), lambda e: cast(e as varchar))))`,
  hasKeys: (json, keys) => `list_has_all(json_keys(${json}), [${keys.map(quoteLiteral).join(', ')}])`,
  quotient: (ordinal, of) => `(${ordinal} / ${renderNumber(of)})`,
  bound: renderBound,
  number: renderNumber,
  key: renderKey,
  // A function is asked once for each entry of a dictionary of a Parquet file, an operator for each row.
  isOneOf: (key, values) =>
    values.length <= FEW ? `list_contains([${values.join(', ')}], ${key})` : `${key} in (${values.join(', ')})`,
};

/** So many values are looked through faster than hashed. */
const FEW = 50;
