import type { Spot } from '../config/place.ts';
import type { OPERATORS } from './contract-schema.ts';

/** The logical types that a value can be held against. */
export const CHECKED_TYPES = ['string', 'integer', 'number', 'boolean', 'date', 'timestamp'] as const;
export type CheckedType = (typeof CHECKED_TYPES)[number];

export type Comparison = '>=' | '<=' | '>' | '<';
export type Scalar = string | number | boolean | null;

/** What breaks a check. `bound` is a number, or the text of a date or timestamp; a length counts code points. */
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
  /** Its values are shown nowhere. */
  readonly sensitive: boolean;
}

export interface Contract {
  readonly columns: readonly PromisedColumn[];
  readonly checks: readonly Check[];
  /** What the contract says and no check covers, each as a phrase. */
  readonly notChecked: readonly string[];
  /** Names of properties whose values tell rows apart: of a primary key, or unique. */
  readonly keys: readonly string[];
}
