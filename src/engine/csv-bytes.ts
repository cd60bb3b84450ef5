export const LINE_FEED = 0x0a;
export const RETURN = 0x0d;
export const SPACE = 0x20;
export const QUOTE = 0x22;

/** By byte: 1 where it is one of the given ones. */
export function createStops(...stops: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (stops.includes(byte) ? 1 : 0));
}

/** Where the first of some bytes stands, from an index on; behind all bytes where none does. */
export function skip(bytes: Uint8Array, from: number, stops: Uint8Array): number {
  let index = from;
  while (index < bytes.length && stops[bytes[index] as number] === 0) index += 1;
  return index;
}
