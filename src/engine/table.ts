import type { Form } from './csv-forms.ts';
import type { Attendance } from './pace.ts';

export type Format = 'csv' | 'parquet' | 'jsonl';

export interface TableFile {
  /** Absolute real path. */
  readonly path: string;
  readonly format: Format;
  /** As the user wrote it, for messages. */
  readonly name: string;
  readonly csv?: CsvOptions;
  /** Columns that the names of the folders give, with the value of this file; the same names in all files of a table. */
  readonly partitions?: Readonly<Record<string, string | null>>;
}

/** How a CSV file is written, where that is not RFC 4180. It is UTF-8: `recodeFile` makes that of others. */
export interface CsvOptions {
  /** One character that `findDelimiterFault` has nothing against; a comma without it. */
  readonly delimiter?: string | undefined;
  /** Texts that stand for no value where they are not quoted. */
  readonly nullValues?: readonly string[] | undefined;
}

export interface ReadOptions extends Attendance {
  /** Whether who reads a CSV file goes over all of its rows anyway and calls `requireRows` then; it is one pass less. */
  readonly countsLater?: boolean;
}

/** One of the files of a table. */
export interface TablePart {
  /** Absolute real path. */
  readonly path: string;
  /** As the user wrote it, for messages. */
  readonly name: string;
  /** Number of records. */
  readonly rows: number;
  /** The lines, from 1, on which records of this file begin, by the numbers of the records, from 1. Text files only. */
  readonly findLines?: (rows: readonly number[]) => Promise<ReadonlyMap<number, number>>;
}

export interface Column {
  readonly name: string;
  /** DuckDB's name of the type: VARCHAR for every column of csv and jsonl. */
  readonly type: string;
}

/** What the footers of Parquet files say of all values of a column. */
export interface ColumnStatistics {
  /** Rows without a value. */
  readonly nulls: number;
  /** The least and the greatest value, as text; null where a footer does not say. */
  readonly least: string | null;
  readonly greatest: string | null;
}

/** How all values of a column of text are written. */
export interface Writing {
  readonly form: Form | undefined;
  /** Every row has a value. */
  readonly isFilled: boolean;
  /** Every value has a character that no number has. */
  readonly isWordy: boolean;
}

/** One file or several that were found to be sound, as SQL sees them. */
export interface Table {
  /** In the order of their rows. */
  readonly files: readonly TablePart[];
  /** `postgres` of a table of a database, which has no files. */
  readonly format: Format | 'postgres';
  /**
   * In the order of the file; for jsonl the keys of the first record, then the other keys by code point. Last come those
   * that the names of folders give.
   */
  readonly columns: readonly Column[];
  /** Number of records. */
  readonly rows: number;
  /** Whether it is still to be held against what the engine counts; see `row-count.ts`. */
  readonly isUncounted?: boolean;
  /**
   * To be written after FROM. csv: strings as they stand in the file; NULL only where a value is not quoted, and empty
   * or one of the texts that stand for none.
   * jsonl: a string's text, the JSON text of any other value, NULL where the key is missing or its value is null; the
   * whole line is in `"__json"`. parquet and postgres: the native types.
   */
  readonly relation: string;
  /**
   * The same with one more column, `"__row"`: the number of the record, from 1, in the order of the files; `locateRows`
   * says which record of which file that is, and on which line it stands. It costs the scan its parallelism: take it for
   * examples, not for counts. No file's own column has this name; `readTable` refuses one that does.
   */
  readonly numbered: string;
  /**
   * jsonl only: an SQL expression over `relation` for the JSON type of a column's value: OBJECT, ARRAY, VARCHAR, BOOLEAN,
   * UBIGINT, BIGINT (negative), DOUBLE, NULL as text for an explicit null, and SQL NULL where the key is missing. This is
   * what tells the string "2" from the number 2.
   */
  readonly typeOf?: (column: string) => string;
  /** parquet only: reads what the footers say of all values of the columns, by their names. */
  readonly readStatistics?: () => Promise<ReadonlyMap<string, ColumnStatistics>>;
  /** csv only: how the values of the columns are written, by their names. */
  readonly writings?: ReadonlyMap<string, Writing>;
  /**
   * csv only: the relation with some columns of native types, by their names: the engine reads those faster than it casts
   * texts. It is as lenient with them as it always is, and a value that it cannot read fails the query.
   */
  readonly readAs?: (types: ReadonlyMap<string, string>) => string;
}

/** The name of the column with the record's number. */
export const ROW_COLUMN = '__row';

/** The name of the column with the whole line of a jsonl file. */
export const JSON_COLUMN = '__json';
