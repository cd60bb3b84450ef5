import { type Client, createClient } from '../../github/client.ts';
import { type RunContext, readRunContext } from '../../github/context.ts';
import { isForkApproved } from '../../github/forks.ts';
import { readBranchTip } from '../../github/pull-requests.ts';
import { type Finding, findSubject, type Subject } from '../../github/subject.ts';
import type { Shell } from '../shell.ts';
import type { Scope } from './inputs.ts';

/** What every action that speaks to GitHub begins with. */
export interface Opened {
  readonly context: RunContext;
  readonly client: Client;
  readonly token: string;
}

/** Reads the context of the run and makes a client of the token. Throws UserMistake outside of GitHub Actions. */
export async function openGitHub(token: string, shell: Shell): Promise<Opened> {
  const context = await readRunContext(shell.environment);
  return { context, client: connect(shell, context, token), token };
}

/** A client for a token, which ends and waits as the step does. */
export function connect({ signal, delays }: Shell, { apiUrl }: RunContext, token: string): Client {
  return createClient({ token, apiUrl, signal, ...(delays && { delays }) });
}

/**
 * What the event asks to judge. A check belongs to a commit, and a commit can be the head of several pull requests: one
 * into a branch with weak rules would make it green for all. So only branches that were named are judged.
 */
export async function findJudged({ context, client }: Opened, { workflow, branches }: Scope): Promise<Finding> {
  const finding = await findSubject(context, client, workflow);
  const { subject } = finding;
  const allowed = branches.length > 0 ? branches : [context.defaultBranch];
  if (!('head' in subject) || !subject.base || allowed.includes(subject.base.ref)) return finding;
  return { subject: { kind: 'gone', reason: `what is merged into ${subject.base.ref} is not judged` } };
}

/**
 * The same, with the commit that judges: `base` where a step before has told it, else the tip of the branch to merge into,
 * asked anew. What an event says of it is as old as the last push.
 */
export async function findJudgedAtTip(opened: Opened, scope: Scope, base?: string): Promise<Finding> {
  const finding = await findJudged(opened, scope);
  const { subject } = finding;
  if (!('head' in subject) || subject.kind !== 'pull-request' || !subject.base) return finding;
  const { ref } = subject.base;
  const sha = base || (await readBranchTip(opened.client, opened.context.repository, ref));
  return { ...finding, subject: { ...subject, base: { ref, sha } } };
}

/** A fork's code runs only after somebody with write access approved this very commit. */
export async function isApproved(
  { client, context }: Opened,
  { fork, number, head, author }: Subject,
): Promise<boolean> {
  if (!fork || number === undefined) return true;
  const question = { repository: context.repository, number, headSha: head.sha, ...(author && { author }) };
  return (await isForkApproved(client, question)).approved;
}
