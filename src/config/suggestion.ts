import { closest, distance } from 'fastest-levenshtein';

/** Says which of the known words was probably meant, or lists them when none is near. */
export function suggest(word: string, known: readonly string[]): string {
  if (known.length === 0) return 'Nothing is allowed here.';
  const nearest = closest(word.toLowerCase(), known);
  const near =
    distance(word.toLowerCase(), nearest.toLowerCase()) <= Math.max(1, Math.min(3, Math.floor(nearest.length / 2)));
  const list = `Allowed: ${known.join(', ')}.`;
  return near ? `Did you mean \`${nearest}\`? ${list}` : list;
}
