import { TELLING_NAMES, TURNING_WORDS } from './column-words.ts';

/** The words of a name: `customerEmail_1`, `customer-email 1` and `CUSTOMER_EMAIL_1` come to customer, email, 1. */
function splitName(name: string): string[] {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ø', 'o')
    .replaceAll('Ø', 'O')
    .replaceAll('ł', 'l');
  const apart = plain
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replaceAll(/(\p{L})(\p{N})/gu, '$1 $2');
  return apart
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/**
 * Whether a name of a column says that its values are of persons. What it ends with decides, digits aside: `customer_email_2`
 * does, `email_sent` does not, and neither does `filename`, for only whole words count.
 */
export function isTellingName(name: string): boolean {
  const words = splitName(name);
  while (/^\d+$/.test(words.at(-1) ?? '')) words.pop();
  for (let from = 0; from < words.length; from += 1) {
    if (!TELLING_NAMES.has(words.slice(from).join(''))) continue;
    return !words.slice(0, from).some((word) => TURNING_WORDS.has(word));
  }
  return false;
}
