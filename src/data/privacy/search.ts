import { isTelling } from './decision.ts';
import { createPiece, type Form } from './forms/form.ts';
import type { Fragment } from './fragments.ts';

/** A form that a column holds, and the pieces that show it. */
export interface Match {
  readonly form: Form;
  readonly ids: readonly number[];
}

/** Which of some forms the pieces of a column show. */
export function searchFragments(forms: readonly Form[], fragments: readonly Fragment[]): Match[] {
  const counts = forms.map((form) => ({
    form,
    shaped: new Set<string>(),
    confirmed: new Set<string>(),
    ids: [] as number[],
    inText: false,
  }));
  for (const { id, fragment, inText } of fragments) {
    const piece = createPiece(fragment);
    for (const count of counts) {
      const found = count.form.find(piece);
      if (found.length === 0) continue;
      const kept = found.filter(({ confirmed }) => confirmed);
      for (const { token } of found) count.shaped.add(token);
      for (const { token } of kept) count.confirmed.add(token);
      if (kept.length === 0) continue;
      count.ids.push(id);
      count.inText ||= inText;
    }
  }
  return counts
    .filter(({ form, shaped, confirmed, inText }) =>
      isTelling(form, { shaped: shaped.size, confirmed: confirmed.size, inText }),
    )
    .map(({ form, ids }) => ({ form, ids }));
}
