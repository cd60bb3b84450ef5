import { UserMistake } from '../../errors.ts';
import { type Client, createClient } from '../../github/client.ts';
import { type RunContext, readRunContext } from '../../github/context.ts';
import { readBranchTip } from '../../github/pull-requests.ts';
import { type Finding, findSubject } from '../../github/subject.ts';
import type { InputValues } from '../input-values.ts';
import type { Shell } from '../shell.ts';

/** What every action that speaks to GitHub begins with. */
export interface Opened {
  readonly context: RunContext;
  readonly client: Client;
  readonly token: string;
}

/** Reads the context of the run and makes a client of the input `token`. Throws UserMistake with all wrong inputs. */
export async function openGitHub(inputs: InputValues, { signal }: Shell): Promise<Opened> {
  const token = inputs.text('token');
  const missing = { found: 'the input `token` is empty', fix: 'Leave it out, or give it `github.token`.' };
  const problems = [...inputs.problems, ...(token === '' ? [missing] : [])];
  if (problems.length > 0) throw new UserMistake(problems);
  const context = await readRunContext(process.env);
  return { context, client: createClient({ token, apiUrl: context.apiUrl, signal }), token };
}

/** What a subject is looked for by. */
export interface Scope {
  /** On workflow_run: the path of the workflow whose runs are judged. */
  readonly workflow: string | undefined;
  /** The branches to merge into that are judged; the default branch where none are named. */
  readonly branches: readonly string[];
}

/** Reads the inputs that say what is judged. */
export function readScope(inputs: InputValues): Scope {
  return { workflow: inputs.path('workflow'), branches: inputs.names('branches') };
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
