/** The digits of a text, without all else. */
export function listDigits(text: string): number[] {
  return [...text].filter((character) => character >= '0' && character <= '9').map(Number);
}

/** The sum of the products of digits and weights; digits without a weight count nothing. */
export function sumWeighted(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * (digits[at] ?? 0), 0);
}

/** The formula of Luhn, ISO/IEC 7812-1 annex B: every second digit from the right doubled, the sum a multiple of 10. */
export function keepsLuhn(digits: readonly number[]): boolean {
  let sum = 0;
  for (const [at, digit] of digits.toReversed().entries()) {
    const counted = at % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return sum % 10 === 0;
}

/** The remainder of a number of any length by 97; letters count 10 to 35, as ISO/IEC 7064 says for IBAN. */
export function computeMod97(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

/** ISO/IEC 7064, MOD 11,10: the check digit is the last of the digits. */
export function keepsMod11And10(digits: readonly number[]): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (digit + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (product + (digits.at(-1) ?? -1)) % 10 === 1;
}

/** Whether all digits are the same: 000000000 keeps most checks, and stands for nobody. */
export function isUniform(digits: readonly number[]): boolean {
  return digits.every((digit) => digit === digits[0]);
}

/** Whether there is such a day. A year of two digits is taken for one of the 2000s, which has every 29 February it can have. */
export function isDay(year: number, month: number, day: number): boolean {
  const full = year < 100 ? 2000 + year : year;
  const date = new Date(Date.UTC(full, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
