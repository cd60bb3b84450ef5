/** Text that is already markup of the wanted language and goes into a page as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template. Strings and numbers are escaped; nothing comes of `undefined` and `false`. */
export type Insertable = string | number | Markup | undefined | false | readonly Insertable[];

/** A template tag that escapes whatever is put into it, so that forgetting to escape takes an effort. */
type Tag = (strings: TemplateStringsArray, ...values: Insertable[]) => Markup;

/** Makes the tag for a language from the function that escapes text for it. */
export function createTag(escapeText: (text: string) => string): Tag {
  const insert = (value: Insertable): string => {
    if (value === undefined || value === false) return '';
    if (value instanceof Markup) return value.text;
    if (typeof value === 'string') return escapeText(value);
    return typeof value === 'number' ? escapeText(String(value)) : value.map(insert).join('');
  };
  return (strings, ...values) =>
    new Markup(strings.map((text, index) => (index === 0 ? text : insert(values[index - 1]) + text)).join(''));
}

/** Markup put together with a separator between. */
export function joinMarkup(parts: readonly Markup[], separator: string): Markup {
  return new Markup(parts.map(({ text }) => text).join(separator));
}
