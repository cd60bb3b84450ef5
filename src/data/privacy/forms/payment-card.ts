import { keepsLuhn, listDigits } from './check-digits.ts';
import { createFinder, createNumberFinder, type Form } from './form.ts';

interface Issuer {
  readonly from: number;
  readonly to: number;
  readonly lengths: readonly number[];
}

const range = (from: number, to: number, ...lengths: number[]): Issuer => ({ from, to, lengths });

/**
 * The ranges of the first digits and the lengths of numbers that networks issue (ISO/IEC 7812). Maestro’s ranges are left out:
 * with lengths from 12 to 19 they hold too many other numbers; so are Visa’s of 13 digits, which barcodes (EAN-13) have.
 */
const ISSUERS: readonly Issuer[] = [
  range(4, 4, 16, 19), // Visa
  range(51, 55, 16), // Mastercard
  range(2221, 2720, 16), // Mastercard
  range(34, 34, 15), // American Express
  range(37, 37, 15), // American Express
  range(6011, 6011, 16, 17, 18, 19), // Discover
  range(644, 659, 16, 17, 18, 19), // Discover
  range(3528, 3589, 16, 17, 18, 19), // JCB
  range(300, 305, 14, 16), // Diners Club
  range(3095, 3095, 14, 16), // Diners Club
  range(36, 36, 14), // Diners Club
  range(38, 39, 14, 16), // Diners Club
  range(62, 62, 16, 17, 18, 19), // UnionPay
  range(2200, 2204, 16, 17, 18, 19), // Mir
];

/** Whether digits are those of a payment card: of an issuer’s range and length, with Luhn’s check digit. */
export function isPaymentCard(digits: readonly number[]): boolean {
  const issued = ISSUERS.some(({ from, to, lengths }) => {
    const start = Number(digits.slice(0, String(from).length).join(''));
    return start >= from && start <= to && lengths.includes(digits.length);
  });
  // 4000 0000 0000 0000 and its like are stand-ins.
  return issued && keepsLuhn(digits) && digits.slice(1, -1).some((digit) => digit !== 0);
}

const CARD: Pick<Form, 'name' | 'detector' | 'family' | 'chance'> = {
  name: 'payment cards',
  detector: 'payment-card',
  family: 'digits',
  // Luhn’s check digit; the first digits may be a company’s own habit.
  chance: 0.1,
};

const confirm = (match: string) => isPaymentCard(listDigits(match));

/** Payment cards, in the groups in which they are embossed, and as bare digits. */
export const PAYMENT_CARDS: readonly Form[] = [
  {
    ...CARD,
    find: createFinder(
      String.raw`(?<!\d{4}[ -])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?|3\d{3}([ -])\d{6}\2\d{4,5})(?![ -]\d{4}(?!\d))`,
      confirm,
    ),
    alone: 'anywhere',
  },
  { ...CARD, find: createNumberFinder([14, 15, 16, 17, 18, 19], isPaymentCard), alone: 'in-text' },
];
