/** A regular expression that PostgreSQL reads as RE2 reads the one of a contract, or why there is none, as a phrase. */
export type Translated = { readonly pattern: string } | { readonly reason: string };

/** More repetitions than this PostgreSQL does not count (DUPMAX). */
const MOST = 255;

/** Classes by their members, in ASCII as RE2 has them; PostgreSQL’s own follow the locale. */
const CLASSES: Readonly<Record<string, string>> = { d: '0-9', w: '0-9A-Za-z_', s: ' \\t\\n\\f\\r' };

const CONTROLS: Readonly<Record<string, string>> = { t: '\\t', n: '\\n', r: '\\r', f: '\\f', v: '\\v' };

/**
 * Translates a pattern of a contract (RE2, searched anywhere in a text) for PostgreSQL’s advanced regular expressions. What
 * both read alike is: characters, `.`, `^` and `$` at the ends of a branch, groups without names or flags, `|`, the
 * quantifiers `*`, `+`, `?`, `{m}`, `{m,}`, `{m,n}` up to 255, also lazy; brackets of characters and ranges; and the escapes
 * of punctuation, `\d \w \s \D \W \S \b \B \A \z \t \n \r \f \v`. Everything else has a reason.
 */
export function translatePattern(pattern: string): Translated {
  const reader = new Reader(pattern);
  try {
    return { pattern: `(?:${reader.readAlternatives(0)})` };
  } catch (error) {
    if (error instanceof Foreign)
      return { reason: `PostgreSQL reads ${error.message} in a pattern otherwise than RE2` };
    throw error;
  }
}

class Foreign extends Error {}

/** Deeper nesting than this is taken for an attack. */
const DEEPEST = 100;

class Reader {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#characters = [...pattern];
  }

  /** As far as the end, or the parenthesis that closes this group. */
  readAlternatives(depth: number): string {
    if (depth > DEEPEST) throw new Foreign('so many groups in each other');
    const branches = [this.#readBranch(depth)];
    while (this.#take('|')) branches.push(this.#readBranch(depth));
    if (depth === 0 && this.#peek() !== undefined) throw new Foreign('a parenthesis that opens nothing');
    return branches.join('|');
  }

  #readBranch(depth: number): string {
    let text = '';
    for (let next = this.#peek(); next !== undefined && next !== '|' && next !== ')'; next = this.#peek()) {
      const { atom, isPlace } = this.#readAtom(depth);
      const quantifier = this.#readQuantifier();
      if (isPlace && quantifier !== '') throw new Foreign('a repeated anchor');
      text += atom + quantifier;
    }
    return text === '' ? '(?:)' : text;
  }

  #readAtom(depth: number): { readonly atom: string; readonly isPlace?: boolean } {
    const next = this.#next('an end');
    if (next === '(') return { atom: this.#readGroup(depth) };
    if (next === '[') return { atom: this.#readBracket() };
    if (next === '.') return { atom: '[^\\n]' };
    if (next === '^' || next === '$') return { atom: next === '^' ? '\\A' : '\\Z', isPlace: true };
    if (next === '\\') return this.#readEscape();
    if ('*+?{}'.includes(next)) throw new Foreign(`\`${next}\` without what it repeats`);
    return { atom: literal(next) };
  }

  #readGroup(depth: number): string {
    if (this.#take('?') && !this.#take(':')) throw new Foreign('a group with a name, flags or look-around');
    const inner = this.readAlternatives(depth + 1);
    if (!this.#take(')')) throw new Foreign('a group that is not closed');
    return `(?:${inner})`;
  }

  #readEscape(): { readonly atom: string; readonly isPlace?: boolean } {
    const next = this.#next('a backslash at the end');
    const places: Readonly<Record<string, string>> = { b: '\\y', B: '\\Y', A: '\\A', z: '\\Z' };
    if (places[next] !== undefined) return { atom: places[next], isPlace: true };
    const members = CLASSES[next.toLowerCase()];
    if (members !== undefined) return { atom: `[${next === next.toLowerCase() ? '' : '^'}${members}]` };
    if (CONTROLS[next] !== undefined) return { atom: CONTROLS[next] };
    if (/[!-/:-@[-`{-~]/.test(next)) return { atom: literal(next) };
    throw new Foreign(`\`\\${next}\``);
  }

  #readQuantifier(): string {
    const [sign] = ['*', '+', '?'].filter((one) => this.#take(one));
    const text = sign ?? this.#readCount();
    if (text === '') return '';
    // Lazy or not, what is found is found.
    this.#take('?');
    if ('*+?{'.includes(this.#peek() ?? ' ')) throw new Foreign('a repetition of a repetition');
    return text;
  }

  #readCount(): string {
    if (this.#peek() !== '{') return '';
    const rest = this.#characters.slice(this.#at, this.#at + 12).join('');
    const [found, low = '', comma = '', high = ''] = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(rest) ?? [];
    if (found === undefined || (comma === '' && high !== '')) throw new Foreign('`{`');
    if (Number(low) > MOST || Number(high) > MOST) throw new Foreign(`\`${found}\``);
    if (high !== '' && Number(high) < Number(low)) throw new Foreign(`\`${found}\``);
    this.#at += found.length;
    return found;
  }

  #readBracket(): string {
    const negated = this.#take('^');
    let members = '';
    let isFirst = true;
    for (let next = this.#next('a bracket that is not closed'); next !== ']' || isFirst; ) {
      if (next === ']') throw new Foreign('`]` as the first of a bracket');
      const low = this.#readMember(next);
      const range = this.#peek() === '-' && this.#characters[this.#at + 1] !== ']';
      if (next === '-' && !isFirst && this.#peek() !== ']') throw new Foreign('`-` in the middle of a bracket');
      if (range) {
        this.#take('-');
        const high = this.#readMember(this.#next('a bracket that is not closed'));
        if (low.single === undefined || high.single === undefined || low.single > high.single) {
          throw new Foreign('a range in a bracket');
        }
        members += `${low.text}-${high.text}`;
      } else members += low.text;
      isFirst = false;
      next = this.#next('a bracket that is not closed');
    }
    return `[${negated ? '^' : ''}${members}]`;
  }

  /** One character of a bracket, or a class; `single` is the code point of a character. */
  #readMember(next: string): { readonly text: string; readonly single?: number } {
    if (next === '[') {
      if (/[:.=]/.test(this.#peek() ?? '')) throw new Foreign('a named class');
      return character(next);
    }
    if (next !== '\\') return character(next);
    const escaped = this.#next('a backslash at the end');
    if (CLASSES[escaped] !== undefined) return { text: CLASSES[escaped] };
    const control = CONTROLS[escaped];
    if (control !== undefined) return character(JSON.parse(`"${control === '\\v' ? '\\u000b' : control}"`) as string);
    if (/[!-/:-@[-`{-~]/.test(escaped)) return character(escaped);
    throw new Foreign(`\`\\${escaped}\` in a bracket`);
  }

  #peek(): string | undefined {
    return this.#characters[this.#at];
  }

  #take(wanted: string): boolean {
    if (this.#peek() !== wanted) return false;
    this.#at += 1;
    return true;
  }

  #next(what: string): string {
    const next = this.#peek();
    if (next === undefined) throw new Foreign(what);
    this.#at += 1;
    return next;
  }
}

function character(one: string): { readonly text: string; readonly single: number } {
  return { text: literal(one), single: one.codePointAt(0) ?? 0 };
}

/** A character that stands for itself, in a bracket or outside. */
function literal(one: string): string {
  const code = one.codePointAt(0) ?? 0;
  if (code === 0 || (code >= 0xd800 && code <= 0xdfff)) throw new Foreign('such a character');
  return /[0-9A-Za-z]/.test(one) || code > 127 ? one : `\\u${code.toString(16).padStart(4, '0')}`;
}
