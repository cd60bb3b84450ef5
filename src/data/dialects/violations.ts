import type { CheckedType, Scalar, Test } from '../checks/checks.ts';
import { OFFSET_PATTERN } from '../contract/instants.ts';
import { renderAsWritten } from './as-written.ts';
import { renderBroken, renderWhen } from './conditions.ts';
import type { ColumnSql, FindColumn } from './dialect.ts';
import type { Phrases } from './phrases.ts';
import { TEXT_PATTERNS } from './text-formats.ts';

/**
 * The SQL condition that holds for the rows which break a test; undefined for tests of the table as a whole. A value that
 * cannot be compared, such as NaN or a text among numbers, breaks every range.
 */
export function renderViolation(
  test: Test,
  column: ColumnSql,
  type: CheckedType | undefined,
  find: FindColumn,
  phrases: Phrases,
): string | undefined {
  const unless = (kept: string) => `${column.present} and (${kept}) is not true`;
  const ofValid = (kept: string) => `case when ${column.valid} then ${kept} end`;
  switch (test.kind) {
    case 'type':
      return unless(column.valid);
    case 'null':
      return `not ${column.present}`;
    case 'missing':
      return renderMissing(test.values, column, type, phrases);
    case 'bound':
      return unless(
        `${column.ordinal} ${test.comparison} ${phrases.bound(type ?? 'number', test.bound, column.single)}`,
      );
    case 'multiple':
      return unless(renderMultiple(test.of, column, type, phrases));
    case 'length':
      return unless(`length(${column.text}) ${test.comparison} ${test.characters}`);
    case 'pattern':
      return unless(phrases.matches(column.text, test.pattern));
    case 'allowed':
      return unless(renderMembership(test.values, column, type, phrases));
    case 'text-format':
      return unless(phrases.matchesWhole(column.text, TEXT_PATTERNS[test.format]));
    case 'offset':
      return unless(`${phrases.matchesWhole(column.text, WITH_OFFSET)} = ${test.expected}`);
    case 'width':
      return unless(renderWidth(test.form, test.bits, column));
    case 'size':
      return unless(ofValid(`${phrases.size(test.of, column.text)} ${test.comparison} ${test.count}`));
    case 'distinct-items':
      return unless(ofValid(phrases.isDistinct(column.text)));
    case 'has-keys':
      return unless(ofValid(phrases.hasKeys(column.text, test.keys)));
    case 'row':
      return `${renderWhen(test.when, find, phrases)} and ${renderBroken(test.then, find, phrases)}`;
    default:
      return undefined;
  }
}

/** Any text that ends with a time and an offset: the end of a date looks like one. */
const WITH_OFFSET = `(.|\\n)*:[0-9]{2}([.][0-9]+)?${OFFSET_PATTERN}`;

/** Of numbers that are not whole, the quotient may be off by a billionth of itself, which is what DOUBLE leaves of 0.1. */
function renderMultiple(of: number, column: ColumnSql, type: CheckedType | undefined, phrases: Phrases): string {
  const ordinal = renderAsWritten(column);
  if (type === 'integer') return `${ordinal} % ${phrases.number(of)} = 0`;
  const quotient = phrases.quotient(ordinal, of);
  return `abs(${quotient} - round(${quotient})) <= 1e-9 * greatest(1, abs(${quotient}))`;
}

/** The greatest finite number of binary32 (IEEE 754). */
const GREATEST_SINGLE = '3.4028234663852886e38';

function renderWidth(form: 'i' | 'u' | 'f', bits: number, { ordinal }: ColumnSql): string {
  if (form === 'f') return bits === 32 ? `abs(${ordinal}) <= ${GREATEST_SINGLE}` : `${ordinal} is not null`;
  // HUGEINT ends where i128 does, so that its own reading is the limit there; of u128 the upper half is not read.
  if (bits === 128) return form === 'u' ? `${ordinal} >= 0` : `${ordinal} is not null`;
  const [low, high] =
    form === 'u' ? [0n, 2n ** BigInt(bits) - 1n] : [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n];
  return `${ordinal} between ${low} and ${high}`;
}

function renderMissing(
  values: readonly Scalar[],
  column: ColumnSql,
  type: CheckedType | undefined,
  phrases: Phrases,
): string {
  const listed = `coalesce(${renderMembership(values, column, type, phrases)}, false)`;
  return values.includes(null) ? `(not ${column.present} or ${listed})` : listed;
}

/** Membership in a list of values. NULL belongs to no list: what may be missing is `required`’s to say. */
function renderMembership(
  values: readonly Scalar[],
  column: ColumnSql,
  type: CheckedType | undefined,
  phrases: Phrases,
): string {
  const keys = values.filter((value) => value !== null).map((value) => phrases.key(type, value));
  return keys.length === 0 ? 'false' : phrases.isOneOf(column.key, keys);
}
