/** What values of one of DuckDB’s types hold; undefined of those that hold nothing that has a place of its own. */
export type Nesting =
  | { readonly kind: 'list'; readonly of: string }
  | { readonly kind: 'map'; readonly of: string }
  | { readonly kind: 'struct'; readonly fields: ReadonlyMap<string, string> };

/** Reads the name that DuckDB gives to a type, such as `STRUCT(city VARCHAR, "a b" INTEGER[])`. Maps are those of texts. */
export function parseNesting(native: string): Nesting | undefined {
  const list = /^([\s\S]*)\[\d*\]$/.exec(native);
  if (list) return { kind: 'list', of: list[1] ?? '' };
  const [, kind, inside = ''] = /^(STRUCT|MAP)\(([\s\S]*)\)$/.exec(native) ?? [];
  if (kind === undefined) return undefined;
  const parts = splitParts(inside);
  if (kind === 'STRUCT') return { kind: 'struct', fields: new Map(parts.map(readField)) };
  const [key, value] = parts;
  return key === 'VARCHAR' && value !== undefined ? { kind: 'map', of: value } : undefined;
}

/** Between commas that stand neither in brackets nor in quotes. */
function splitParts(inside: string): string[] {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (const { 0: token, index } of inside.matchAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|[(),]/g)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (token === ',' && depth === 0) {
      parts.push(inside.slice(start, index).trim());
      start = index + 1;
    }
  }
  return [...parts, inside.slice(start).trim()];
}

function readField(text: string): [name: string, type: string] {
  const quoted = /^"((?:[^"]|"")*)" ([\s\S]*)$/.exec(text);
  if (quoted) return [(quoted[1] ?? '').replaceAll('""', '"'), quoted[2] ?? ''];
  const space = text.indexOf(' ');
  return [text.slice(0, space), text.slice(space + 1)];
}
