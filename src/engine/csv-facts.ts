import type { LineEnding } from './csv-faults.ts';
import type { Form } from './csv-forms.ts';

/** What is known of the records of a sound CSV file after the first one, which names the columns. */
export interface CsvFacts {
  readonly records: number;
  /** Bytes of the longest record. */
  readonly longest: number;
  readonly ending: LineEnding | undefined;
  /** Whether every record begins on the line after its number, for all stand on one line. */
  readonly isSteady: boolean;
  /** By column; `empty` where it has no value at all, undefined where some value is of no form. */
  readonly forms: readonly (Form | 'empty' | undefined)[];
}
