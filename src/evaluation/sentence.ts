/** A phrase as a sentence: a capital at its start, a full stop at its end. */
export function renderSentence(phrase: string): string {
  const start = phrase.charAt(0).toUpperCase() + phrase.slice(1);
  return /[.!?…]$/.test(start) ? start : `${start}.`;
}
