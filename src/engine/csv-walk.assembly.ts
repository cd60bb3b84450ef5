// AssemblyScript, for WebAssembly with vectors of 16 bytes: `npm run build` compiles it into `csv-walk.generated.ts`.
// `csv-walk.ts` says what it does and gives it its memory.

const QUOTE: u8 = 0x22;
const LINE_FEED: u8 = 0x0a;
const RETURN: u8 = 0x0d;

/** 16 bytes with all bits, then 16 without any: what lies `n` bytes before the second half keeps the first n bytes. */
const NO_MASK: usize = 16;
/** Where the answers stand: the column, the records, the bytes of the longest, and where the last begun one begins. */
const ANSWERS: usize = 32;
/**
 * 80 bytes a column: kinds and no-date of its values below 16 bytes, kinds and no-timestamp of the others, then a number
 * that is not 0 where a value has bytes of numbers only, and one where a value is empty.
 */
const COLUMNS: usize = 64;
const COLUMN: usize = 80;
const FIGURES: usize = 64;
const GAPS: usize = 68;

// The kinds of the bytes of `2024-01-31`, and of `2024-01-31 23:59` and `:59`; see `csv-forms.ts`.
const DATE: v128 = i8x16(1, 1, 1, 1, 2, 1, 1, 2, 1, 1, 0, 0, 0, 0, 0, 0);
const MINUTE: v128 = i8x16(1, 1, 1, 1, 2, 1, 1, 2, 1, 1, 64, 1, 1, 32, 1, 1);
const SECOND: v128 = i8x16(32, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

/** The kind of each byte: what its upper four bits may mean, as far as its lower four mean it too (Langdale and Lemire, 2019). */
@inline
function findKinds(bytes: v128): v128 {
  const upper = i8x16(0, 0, 0x4e, 0x21, 0x10, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  const lower = i8x16(0x41, 1, 1, 1, 1, 0x11, 1, 1, 1, 1, 0x20, 4, 0, 2, 8, 0);
  const byUpper = i8x16.swizzle(upper, v128.shr<u8>(bytes, 4));
  const known = v128.and(byUpper, i8x16.swizzle(lower, v128.and(bytes, i8x16.splat(0x0f))));
  return v128.or(known, v128.and(i8x16.eq(known, i8x16.splat(0)), i8x16.splat(-128)));
}

/** A bit for each byte that ends a value or is a quote. */
@inline
function findStops(bytes: v128, delimiter: v128): i32 {
  const ends = v128.or(i8x16.eq(bytes, delimiter), i8x16.eq(bytes, i8x16.splat(LINE_FEED)));
  const others = v128.or(i8x16.eq(bytes, i8x16.splat(QUOTE)), i8x16.eq(bytes, i8x16.splat(RETURN)));
  return i8x16.bitmask(v128.or(ends, others));
}

@inline
function keepFirst(bytes: v128, count: usize): v128 {
  return v128.and(bytes, v128.load(NO_MASK - count));
}

@inline
function add(at: usize, bits: v128): void {
  v128.store(at, v128.or(v128.load(at), bits));
}

/** Notes whether a value has no byte that numbers have not. */
@inline
function addFigures(column: usize, kinds: v128): void {
  store<i32>(column + FIGURES, load<i32>(column + FIGURES) | <i32>(i8x16.bitmask(kinds) == 0));
}

/** Adds a value of 16 bytes or more. */
function addLong(column: usize, start: usize, end: usize): void {
  const head = findKinds(v128.load(start));
  let kinds = head;
  let at = start + 16;
  for (; at + 16 <= end; at += 16) kinds = v128.or(kinds, findKinds(v128.load(at)));
  const rest = keepFirst(findKinds(v128.load(at)), end - at);
  const other = v128.or(v128.xor(head, MINUTE), v128.xor(rest, SECOND));
  const all = v128.or(kinds, rest);
  add(column + 32, all);
  addFigures(column, all);
  add(column + 48, end - start == 19 ? other : i8x16.splat(-1));
}

/**
 * Walks from a value's first byte on, in the column `first` of a record that began at `record`, up to a value that is not
 * whole before `to`, has a quote, or does not end as it should. `ending` is the first byte of a line's usual end. Stops
 * after `most` records, where that is not 0. Returns where the next value begins.
 */
export function walk(
  from: usize,
  to: usize,
  record: isize,
  first: i32,
  width: i32,
  delimiter: u8,
  ending: u8,
  most: i32,
): usize {
  const separator = i8x16.splat(delimiter);
  const last: usize = COLUMNS + (width - 1) * COLUMN;
  const gap: usize = ending == RETURN ? 2 : 1;
  let column: usize = COLUMNS + first * COLUMN;
  let records: i32 = 0;
  let longest: isize = 0;
  let start = from;
  while (start < to && column <= last) {
    const bytes = v128.load(start);
    const stops = findStops(bytes, separator);
    let end = start + (stops == 0 ? 16 : ctz(stops));
    if (stops == 0) {
      for (let later = 0; later == 0 && end < to; ) {
        later = findStops(v128.load(end), separator);
        end += later == 0 ? 16 : ctz(later);
      }
    }
    const byte = load<u8>(end);
    const isInner = byte == delimiter;
    if (end >= to || (isInner ? column == last : byte != ending || column != last)) break;
    if (!isInner && gap == 2 && (end + 1 >= to || load<u8>(end + 1) != LINE_FEED)) break;
    if (stops == 0) addLong(column, start, end);
    else if (end > start) {
      const kinds = keepFirst(findKinds(bytes), end - start);
      add(column, kinds);
      add(column + 16, v128.xor(kinds, DATE));
      addFigures(column, kinds);
    } else store<i32>(column + GAPS, 1);
    start = end + 1;
    column += COLUMN;
    if (isInner) continue;
    records += 1;
    const length = <isize>end - record;
    longest = length > longest ? length : longest;
    start = end + gap;
    record = start;
    column = COLUMNS;
    if (records == most) break;
  }
  store<i32>(ANSWERS, <i32>((column - COLUMNS) / COLUMN));
  store<i32>(ANSWERS + 4, records);
  store<isize>(ANSWERS + 8, longest);
  store<isize>(ANSWERS + 12, record);
  return start;
}
