import type { CheckedType, Scalar } from '../checks/checks.ts';

/** What the SQL of two machines says differently. Every `text`, `json` and `ordinal` is an SQL expression of `ColumnSql`. */
export interface Phrases {
  /** BOOLEAN: whether a regular expression of a contract (RE2) is found in a text. */
  matches(text: string, pattern: string): string;
  /** BOOLEAN: whether a whole text matches a regular expression that RE2 and POSIX share. */
  matchesWhole(text: string, pattern: string): string;
  /** Elements of a list or keys of an object. */
  size(of: 'items' | 'keys', json: string): string;
  /** BOOLEAN: whether no element of a list stands twice. Elements are compared as JSON writes them: 1 and 1.0 are two. */
  isDistinct(json: string): string;
  /** BOOLEAN: whether an object has all of some keys. */
  hasKeys(json: string, keys: readonly string[]): string;
  /** A DOUBLE divided by a number. */
  quotient(ordinal: string, of: number): string;
  /** A bound of a contract, comparable with `ordinal`; of numbers in 32 bits the one of them that it is written as. */
  bound(type: CheckedType, bound: number | string, single?: boolean): string;
  /** A number: a whole one exactly, any other as DOUBLE. */
  number(value: number): string;
  /** A value of a contract, comparable with `key`. Texts of numbers become what `key` makes of them. */
  key(type: CheckedType | undefined, value: NonNullable<Scalar>): string;
  /** BOOLEAN, or NULL where the key is: whether a `key` is one of some values, which `key` of this has made. */
  isOneOf(key: string, values: readonly string[]): string;
}
