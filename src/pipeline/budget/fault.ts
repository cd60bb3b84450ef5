import { describeFound, type UserMistake } from '../../errors.ts';

/** Why verdicts cannot be read or counted: `reason` is half a sentence, `fix` names the permission or the file, or is empty. */
export interface BudgetFault {
  readonly reason: string;
  readonly fix: string;
}

/** What a mistake tells of a budget, all in one line. */
export function describeFault(error: UserMistake): BudgetFault {
  return { reason: describeFound(error), fix: error.problems.flatMap(({ fix }) => fix ?? []).join(' ') };
}
