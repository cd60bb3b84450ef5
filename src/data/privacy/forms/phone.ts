import { listDigits } from './check-digits.ts';
import { createFinder, type Form } from './form.ts';

/** Calling codes of countries and networks that are assigned. Source: ITU-T, annex to E.164. */
const CALLING_CODES = new Set(
  `1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92
   93 94 95 98 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237 238 239 240 241 242
   243 244 245 246 247 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267 268 269 290 291 297 298 299
   350 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 376 377 378 380 381 382 383 385 386 387 389 420 421 423 500
   501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 597 598 599 670 672 673 674 675 676 677 678 679 680 681 682
   683 685 686 687 688 689 690 691 692 850 852 853 855 856 880 886 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975
   976 977 979 992 993 994 995 996 998`.split(/\s+/),
);

const PHONE: Pick<Form, 'name' | 'detector' | 'family'> = {
  name: 'phone numbers',
  detector: 'phone',
  family: 'digits',
};

/** Area code and exchange of North America begin with 2 to 9 and do not end in 11. Source: NANPA, numbering plan. */
function isNorthAmerican(digits: readonly number[]): boolean {
  const text = digits.join('');
  return /^[2-9]\d{2}[2-9]\d{6}$/.test(text) && !/^\d11/.test(text) && !/^\d{4}11/.test(text);
}

/** Digits with the calling code of a country in front, at most 15 of them (ITU-T E.164) and at least `least`. */
function isInternational(digits: readonly number[], least: number): boolean {
  const text = digits.join('');
  if (text.length < least || text.length > 15) return false;
  if (text.startsWith('1')) return isNorthAmerican(digits.slice(1));
  return [1, 2, 3].some((length) => CALLING_CODES.has(text.slice(0, length)));
}

const GROUP = String.raw`(?:[ ./()-]{1,3}\d+)`;

/** Phone numbers in the ways of writing that tell them from other numbers. Bare digits never do. */
export const PHONES: readonly Form[] = [
  {
    ...PHONE,
    // A number with a sign has no separators, and seldom ten digits.
    find: createFinder(String.raw`\+[1-9]\d*${GROUP}{0,6}`, (match) =>
      isInternational(listDigits(match.replace('(0)', '')), /^\+\d+$/.test(match) ? 10 : 9),
    ),
    // The share of two or three first digits that are assigned.
    chance: 0.8,
    alone: 'anywhere',
  },
  {
    ...PHONE,
    find: createFinder(String.raw`00[1-9]\d*${GROUP}{1,6}`, (match) =>
      isInternational(listDigits(match.replace('(0)', '')).slice(2), 9),
    ),
    chance: 0.8,
    alone: 'in-text',
  },
  {
    ...PHONE,
    find: createFinder(String.raw`\(\d{3}\) ?\d{3}[ .-]\d{4}`, (match) => isNorthAmerican(listDigits(match))),
    chance: 0.6,
    alone: 'anywhere',
  },
  {
    ...PHONE,
    find: createFinder(String.raw`(?:1([.-]))?\d{3}([.-])\d{3}\2\d{4}`, (match) =>
      isNorthAmerican(listDigits(match).slice(-10)),
    ),
    chance: 0.6,
    alone: 'in-text',
  },
  {
    ...PHONE,
    // France: five pairs, the first of which is 01 to 09.
    find: createFinder(String.raw`\d{2}([ .-])\d{2}(?:\1\d{2}){3}(?!\1\d)`, (match) => /^0[1-9]/.test(match)),
    chance: 0.1,
    alone: 'in-text',
  },
];
