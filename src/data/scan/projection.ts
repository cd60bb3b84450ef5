import type { ColumnSql } from '../dialects/dialect.ts';

/** Expressions over a table, each computed once a row however many checks ask for it. */
export interface Projection {
  /** The same column in the names that `render` gives to its expressions; constants stand for themselves. */
  share(column: ColumnSql): ColumnSql;
  /** A relation of the table, to be written after FROM, with the named expressions as columns beside its own. */
  render(relation: string): string;
}

const CONSTANTS: readonly string[] = ['true', 'false', 'null'];

/** Starts without any expression; `columns` are names that are taken. The engine leaves out what no query asks for. */
export function createProjection(columns: readonly string[]): Projection {
  const prefix = findFree(columns);
  const read = new Map<string, string>();
  // Reading a value is most of the work; what builds upon that stands one level above, and does not read it again.
  const built = new Map<string, string>();
  const name = (expressions: Map<string, string>, letter: string, expression: string): string => {
    if (CONSTANTS.includes(expression)) return expression;
    const known = expressions.get(expression) ?? `${prefix}${letter}${expressions.size}`;
    expressions.set(expression, known);
    return known;
  };
  return {
    share({ present, text, ordinal, valid, key, ...rest }) {
      const value = name(read, 'r', ordinal);
      const isPlain = ordinal === text || value === ordinal;
      const build = (expression: string) =>
        name(built, 'b', isPlain ? expression : expression.replaceAll(ordinal, () => value));
      return {
        ...rest,
        present: name(read, 'r', present),
        text: name(read, 'r', text),
        ordinal: value,
        valid: build(valid),
        key: build(key),
      };
    },
    render: (relation) => `${renderLevel(renderLevel(relation, read), built)} as projected`,
  };
}

/** A beginning that no name of a column has. */
function findFree(columns: readonly string[]): string {
  let prefix = 'x';
  while (columns.some((column) => column.toLowerCase().startsWith(prefix))) prefix += 'x';
  return prefix;
}

function renderLevel(relation: string, expressions: ReadonlyMap<string, string>): string {
  const items = [...expressions].map(([expression, alias]) => `${expression} as ${alias}`);
  return `(select ${['*', ...items].join(', ')} from ${relation})`;
}
