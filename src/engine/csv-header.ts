/** The values of one CSV record without its line ending, unquoted. The record must be sound (see `CsvScanner`). */
export function parseRecord(record: string, delimiter = ','): string[] {
  // As a code, for some delimiters mean something in a pattern.
  const code = delimiter.charCodeAt(0).toString(16).padStart(4, '0');
  const value = new RegExp(`"([^"]*(?:""[^"]*)*)"|[^\\u${code}]*`, 'y');
  const values: string[] = [];
  for (let start = 0; start <= record.length; start = value.lastIndex + 1) {
    value.lastIndex = start;
    const match = value.exec(record);
    values.push(match?.[1]?.replaceAll('""', '"') ?? match?.[0] ?? '');
  }
  return values;
}
