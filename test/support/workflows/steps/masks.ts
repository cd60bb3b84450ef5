/** The values that a job's log must not show. */
export class Masks {
  readonly #values = new Set<string>();

  add(value: string): void {
    // GitHub masks every line of a value that has several.
    for (const line of value.split(/\r?\n/)) if (line.trim() !== '') this.#values.add(line);
  }

  /** The text with stars for every value, longest first. */
  apply(text: string): string {
    const values = [...this.#values].sort((left, right) => right.length - left.length);
    return values.reduce((masked, value) => masked.replaceAll(value, '***'), text);
  }

  hides(text: string): boolean {
    return this.apply(text) !== text;
  }
}
