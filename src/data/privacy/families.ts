/** The kinds of pieces that SQL takes out of values, so that few texts have to be looked at closely. */
export type Family = 'address' | 'digits' | 'codes' | 'internet';

interface Pieces {
  /** RE2. Whether a value can hold one at all; cheap, because every value is asked. */
  readonly hint: string;
  /** RE2. The piece with what stands around it, from which a boundary of words can be told; at most 400 characters. */
  readonly fragment: string;
}

const CODES = [
  // IBAN.
  '[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,36}',
  // Italian codice fiscale.
  '(?i:[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z])',
  // Finnish henkilötunnus.
  '[0-9]{6}[-+A-FU-Y][0-9]{3}[0-9A-Y]',
].join('|');

const IPV4 = '[0-9]{1,3}(?:[.][0-9]{1,3}){3}';

export const FAMILIES: { readonly [F in Family]: Pieces } = {
  address: {
    hint: '[^\\s@]@[^\\s@]+[.]',
    fragment: '[^\\s,;<>"()]{0,80}@[^\\s,;<>"()]{1,255}',
  },
  // Seven digits or more with at most two separators between two of them. A word before is kept where it decides.
  digits: {
    hint: '[0-9](?:[ .()/-]{0,2}[0-9]){6}',
    fragment: '(?:(?i:ssn|social security)[^0-9]{0,20})?\\S{0,24}[0-9](?:[ .()/-]{0,2}[0-9]){6,24}\\S{0,24}',
  },
  codes: { hint: CODES, fragment: `\\S{0,4}(?:${CODES})\\S{0,4}` },
  // The word before tells a version from an address.
  internet: {
    hint: `${IPV4}|[0-9A-Fa-f]:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f]`,
    fragment: `(?:[A-Za-z]{1,12}[ :=]{1,2})?\\S{0,8}(?:${IPV4}|[0-9A-Fa-f]{1,4}:[0-9A-Fa-f:]{4,41})\\S{0,8}`,
  },
};
