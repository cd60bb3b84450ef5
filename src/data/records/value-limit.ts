/**
 * How many values a record may hold for all of its faults to be told. A line of 16 MiB can hold millions, each wrong in
 * many ways, and every fault takes some hundred bytes.
 */
export const MAX_VALUES = 10_000;

/** Whether a record has more values in it than that, its lists and objects included, however deeply they lie. */
export function hasManyValues(record: unknown): boolean {
  const waiting = [record];
  let values = 0;
  while (waiting.length > 0) {
    const value = waiting.pop();
    values += 1;
    if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) waiting.push(inner);
    if (values + waiting.length > MAX_VALUES) return true;
  }
  return false;
}
