import type { Spot } from '../../config/place.ts';
import type { InstantFormat } from '../contract/instant-format.ts';
import type { OPERATORS } from '../contract/schema/quality.ts';

/** The logical types that a value can be held against. */
export const CHECKED_TYPES = [
  'string',
  'integer',
  'number',
  'boolean',
  'date',
  'timestamp',
  'time',
  'array',
  'object',
] as const;
export type CheckedType = (typeof CHECKED_TYPES)[number];

export type Comparison = '>=' | '<=' | '>' | '<';
export type Scalar = string | number | boolean | null;

/** Whether a value of a contract is one that a cell can be compared with. */
export function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** What one column of a row must be, for a rule that speaks of several. */
export type Condition =
  | { readonly kind: 'present' | 'absent'; readonly property: string }
  | { readonly kind: 'in'; readonly property: string; readonly values: readonly Scalar[] }
  | {
      readonly kind: 'compare';
      readonly property: string;
      readonly comparison: Comparison | '=' | '!=';
      readonly with: { readonly property: string } | { readonly value: Scalar };
    };

/** The names that the standard gives to kinds of text, as far as they say something that can be checked. */
export const TEXT_FORMATS = ['email', 'uuid', 'uri', 'hostname', 'ipv4', 'ipv6', 'byte'] as const;
export type TextFormat = (typeof TEXT_FORMATS)[number];

/** What breaks a check. `bound` is a number, or the text of a date, time or timestamp; a length counts code points. */
export type Test =
  | { readonly kind: 'present' }
  | { readonly kind: 'row-count' }
  | { readonly kind: 'type'; readonly type: CheckedType }
  | { readonly kind: 'null' }
  | { readonly kind: 'missing'; readonly values: readonly Scalar[] }
  | { readonly kind: 'bound'; readonly comparison: Comparison; readonly bound: number | string }
  | { readonly kind: 'multiple'; readonly of: number }
  | { readonly kind: 'length'; readonly comparison: '>=' | '<='; readonly characters: number }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'allowed'; readonly values: readonly Scalar[] }
  | { readonly kind: 'text-format'; readonly format: TextFormat }
  /** Whether the text of an instant says how far its zone is from UTC. */
  | { readonly kind: 'offset'; readonly expected: boolean }
  /** Numbers that fit into so many bits, as `i32`, `u8` and `f32` of the standard say. */
  | { readonly kind: 'width'; readonly form: 'i' | 'u' | 'f'; readonly bits: number }
  /** Elements of a list or keys of an object. */
  | { readonly kind: 'size'; readonly of: 'items' | 'keys'; readonly comparison: '>=' | '<='; readonly count: number }
  | { readonly kind: 'distinct-items' }
  | { readonly kind: 'has-keys'; readonly keys: readonly string[] }
  /** A row that meets all of `when` must meet all of `then`. */
  | { readonly kind: 'row'; readonly when: readonly Condition[]; readonly then: readonly Condition[] }
  /** The values of the check’s properties stand in the columns of another table of the contract, or of a data set. */
  | { readonly kind: 'reference'; readonly table: string; readonly to: readonly string[] }
  /** The newest instant of the column is no older than so many milliseconds. */
  | { readonly kind: 'fresh'; readonly within: number }
  /** One SELECT that gives one number, which the limit judges. */
  | { readonly kind: 'query'; readonly sql: string }
  /** A rule that the standard knows and that cannot be measured as it stands: why, as a phrase. */
  | { readonly kind: 'unmeasurable'; readonly reason: string }
  | { readonly kind: 'unique' };

/** How many rows may break a check. Without a limit: none. */
export interface Limit {
  readonly operator: (typeof OPERATORS)[number];
  /** One number; two of `mustBeBetween` and `mustNotBeBetween`, both ends included. */
  readonly values: readonly number[];
  readonly unit: 'rows' | 'percent';
}

/** One promise of a contract. */
export interface Check {
  /** The standard’s own word for it: `required`, `minimum`, `invalidValues`. */
  readonly rule: string;
  /** The names of the properties that it speaks of; none for the table as a whole. */
  readonly properties: readonly string[];
  /** What of the values it speaks of, where that is something in them; then there is one property. */
  readonly part?: Part;
  readonly test: Test;
  readonly limit?: Limit;
  /** A rule of severity info or warning is reported and decides nothing. */
  readonly level: 'error' | 'warn';
  readonly place: Spot;
}

/** A column as a contract promises it. */
export interface PromisedColumn {
  /** What the contract calls it. */
  readonly property: string;
  /** What the file may call it, the likelier name first. */
  readonly names: readonly string[];
  readonly type: CheckedType | undefined;
  /** How dates, times and timestamps are written in text; ISO 8601 without it. */
  readonly format?: InstantFormat;
  /** The zone of instants that are written without an offset, by its IANA name; UTC without it. */
  readonly zone?: string;
  /** Its values are shown nowhere. */
  readonly sensitive: boolean;
  /** Its values may stand in the names of folders, as in `country=DE/`, and not in the files. */
  readonly partitioned?: boolean;
}

/** One step into a value: to what a key of an object holds, or to each element of a list. */
export type Step =
  | 'items'
  | {
      /** What the contract calls it. */
      readonly name: string;
      /** What the data may call it, the likelier name first. */
      readonly keys: readonly string[];
    };

/** What a check speaks of where that is not the value of a column but something in it. */
export interface Part extends Pick<PromisedColumn, 'type' | 'format' | 'zone' | 'sensitive'> {
  /** From the column to it; one at least. */
  readonly steps: readonly Step[];
}

export interface Contract {
  /** What queries may call the table; the name of the contract first. */
  readonly tables: readonly string[];
  /** What the contract calls its other tables. */
  readonly otherTables: readonly string[];
  readonly columns: readonly PromisedColumn[];
  readonly checks: readonly Check[];
  /** What the contract says and no check covers, each as a phrase. */
  readonly notChecked: readonly string[];
  /** Names of properties whose values tell rows apart: of a primary key, or unique. */
  readonly keys: readonly string[];
}
