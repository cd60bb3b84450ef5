import { normaliseLogin } from '../../config/logins.ts';
import type { Stage } from '../../config/stages.ts';
import type { StageApproval } from '../../evidence/schema/ledger.ts';
import type { IssueComment } from '../../github/issue-comments.ts';
import { type AgreementFacts, countAgreement } from './agreement.ts';
import { type Askers, listAskers } from './asked.ts';

/** A comment that says yes or no. */
export interface Answer extends Pick<IssueComment, 'id' | 'url' | 'login' | 'bot' | 'edited'> {
  readonly says: 'approve' | 'reject';
}

/** A comment that does not count, and why. */
export interface UnheardAnswer {
  readonly comment: number;
  readonly login: string;
  readonly why: string;
}

export type RequestDecision = { readonly unheard: readonly UnheardAnswer[] } & (
  | { readonly state: 'approved'; readonly approvals: readonly StageApproval[] }
  | { readonly state: 'rejected'; readonly by: string; readonly url: string }
  | { readonly state: 'waiting'; readonly reason: string }
);

/** The comments whose first line is `/approve` or `/reject` and nothing else. */
export function listAnswers(comments: readonly IssueComment[]): Answer[] {
  return comments.flatMap(({ body, ...comment }) => {
    const [, says] = /^\/(approve|reject)\s*$/i.exec(body.split(/\r?\n/, 1)[0]?.trim() ?? '') ?? [];
    if (says === undefined) return [];
    return [{ ...comment, says: says.toLowerCase() === 'approve' ? 'approve' : 'reject' } as const];
  });
}

/** Those who said yes last, each once, as far as their comments count at all. */
export function listGiven(answers: readonly Answer[]): StageApproval[] {
  return [...takeLast(answers).values()]
    .filter(({ says }) => says === 'approve')
    .map(({ login, url }) => ({ login, by: 'issue', url }));
}

/**
 * Decides a request on the comments of its issue. The last word of each person counts. A single no of somebody who may
 * approve ends it, and so does one of whoever asked; a yes of theirs never counts.
 */
export function decideRequest(
  asked: Askers,
  stage: Stage,
  answers: readonly Answer[],
  facts: AgreementFacts,
): RequestDecision {
  // Nobody is asked in an issue any more: whether it may come in is then decided without.
  if (stage.approval === undefined) return { state: 'approved', approvals: [], unheard: [] };
  const last = [...takeLast(answers).values()];
  const askers = listAskers(asked).map(normaliseLogin);
  // Somebody who says no is judged as somebody who says yes is: by a count of that one alone.
  const alone = (login: string) => {
    const { approval } = stage;
    const one: Stage = { ...stage, approval: { ...approval, count: 1 } };
    const given: StageApproval[] = [{ login, by: 'issue', url: null }];
    return countAgreement(one, asked, { ...facts, given });
  };
  const judged = last.map((answer) => {
    const own = askers.includes(normaliseLogin(answer.login));
    const agreement = alone(answer.login);
    if (own && answer.says === 'reject') return { ...answer, why: undefined };
    return { ...answer, why: agreement.state === 'missing' ? agreement.refused[0]?.why : undefined };
  });
  const unheard = [
    ...answers.flatMap((answer) => {
      const fault = findFault(answer);
      return fault === undefined ? [] : [{ comment: answer.id, login: answer.login, why: fault }];
    }),
    ...judged.flatMap(({ id, login, why }) => (why === undefined ? [] : [{ comment: id, login, why }])),
  ];
  const no = judged.find(({ says, why }) => says === 'reject' && why === undefined);
  if (no !== undefined) return { state: 'rejected', by: no.login, url: no.url, unheard };
  const approval = stage.approval ?? { count: 1 };
  const agreement = countAgreement({ ...stage, approval }, asked, {
    ...facts,
    given: listGiven(answers),
  });
  if (agreement.state === 'given') return { state: 'approved', approvals: agreement.approvals, unheard };
  if (agreement.state === 'needless') throw new Error('An approval that is asked for is needless');
  return { state: 'waiting', reason: agreement.reason, unheard };
}

function takeLast(answers: readonly Answer[]): Map<string, Answer> {
  const heard = answers.filter((answer) => findFault(answer) === undefined);
  return new Map(heard.map((answer) => [normaliseLogin(answer.login), answer]));
}

function findFault({ bot, edited }: Answer): string | undefined {
  if (bot) return 'is no person';
  return edited ? 'edited the comment: nobody can tell what it said when it was read. Write a new one' : undefined;
}
