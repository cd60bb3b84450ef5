/** A text of at most `most` UTF-16 code units, cut between graphemes and ended with `…` where it was longer. */
export function fitText(text: string, most: number): string {
  if (text.length <= most) return text;
  let kept = '';
  // Twice the room, so that no grapheme which fits is seen in part.
  for (const { segment } of new Intl.Segmenter('en').segment(text.slice(0, most * 2 + 2))) {
    if (kept.length + segment.length >= most) break;
    kept += segment;
  }
  return `${kept}…`;
}
