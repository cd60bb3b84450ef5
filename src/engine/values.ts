/**
 * Rows as plain objects. Integers are numbers where a number holds them exactly and bigint elsewhere; DOUBLE and
 * DECIMAL are numbers (NaN stays NaN); DATE and TIMESTAMP are Date; lists are arrays; structs are objects; maps are
 * arrays of `{ key, value }`. Cast to VARCHAR in SQL what must keep its exact text.
 */
export function convertRows(
  names: readonly string[],
  rows: readonly (readonly unknown[])[],
): Record<string, unknown>[] {
  // fromEntries, because an assignment to a column called `__proto__` would be lost.
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, convertValue(row[index])])));
}

function convertValue(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  }
  if (Array.isArray(value)) return value.map(convertValue);
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convertValue(item)]));
  }
  return value;
}
