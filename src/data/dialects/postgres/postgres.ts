import { quoteIdentifier, quoteLiteral } from '../../../engine/sql.ts';
import type { Column, Table } from '../../../engine/table.ts';
import type { ColumnSql, Dialect, Reading } from '../dialect.ts';
import type { Phrases } from '../phrases.ts';
import { renderViolation } from '../violations.ts';
import { describeNative, findNativeType, isJson, isText } from './native-columns.ts';
import { translatePattern } from './patterns.ts';
import { describeText, matchesWhole } from './text-columns.ts';
import { renderBound, renderKey, renderNumber } from './values.ts';

/** Tables of PostgreSQL 12 and later. */
export const postgres: Dialect = {
  name: 'postgres',
  describeColumn,
  findNativeType,
  renderViolation: (test, column, type, find) => renderViolation(test, column, type, find, PHRASES),
};

/** Texts compare by their bytes, whatever the collation of a column takes for equal. */
function describeColumn(_table: Table, column: Column, reading: Reading): ColumnSql {
  const name = quoteIdentifier(column.name);
  if (isText(column.type)) {
    const text = `(cast(${name} as text) collate "C")`;
    return describeText({ text, json: undefined }, reading);
  }
  if (isJson(column.type)) {
    const json = `${column.type}_typeof(${name})`;
    // The text of a string, the JSON of any other value, and NULL of null.
    return describeText({ text: `((${name} #>> '{}') collate "C")`, json }, reading);
  }
  const own = describeNative(name, column.type, reading);
  return { ...own, text: `(${own.text} collate "C")`, key: `(${own.key} collate "C")` };
}

const PHRASES: Phrases = {
  matches: (text, pattern) => {
    const translated = translatePattern(pattern);
    // Checks of patterns that were not translated come to `cannot-measure` before their SQL is run.
    return 'reason' in translated ? 'null' : `${text} ~ ${quoteLiteral(translated.pattern)}`;
  },
  matchesWhole,
  size: (of, json) =>
    of === 'items'
      ? `jsonb_array_length(cast(${json} as jsonb))`
      : `(select count(*) from jsonb_object_keys(cast(${json} as jsonb)))`,
  isDistinct: (json) =>
    `(select count(*) = count(distinct cast(e as text)) from jsonb_array_elements(cast(${json} as jsonb)) as e)`,
  hasKeys: (json, keys) => `cast(${json} as jsonb) ?& array[${keys.map(quoteLiteral).join(', ')}]::text[]`,
  quotient: (ordinal, of) =>
    // Beyond these a quotient is whole, or as good as nothing, and could be more than a DOUBLE holds, which is an error.
    `(case when abs(${ordinal}) between 1e-290 and 1e290 then ${ordinal} / cast(${renderNumber(of)} as double precision) when ${ordinal} is not null then 0.0::double precision end)`,
  bound: renderBound,
  number: renderNumber,
  key: (type, value) => `(${renderKey(type, value)} collate "C")`,
  isOneOf: (key, values) => `${key} in (${values.join(', ')})`,
};
