/** A name as SQL: in double quotes. Throws on NUL, which SQL cannot carry; callers refuse such names before. */
export function quoteIdentifier(name: string): string {
  return `"${withoutNul(name).replaceAll('"', '""')}"`;
}

/** A text as SQL: in single quotes. Throws on NUL, which SQL cannot carry; callers refuse such texts before. */
export function quoteLiteral(text: string): string {
  return `'${withoutNul(text).replaceAll("'", "''")}'`;
}

function withoutNul(text: string): string {
  if (text.includes('\0')) throw new Error('SQL cannot carry a NUL character');
  return text;
}
