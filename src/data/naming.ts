/** A name as messages show it: in quotes, control characters escaped, at most 80 characters. */
export function quoteName(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}

/** The same, without quotes where nothing in the name could be misread. */
export function showName(name: string): string {
  return /^[\p{L}\p{N}_.-]{1,80}$/u.test(name) ? name : quoteName(name);
}
