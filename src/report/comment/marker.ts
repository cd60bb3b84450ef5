/**
 * The first line of a model's comment, by which it is found again. Text of a user's cannot hold it: `<` is escaped
 * everywhere else. What an identifier cannot hold is encoded, and so is `--`, so that it can neither end the comment nor be
 * another model's.
 */
export function renderMarker(model: string): string {
  const encode = (part: string): string => [...part].map((one) => `%${one.codePointAt(0)?.toString(16)};`).join('');
  const name = model.replace(/[^A-Za-z0-9_-]|--/gu, encode);
  return `${MARKER}${name} -->`;
}

/** What the marker of every model begins with. */
export const MARKER = '<!-- modelgate:comment model=';

/** The name in a marker; one that is no identifier stays encoded. */
export function readMarkedModel(marker: string): string {
  return marker.slice(MARKER.length).replace(/ -->$/, '');
}
