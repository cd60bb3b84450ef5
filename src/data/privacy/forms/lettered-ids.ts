import { isDay, listDigits } from './check-digits.ts';
import { createFinder, type Form } from './form.ts';

/** The letter of a Spanish DNI or NIE; X, Y and Z of a NIE stand for 0, 1 and 2. Source: Real Decreto 1553/2005. */
function isSpanish(match: string): boolean {
  const plain = match.replaceAll(/[^0-9A-Z]/gi, '').toUpperCase();
  const number = Number(plain.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === plain.at(-1);
}

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** The month, the day and the last letter of a codice fiscale. Source: Decreto ministeriale 23 dicembre 1976. */
function isItalian(match: string): boolean {
  const code = match.toUpperCase();
  const day = Number(code.slice(9, 11));
  if (!'ABCDEHLMPRST'.includes(code[8] ?? '') || day % 40 < 1 || day % 40 > 31) return false;
  let sum = 0;
  for (const [at, character] of [...code.slice(0, 15)].entries()) {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    sum += at % 2 === 0 ? (ODD[value] ?? 0) : value;
  }
  return String.fromCharCode(65 + (sum % 26)) === code[15];
}

/** The date and the check character of a henkilötunnus. Source: Digital and Population Data Services Agency. */
function isFinnish(match: string): boolean {
  const digits = listDigits(match.slice(0, 10));
  const part = (from: number) => (digits[from] ?? 0) * 10 + (digits[from + 1] ?? 0);
  const check = '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(digits.join('')) % 31];
  return isDay(part(4), part(2), part(0)) && check === match.at(-1);
}

const common = { detector: 'national-id', alone: 'nowhere' } as const;

/** Those with letters in them. */
export const LETTERED_IDS: readonly Form[] = [
  {
    ...common,
    name: 'Spanish DNIs and NIEs',
    family: 'digits',
    find: createFinder(String.raw`(?:\d{8}|[XYZxyz]-?\d{7})-?[A-Za-z]`, isSpanish),
    chance: 1 / 20,
  },
  {
    ...common,
    name: 'Italian tax codes',
    family: 'codes',
    find: createFinder(String.raw`[A-Za-z]{6}\d{2}[A-Za-z]\d{2}[A-Za-z]\d{3}[A-Za-z]`, isItalian),
    chance: 1 / 26,
    // Nothing else has this row of letters and digits.
    alone: 'anywhere',
  },
  {
    ...common,
    name: 'Finnish personal identity codes',
    family: 'codes',
    find: createFinder(String.raw`\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]`, isFinnish),
    chance: 1 / 31,
  },
];
