/** DuckDB's own limit of a line, in bytes. */
const DEFAULT_LIMIT = 2_097_152;

/** The options of `read_csv` that let it read a line of so many bytes; none where its own limit is enough. */
export function renderLineLimit(longest: number): string[] {
  // Room for the line's ending, and for the carriage return that the engine counts with the next line.
  const limit = longest + 16;
  return limit > DEFAULT_LIMIT ? [`max_line_size = ${limit}`] : [];
}
