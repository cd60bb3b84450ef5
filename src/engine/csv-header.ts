/** The values of one CSV record without its line ending, unquoted. The record must be sound (see `CsvScanner`). */
export function parseRecord(record: string): string[] {
  const value = /"([^"]*(?:""[^"]*)*)"|[^,]*/y;
  const values: string[] = [];
  for (let start = 0; start <= record.length; start = value.lastIndex + 1) {
    value.lastIndex = start;
    const match = value.exec(record);
    values.push(match?.[1]?.replaceAll('""', '"') ?? match?.[0] ?? '');
  }
  return values;
}
