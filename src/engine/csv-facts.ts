import type { LineEnding } from './csv-faults.ts';
import type { Noted } from './csv-forms.ts';

/** What is known of the records of a sound CSV file after the first one, which names the columns. */
export interface CsvFacts {
  readonly records: number;
  /** Bytes of the longest record. */
  readonly longest: number;
  readonly ending: LineEnding | undefined;
  /** Whether every record begins on the line after its number, for all stand on one line. */
  readonly isSteady: boolean;
  /** What is known of the values of each column. */
  readonly columns: readonly Noted[];
}
