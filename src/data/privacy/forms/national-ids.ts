import { isDay, isUniform, keepsLuhn, keepsMod11And10, listDigits, sumWeighted } from './check-digits.ts';
import { createFinder, createNumberFinder, type Form } from './form.ts';
import { LETTERED_IDS } from './lettered-ids.ts';

interface NumberRules {
  readonly name: string;
  /** Of the number without separators. */
  readonly lengths?: readonly number[];
  /** Of the number in its groups. */
  readonly pattern?: string;
  readonly keeps: (digits: readonly number[], match: string) => boolean;
  readonly chance: number;
  readonly alone?: Form['alone'];
}

const descend = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, at) => from - at);
const number = (digits: readonly number[], from: number, to: number) => Number(digits.slice(from, to).join(''));

/** A sum by 11 as a check digit; remainders above 9 come to 0 in some countries and to no number in others. */
function checkBy11(digits: readonly number[], weights: readonly number[], tenIs0: boolean): boolean {
  const remainder = 11 - (sumWeighted(digits, weights) % 11);
  const check = tenIs0 && remainder >= 10 ? 0 : remainder % 11;
  return check === digits[weights.length];
}

function isPolish(digits: readonly number[]): boolean {
  // The month says the century: 80 to 92 for 1800, 1 to 12 for 1900, then on by 20.
  const month = number(digits, 2, 4) % 20;
  return (
    isDay(number(digits, 0, 2), month, number(digits, 4, 6)) &&
    sumWeighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0
  );
}

function isGerman(digits: readonly number[]): boolean {
  const counts = new Map<number, number>();
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  return digits[0] !== 0 && repeated.length === 1 && (repeated[0] ?? 0) <= 3 && keepsMod11And10(digits);
}

function isBelgian(digits: readonly number[]): boolean {
  const [born, check] = [number(digits, 0, 9), number(digits, 9, 11)];
  const month = number(digits, 2, 4);
  const dated = month <= 12 && isDay(number(digits, 0, 2), month, number(digits, 4, 6));
  return dated && [born, 2_000_000_000 + born].some((base) => 97 - (base % 97) === check);
}

function isFrench(digits: readonly number[]): boolean {
  const month = number(digits, 3, 5);
  const born =
    [1, 2, 3, 4, 7, 8].includes(digits[0] ?? 0) && ((month >= 1 && month <= 12) || (month >= 20 && month <= 42));
  return born && 97 - (number(digits, 0, 13) % 97) === number(digits, 13, 15);
}

function isNorwegian(digits: readonly number[]): boolean {
  const day = number(digits, 0, 2) % 40;
  const first = checkBy11(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2], false);
  const second = checkBy11(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], false);
  return isDay(number(digits, 4, 6), number(digits, 2, 4), day) && first && second;
}

function isSwedish(digits: readonly number[]): boolean {
  const short = digits.slice(-10);
  // Numbers of coordination have 60 more days.
  return isDay(number(short, 0, 2), number(short, 2, 4), number(short, 4, 6) % 60) && keepsLuhn(short);
}

function isBrazilian(digits: readonly number[]): boolean {
  const first = checkBy11(digits, descend(10, 2), true);
  return first && checkBy11(digits, descend(11, 2), true);
}

function isChinese(digits: readonly number[], match: string): boolean {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const year = number(digits, 6, 10);
  const dated = year >= 1900 && year < 2100 && isDay(year, number(digits, 10, 12), number(digits, 12, 14));
  return dated && '10X98765432'[sumWeighted(digits, weights) % 11] === match.at(-1)?.toUpperCase();
}

/** The areas, groups and serial numbers that were ever issued. Source: SSA, POMS RM 10201. */
function isAmerican(digits: readonly number[]): boolean {
  const area = number(digits, 0, 3);
  return area !== 0 && area !== 666 && area < 900 && number(digits, 3, 5) !== 0 && number(digits, 5, 9) !== 0;
}

/**
 * Numbers of persons with check digits. `chance` is that of the check where the digits in front are a habit of whoever
 * numbers, except for what is told by its groups.
 */
const NUMBERS: readonly NumberRules[] = [
  {
    name: 'German tax identification numbers',
    lengths: [11],
    pattern: String.raw`[1-9]\d(?: \d{3}){3}`,
    keeps: isGerman,
    chance: 0.1,
  },
  {
    name: 'Dutch BSNs',
    lengths: [9],
    // The test of 11, with the last digit taken away.
    keeps: (digits) => sumWeighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    chance: 1 / 11,
  },
  {
    name: 'Portuguese NIFs',
    lengths: [9],
    pattern: String.raw`\d{3} \d{3} \d{3}`,
    keeps: (digits) => [1, 2, 3].includes(digits[0] ?? 0) && checkBy11(digits, descend(9, 2), true),
    chance: 0.2,
  },
  {
    name: 'Belgian national numbers',
    lengths: [11],
    pattern: String.raw`\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}`,
    keeps: isBelgian,
    chance: 1 / 97,
  },
  { name: 'Polish PESELs', lengths: [11], keeps: isPolish, chance: 0.1 },
  {
    name: 'Norwegian national numbers',
    lengths: [11],
    pattern: String.raw`\d{6} \d{5}`,
    keeps: isNorwegian,
    chance: 0.01,
  },
  {
    name: 'Swedish personal numbers',
    lengths: [10, 12],
    pattern: String.raw`(?:\d{2})?\d{6}[-+]\d{4}`,
    keeps: isSwedish,
    chance: 0.1,
  },
  { name: 'Brazilian CPFs', lengths: [11], keeps: isBrazilian, chance: 0.01 },
  {
    name: 'Brazilian CPFs',
    pattern: String.raw`\d{3}\.\d{3}\.\d{3}-\d{2}`,
    keeps: isBrazilian,
    chance: 0.01,
    alone: 'anywhere',
  },
  { name: 'French social security numbers', lengths: [15], keeps: isFrench, chance: 1 / 97 },
  {
    name: 'French social security numbers',
    pattern: String.raw`[1-478] \d{2} \d{2} \d{2} \d{3} \d{3} \d{2}`,
    keeps: isFrench,
    chance: 1 / 97,
    alone: 'anywhere',
  },
  {
    name: 'Chinese resident numbers',
    lengths: [18],
    pattern: String.raw`\d{17}[Xx]`,
    keeps: isChinese,
    chance: 1 / 11,
  },
  {
    name: 'NHS numbers',
    pattern: String.raw`\d{3}([ -])\d{3}\1\d{4}`,
    keeps: (digits) => checkBy11(digits, descend(10, 2), false),
    chance: 1 / 11,
  },
  {
    name: 'NHS numbers',
    // With the X of an ISBN-10, whose check is the same but for that: ten of eleven of those pass.
    lengths: [10],
    pattern: String.raw`\d{9}[Xx]`,
    keeps: (digits) => digits.length === 10 && checkBy11(digits, descend(10, 2), false),
    chance: 10 / 11,
  },
  {
    name: 'US social security numbers',
    // No check digit: of other numbers in these groups nine of ten would pass.
    pattern: String.raw`\d{3}-\d{2}-\d{4}`,
    keeps: isAmerican,
    chance: 0.9,
  },
];

/** `SSN: 123-45-6789`: the word makes it sure. */
const NAMED_SSN = /\b(?:ssn|social security)[^0-9]{0,20}(\d{3}-\d{2}-\d{4})(?![\d-])/giu;

function createIdFinder(
  lengths: readonly number[],
  pattern: string | undefined,
  keeps: NumberRules['keeps'],
): Form['find'] {
  const bare = createNumberFinder(lengths, keeps);
  if (pattern === undefined) return bare;
  const grouped = createFinder(String.raw`(?<!\d[ -])(?:${pattern})(?![ -]\d)`, (match) =>
    keeps(listDigits(match), match),
  );
  return (piece) => [...bare(piece), ...grouped(piece)];
}

/** Numbers and codes that states give to persons, as far as they can be told from others. */
export const NATIONAL_IDS: readonly Form[] = [
  ...NUMBERS.map(
    ({ name, lengths = [], pattern, keeps, chance, alone = 'nowhere' }): Form => ({
      name,
      detector: 'national-id',
      family: 'digits',
      find: createIdFinder(lengths, pattern, (digits, match) => !isUniform(digits) && keeps(digits, match)),
      chance,
      alone,
    }),
  ),
  {
    name: 'US social security numbers',
    detector: 'national-id',
    family: 'digits',
    find: ({ text }) =>
      [...text.matchAll(NAMED_SSN)].map(([, token = '']) => ({ token, confirmed: isAmerican(listDigits(token)) })),
    chance: 0,
    alone: 'anywhere',
  },
  ...LETTERED_IDS,
];
