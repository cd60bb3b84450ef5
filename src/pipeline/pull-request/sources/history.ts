import type { Client } from '../../../github/client.ts';
import type { RunContext } from '../../../github/context.ts';
import { fetchCommit } from '../../../github/fetching.ts';
import { resolveCommit } from '../../../github/objects.ts';
import type { Subject } from '../../../github/subject.ts';

/** Which repository, and the token that may read it. */
export interface HistoryPlace {
  readonly context: Pick<RunContext, 'serverUrl' | 'repository'>;
  readonly token: string;
  readonly client: Pick<Client, 'pause'>;
}

/** The address of the repository for git. */
export function nameRemote({ serverUrl, repository }: HistoryPlace['context']): string {
  return `${serverUrl}/${repository.fullName}`;
}

/** Brings the commits of a subject, and their history, into the repository of a checkout, where they are not yet. */
export async function openBaseHistory(
  folder: string,
  { head, base }: Subject,
  { context, token, client }: HistoryPlace,
  signal: AbortSignal,
): Promise<void> {
  const remote = nameRemote(context);
  for (const commit of [base?.sha, head.sha]) {
    if (commit === undefined || (await resolveCommit(folder, commit)) !== undefined) continue;
    await fetchCommit(folder, { remote, commit, token, history: true, signal, pause: client.pause });
  }
}
