/** A table of a database, each part as the catalogue has it. */
export interface TableName {
  readonly schema: string;
  readonly name: string;
}

const PART = '"(?:[^"\\0]|"")+"|[^".\\s\\0]+';
const NAME = new RegExp(`^(?:(${PART})[.])?(${PART})$`);

/**
 * Parses `schema.table`, or `table` of the schema public. Letters keep their case; names with dots, quotes or spaces stand in
 * double quotes, as in SQL. Undefined for anything else.
 */
export function parseTableName(text: string): TableName | undefined {
  const [, schema = 'public', name] = NAME.exec(text) ?? [];
  return name === undefined ? undefined : { schema: unquote(schema), name: unquote(name) };
}

function unquote(part: string): string {
  return part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part;
}
