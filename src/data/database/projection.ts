import type { ColumnSql } from '../dialects/dialect.ts';

/** Expressions over a table of a database, each computed once a row however many checks ask for it. */
export interface Projection {
  /** The name of an expression; a constant stands for itself. */
  name(expression: string): string;
  /** The same column in the names that `render` gives to its expressions. */
  share(column: ColumnSql): ColumnSql;
  /** A relation, to be written after FROM, with all named expressions as columns. */
  render(relation: string): string;
}

const CONSTANTS = new Set(['true', 'false', 'null']);

/** Starts without any expression. The database leaves out those that no query asks for. */
export function createProjection(): Projection {
  const names = new Map<string, string>();
  const name = (expression: string): string => {
    if (CONSTANTS.has(expression)) return expression;
    const known = names.get(expression) ?? `e${names.size}`;
    names.set(expression, known);
    return known;
  };
  return {
    name,
    share: ({ present, text, ordinal, valid, key }) => ({
      present: name(present),
      text: name(text),
      ordinal: name(ordinal),
      valid: name(valid),
      key: name(key),
    }),
    render(relation) {
      const items = [...names].map(([expression, alias]) => `${expression} as ${alias}`);
      // Without `offset 0` each expression would be put in the place of its name, as often as that stands.
      return `(select ${items.length === 0 ? '1 as e0' : items.join(', ')} from ${relation} offset 0) as projected`;
    },
  };
}
