/** Digits that a number keeps: parallel sums of doubles differ in the fourteenth from run to run. */
const SIGNIFICANT_DIGITS = 12;

/**
 * Renders a value as canonical JSON: keys sorted by code unit, numbers rounded to 12 significant digits, two spaces of
 * indentation, a final newline. Throws on NaN and infinities: evidence says null and a reason.
 */
export function renderCanonical(value: unknown): string {
  return `${JSON.stringify(canonicalise(value), null, 2)}\n`;
}

/** A value as it is read again from its canonical text: with its numbers rounded and its keys sorted. */
export function readBack<T>(value: T): T {
  return JSON.parse(renderCanonical(value)) as T;
}

function canonicalise(value: unknown): unknown {
  if (typeof value === 'number') return roundNumber(value);
  if (Array.isArray(value)) return value.map(canonicalise);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries.map(([key, entry]) => [key, canonicalise(entry)]));
}

function roundNumber(value: number): number {
  if (!Number.isFinite(value)) throw new Error(`a document may not hold the number ${value}`);
  if (Number.isInteger(value)) return value === 0 ? 0 : value;
  return Number(value.toPrecision(SIGNIFICANT_DIGITS));
}
