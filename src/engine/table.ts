export type Format = 'csv' | 'parquet' | 'jsonl';

export interface TableFile {
  /** Absolute real path. */
  readonly path: string;
  readonly format: Format;
  /** As the user wrote it, for messages. */
  readonly name: string;
}

export interface Column {
  readonly name: string;
  /** DuckDB's name of the type: VARCHAR for every column of csv and jsonl. */
  readonly type: string;
}

/** A file that was found to be sound, as SQL sees it. */
export interface Table {
  readonly path: string;
  readonly format: Format;
  /** In the order of the file; for jsonl the keys of the first record, then the other keys by code point. */
  readonly columns: readonly Column[];
  /** Number of records. */
  readonly rows: number;
  /**
   * To be written after FROM. csv: strings as they stand in the file; NULL only where a value is empty and not quoted.
   * jsonl: a string's text, the JSON text of any other value, NULL where the key is missing or its value is null; the
   * whole line is in `"__json"`. parquet: the native types.
   */
  readonly relation: string;
  /**
   * The same with one more column, `"__row"`: the number of the record, from 1, in the order of the file. In jsonl it is
   * the number of the line as well. It costs the scan its parallelism: take it for examples, not for counts. No file's
   * own column has this name; `readTable` refuses one that does.
   */
  readonly numbered: string;
  /**
   * jsonl only: an SQL expression over `relation` for the JSON type of a column's value: OBJECT, ARRAY, VARCHAR, BOOLEAN,
   * UBIGINT, BIGINT (negative), DOUBLE, NULL as text for an explicit null, and SQL NULL where the key is missing. This is
   * what tells the string "2" from the number 2.
   */
  readonly typeOf?: (column: string) => string;
}

/** The name of the column with the record's number. */
export const ROW_COLUMN = '__row';

/** The name of the column with the whole line of a jsonl file. */
export const JSON_COLUMN = '__json';
