const NAMES: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };

/** A delimiter as messages call it: `comma`, or the character in quotes. */
export function nameDelimiter(delimiter: string): string {
  return NAMES[delimiter] ?? JSON.stringify(delimiter);
}

/**
 * Why values cannot be separated by this, as a phrase; undefined where they can: by one character of ASCII that belongs
 * to no word or number, and has no meaning of its own in CSV.
 */
export function findDelimiterFault(delimiter: string): string | undefined {
  if (delimiter.length !== 1) return 'it is not one character';
  if (delimiter === '"') return 'it is the quote that encloses values';
  if (delimiter === '\n' || delimiter === '\r') return 'it is a line break';
  if (delimiter === '\0') return 'it is the NUL character';
  if (/[A-Za-z]/.test(delimiter)) return 'it is a letter';
  if (/[0-9]/.test(delimiter)) return 'it is a digit';
  if (delimiter === ' ') return 'it is a space, which values have at their ends too';
  return delimiter.charCodeAt(0) > 0x7e ? 'it is not a character of ASCII' : undefined;
}

/** Why a text cannot stand for no value, as a phrase: it could not stand there without quotes. */
export function findNullFault(text: string, delimiter: string): string | undefined {
  if (text.includes(delimiter)) return 'it has the delimiter in it, so it cannot stand without quotes';
  if (/["\r\n]/.test(text)) return 'it has a quote or a line break in it, so it cannot stand without quotes';
  return text.includes('\0') ? 'it has a NUL character in it' : undefined;
}
