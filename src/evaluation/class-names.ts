/** Named one by one in a reason about a class that is missing. */
const MAX_FOUND = 5;

/** Class names as a reason lists them, with how many more there are beyond `most`. */
export function renderClassNames(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map((name) => `\`${name}\``);
  return [...shown, ...(names.length > most ? [`and ${names.length - most} more`] : [])].join(', ');
}

/** The rest of a sentence about a class that no row has: which classes there are. Empty for a class that is known. */
export function renderKnownClasses(wanted: string, classes: readonly string[]): string {
  return classes.includes(wanted) ? '' : `; the classes found are ${renderClassNames(classes, MAX_FOUND)}`;
}
