import type { ColumnProfile } from '../../evidence/schema/profile.ts';
import type { Contract, PromisedColumn } from '../checks/checks.ts';
import { isTellingName } from '../privacy/column-names.ts';
import { FORMS } from '../privacy/forms/forms.ts';
import { searchFragments } from '../privacy/search.ts';

/** Why nothing but counts is told of a column, whatever it holds; undefined where its values may be told. */
export function findWithholding(
  name: string,
  promise: PromisedColumn | undefined,
  promises: Contract | undefined,
  showValues: boolean,
): ColumnProfile['withheld'] {
  if (promise?.sensitive || isTellingName(name)) return 'sensitive';
  if (promise !== undefined && promises?.keys.includes(promise.property) === true) return 'key';
  return showValues ? undefined : 'hidden';
}

/** Whether some of the texts that would be told are e-mail addresses, telephone numbers and the like. */
export function lookPersonal(texts: readonly string[]): boolean {
  const pieces = texts.map((fragment, id) => ({ id, fragment, inText: /\p{L}{3}/u.test(fragment) }));
  return searchFragments(FORMS, pieces).length > 0;
}
