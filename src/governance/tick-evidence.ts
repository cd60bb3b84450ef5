/** What the text of a ticked item points at. */
export interface TickEvidence {
  /** Web addresses with a host. */
  readonly links: readonly string[];
  /** What may be a path: link targets that are no address, and code spans. As written, decoded. */
  readonly paths: readonly string[];
}

/** Longer ones are no evidence; it also bounds the time that hostile text costs. */
const MAX_TARGET = 1000;
const ADDRESS = /https?:\/\/[^\s<>()[\]"'`\\]{1,1000}/giu;
const CODE_SPAN = /(?<!`)(`{1,3})(?!`)([^`]{1,1000})\1(?!`)/gu;

/** Finds addresses, link targets and code spans in the text of an item. Judges no existence. Takes linear time. */
export function parseTickEvidence(text: string): TickEvidence {
  const links = [...text.matchAll(ADDRESS)].map(([address]) => address).filter(hasHost);
  const spans = [...text.matchAll(CODE_SPAN)].map((match) => (match[2] as string).trim());
  const targets = listLinkTargets(text).map(decodeTarget);
  const paths = [...targets, ...spans].filter((path) => path !== '' && !/^[a-z][a-z0-9+.-]*:/i.test(path));
  return { links, paths: [...new Set(paths)] };
}

function hasHost(address: string): boolean {
  // The URL standard reads `https:///x` as the host `x`; nobody who writes it means a host.
  if (/^https?:\/\/[/?#:@]/i.test(address)) return false;
  try {
    return /[\p{L}\p{N}]/u.test(new URL(address).hostname);
  } catch {
    return false;
  }
}

/** The targets of `[text](target)` and `[text](<target> "title")`. */
function listLinkTargets(text: string): string[] {
  const found: string[] = [];
  for (let at = text.indexOf(']('); at >= 0; at = text.indexOf('](', at + 2)) {
    const rest = text.slice(at + 2, at + 2 + MAX_TARGET);
    const target = rest.startsWith('<') ? /^<([^<>\n]*)>/.exec(rest)?.[1] : /^[^\s()<>]+(?=[\s)])/.exec(rest)?.[0];
    if (target && rest.includes(')')) found.push(target);
  }
  return found;
}

/** Without a fragment or a query, with `%20` and its like resolved. */
function decodeTarget(target: string): string {
  const path = target.split(/[#?]/, 1)[0] ?? '';
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
