/** One way to prove who asks, of the header WWW-Authenticate (RFC 9110, 11.6.1). */
export interface Challenge {
  /** In small letters: `bearer`, `basic`. */
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Longer headers than this are nobody's challenge. */
const LIMIT = 8192;
const SCHEME = /^\s*,*\s*([A-Za-z][A-Za-z0-9._-]*)(?=\s|$|,)\s*/;
const PARAMETER = /^\s*,?\s*([A-Za-z0-9!#$%&'*+.^_`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))\s*/;

/** Reads all challenges of the header, in order; what is none is left out. */
export function parseChallenges(header: string | null): Challenge[] {
  let rest = (header ?? '').slice(0, LIMIT);
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  while (rest.trim() !== '') {
    const parameter = challenges.length > 0 ? PARAMETER.exec(rest) : null;
    const found = parameter ?? SCHEME.exec(rest);
    if (found === null) break;
    rest = rest.slice(found[0].length);
    const [, name = '', quoted, bare] = found;
    if (parameter === null) challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else challenges.at(-1)?.parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
  }
  return challenges;
}
