/** One small change of a document: where, and what became of the value there. */
export interface Mutation {
  readonly what: string;
  readonly document: unknown;
}

type Path = readonly (string | number)[];

/** Every place in a document, the document itself first. */
function* listPaths(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    yield* listPaths(part, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/**
 * Documents that differ from a given one in one place: a key is gone, unknown or misspelt, or a value is of another type.
 * Which of them keep the standard is for its own schema to say.
 */
export function* mutate(document: unknown): Generator<Mutation> {
  for (const path of listPaths(document)) {
    const place = path.join('.');
    const value = read(document, path);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      yield { what: `${place}: an unknown key`, document: write(document, [...path, 'notInTheStandard'], 1) };
      for (const key of Object.keys(value)) {
        yield { what: `${place}.${key}: gone`, document: remove(document, [...path, key]) };
      }
    }
    for (const other of [7, 'text', true, null, [], {}]) {
      if (path.length > 0 && kindOf(other) !== kindOf(value)) {
        yield { what: `${place}: ${JSON.stringify(other)}`, document: write(document, path, other) };
      }
    }
  }
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function read(value: unknown, path: Path): unknown {
  return path.reduce((part, key) => (part as Record<string | number, unknown>)[key], value);
}

function write(value: unknown, path: Path, to: unknown): unknown {
  const copy = structuredClone(value);
  const parent = read(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  parent[path.at(-1) ?? ''] = to;
  return copy;
}

function remove(value: unknown, path: Path): unknown {
  const copy = structuredClone(value);
  delete (read(copy, path.slice(0, -1)) as Record<string | number, unknown>)[path.at(-1) ?? ''];
  return copy;
}
