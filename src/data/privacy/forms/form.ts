import type { PRIVACY_DETECTORS } from '../../../config/schema/data.ts';
import type { Family } from '../families.ts';
import { listDigits } from './check-digits.ts';

export type Detector = (typeof PRIVACY_DETECTORS)[number];

/** A text that looks like one of a form. */
export interface Shaped {
  /** The text as all ways of writing it come to, so that one that stands twice counts once. */
  readonly token: string;
  /** Whether it keeps the rules of the form: check digits, ranges, lengths. */
  readonly confirmed: boolean;
}

/** One way in which personal data is written. */
export interface Form {
  /** What a report calls it, in the plural. */
  readonly name: string;
  readonly detector: Detector;
  /** The pieces of values that it can stand in. */
  readonly family: Family;
  /** Finds what looks like it in a piece of a value. */
  readonly find: (piece: Piece) => Shaped[];
  /**
   * The probability that something else which looks like it is confirmed, such as 1/97 of a check by 97; 0 where nothing
   * else looks like it.
   */
  readonly chance: number;
  /** Where one confirmed text is enough to say that a column holds it. Elsewhere there must be more than chance gives. */
  readonly alone: 'anywhere' | 'in-text' | 'nowhere';
}

/** Not inside a longer word, number, path or address. */
export const LEFT = String.raw`(?<![\p{L}\p{N}_.+/#@-])(?<!\d,)`;
export const RIGHT = String.raw`(?![\p{L}\p{N}_/#@-])(?![.,:]\d)`;

/** A piece of a value, as the forms look at it. */
export interface Piece {
  readonly text: string;
  /** Its numbers of 7 to 19 digits without separators, between word boundaries. */
  readonly numbers: readonly string[];
  /** Whether it is one number, such as `123456` or `-0.25`, so that it is in no groups and has no letters. */
  readonly isPlain: boolean;
}

const NUMBER = new RegExp(`${LEFT}\\d{7,19}${RIGHT}`, 'gu');

/** Reads a piece once for all forms. */
export function createPiece(text: string): Piece {
  return { text, numbers: text.match(NUMBER) ?? [], isPlain: /^-?\d*\.?\d+$/.test(text) };
}

/** A finder of bare numbers of some lengths. */
export function createNumberFinder(
  lengths: readonly number[],
  confirm: (digits: readonly number[], match: string) => boolean,
): Form['find'] {
  return ({ numbers }) =>
    numbers
      .filter((number) => lengths.includes(number.length))
      .map((token) => ({ token, confirmed: confirm(listDigits(token), token) }));
}

/** A finder of what a pattern matches between word boundaries; `confirm` gets the match. */
export function createFinder(
  pattern: string,
  confirm: (match: string) => boolean,
  normalise: (match: string) => string = withoutSeparators,
): Form['find'] {
  const expression = new RegExp(`${LEFT}(?:${pattern})${RIGHT}`, 'gu');
  return ({ text, isPlain }) =>
    isPlain
      ? []
      : (text.match(expression) ?? []).map((match) => ({ token: normalise(match), confirmed: confirm(match) }));
}

/** `12 34-5.6` as `123456`. */
export function withoutSeparators(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '');
}
