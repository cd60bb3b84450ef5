import { normaliseLogin } from '../../config/logins.ts';
import { ensureIssueComment, type IssueComment, isOurs, listIssueComments } from '../../github/issue-comments.ts';
import { closeIssue } from '../../github/issues.ts';
import { mayTriage } from '../../github/permissions.ts';
import { escapeMarkdown } from '../../report/escaping.ts';
import type { AskedPromotion } from './asked.ts';
import { refuseStage } from './decision.ts';
import { readAgreementFacts } from './people.ts';
import { type Promoted, type PromoteOptions, promote } from './promote.ts';
import { decideRequest, listAnswers, listGiven, type UnheardAnswer } from './request-decision.ts';
import { readRequest } from './request-issue.ts';
import { type RequestPlace, readOrigin } from './request-origin.ts';

/**
 * `waiting`: more approvals are needed. `forged`: no run of ours asked for it. `ended`: the issue was decided before, or is
 * none of ours.
 */
export type AnsweredRequest =
  | { readonly state: 'promotion'; readonly asked: AskedPromotion; readonly result: Promoted }
  | { readonly state: 'rejected'; readonly asked: AskedPromotion; readonly by: string }
  | { readonly state: 'waiting'; readonly asked: AskedPromotion; readonly reason: string }
  | { readonly state: 'forged'; readonly reason: string }
  | { readonly state: 'edited' | 'ended' };

export interface AnswerOptions extends Omit<PromoteOptions, 'asked' | 'askedIn' | 'given'>, RequestPlace {
  readonly number: number;
}

/**
 * What a comment on an issue starts: reads the request, what its run has kept, and all comments from GitHub, decides, tells
 * whose comment does not count, and promotes where enough people agreed. The issue is closed with the outcome, last; so a run that
 * was interrupted is run again, and finds what was done.
 */
export async function answerRequest(options: AnswerOptions): Promise<AnsweredRequest> {
  const { client, repository, number, author } = options;
  const read = await readRequest(client, repository, { number, author });
  if (read.state === 'edited') {
    await end(
      options,
      'edited',
      'This request was edited after it was opened, so nobody can tell what was asked. Ask again.',
    );
    return { state: 'edited' };
  }
  if (read.state !== 'open') return { state: 'ended' };
  const origin = await readOrigin(client, options, read.issue, read.request);
  if ('fault' in origin) {
    await end(options, 'forged', `This request does not count: ${escapeMarkdown(origin.fault)}. Ask again.`);
    return { state: 'forged', reason: origin.fault };
  }
  const { run: askedIn, ...request } = read.request;
  const asked: AskedPromotion = { ...request, triggeredBy: origin.triggeredBy };
  const stage = options.stages.find(({ name }) => name === asked.stage);
  if (stage === undefined) {
    const refusal = refuseStage(asked, options.stages);
    const result: Promoted = { state: 'refused', refusals: [refusal], waits: undefined };
    await end(options, 'refused', `Refused: ${escapeMarkdown(refusal.found)}.`);
    return { state: 'promotion', asked, result };
  }
  const comments = await listIssueComments(client, repository, number);
  const answers = listAnswers(comments);
  const people = answers.filter(({ bot }) => !bot).map(({ login }) => ({ login, by: 'issue', url: null }) as const);
  const facts = await readAgreementFacts(client, { ...options.people, repository, stage, run: null, given: people });
  const decision = decideRequest(asked, stage, answers, facts);
  for (const one of decision.unheard) {
    // Strangers get no answer: each would be a request of ours that they make for us.
    const role = facts.people.owners.get(normaliseLogin(one.login));
    if (role !== undefined && mayTriage(role)) await tellUnheard(options, one, comments);
  }
  if (decision.state === 'waiting') return { state: 'waiting', asked, reason: decision.reason };
  if (decision.state === 'rejected') {
    await end(options, 'rejected', `Rejected by ${escapeMarkdown(decision.by)}. Nothing was promoted.`);
    return { state: 'rejected', asked, by: decision.by };
  }
  const result = await promote({ ...options, asked, askedIn, given: listGiven(answers) });
  if (!options.dryRun) await end(options, result.state, describeOutcome(result));
  return { state: 'promotion', asked, result };
}

function describeOutcome(result: Promoted): string {
  if (result.state === 'refused') {
    const reasons = result.refusals.map(({ found, fix }) => `- ${escapeMarkdown(found)}. ${escapeMarkdown(fix)}`);
    return ['Refused, and nothing was promoted:', '', ...reasons].join('\n');
  }
  if (result.state === 'allowed') return 'Allowed.';
  const { tag, version, stage, sequence } = result.event;
  const verb = { promoted: 'is now in', live: 'is already in', replaced: 'was put into, and has left,' }[result.state];
  return `${version} ${verb} ${escapeMarkdown(stage)}: tag \`${tag}\`, event ${sequence} of the ledger.`;
}

/** Says the outcome, then closes. */
async function end(options: AnswerOptions, outcome: string, words: string): Promise<void> {
  const { client, repository, number, author } = options;
  const marker = `<!-- modelgate:outcome ${outcome} -->`;
  await ensureIssueComment(client, repository, { number, marker, body: words, author });
  const done = outcome === 'promoted' || outcome === 'live';
  await closeIssue(client, repository, number, done ? 'completed' : 'not_planned');
}

async function tellUnheard(
  { client, repository, number, author }: AnswerOptions,
  unheard: UnheardAnswer,
  comments: readonly IssueComment[],
): Promise<void> {
  const marker = `<!-- modelgate:unheard ${unheard.comment} -->`;
  if (comments.some((comment) => isOurs(comment, { author, marker }))) return;
  const body = `The comment of ${escapeMarkdown(unheard.login)} does not count: ${escapeMarkdown(unheard.login)} ${escapeMarkdown(unheard.why)}.`;
  await ensureIssueComment(client, repository, { number, marker, body, author });
}
