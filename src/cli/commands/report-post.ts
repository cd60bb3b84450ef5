import { UserMistake } from '../../errors.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import { createClient } from '../../github/client.ts';
import { readPullRequest } from '../../github/pull-requests.ts';
import { readOriginName, readRepositoryByName } from '../../github/remote.ts';
import { parseRepositoryName, type RepositoryName } from '../../github/repository.ts';
import { readAppName, readOwnLogin } from '../../github/viewer.ts';
import { isOutside } from '../../pipeline/budget/outside.ts';
import { postJudged } from '../../pipeline/pull-request/posting.ts';
import type { Run } from '../../pipeline/run.ts';
import type { Flags } from '../command.ts';

/** Posts the verdict of a run folder on a pull request, as the action `report` does: one comment, and the checks. */
export async function postEvidence(run: Run, evidence: EvidenceSet, flags: Flags): Promise<string> {
  const { environment, signal } = run;
  const number = Number(flags.pullRequest ?? '');
  const token = environment['GITHUB_TOKEN'] || environment['GH_TOKEN'] || '';
  const name = parseRepositoryName(environment['GITHUB_REPOSITORY'] ?? '') ?? (await readOriginName(run.project.root));
  const headSha = evidence.verdict?.subject.commit ?? '';
  const problems = [
    ...(Number.isSafeInteger(number) && number > 0 ? [] : [{ found: NO_NUMBER, fix: 'Add --pull-request NUMBER.' }]),
    ...(token === '' ? [{ found: 'there is no token', fix: 'Set GITHUB_TOKEN to one that may write.' }] : []),
    ...(name ? [] : [{ found: 'nothing says which repository this is', fix: 'Set GITHUB_REPOSITORY to owner/name.' }]),
    ...(isOutside(evidence) ? [UNCOUNTED] : []),
    ...(headSha === '' ? [{ found: 'the evidence names no commit', fix: 'Run `modelgate run` on a commit.' }] : []),
  ];
  if (problems.length > 0 || !name) throw new UserMistake(problems);
  const apiUrl = environment['GITHUB_API_URL'] || 'https://api.github.com';
  const client = createClient({ token, apiUrl, signal });
  const repository = await readRepositoryByName(client, name);
  const pull = await readPullRequest(client, repository, number);
  if (pull.head.sha !== headSha) {
    const found = `the evidence is of ${headSha.slice(0, 12)}, and the head of pull request ${number} is ${pull.head.sha.slice(0, 12)}`;
    throw new UserMistake({ found, fix: 'Check out the head and run `modelgate run` again.' });
  }
  const author = await readOwnLogin(client);
  const order = readOrder(environment, run.provenance.now());
  const { commentUrl } = await postJudged({
    ...{ client, repository, headSha, number, author, order },
    app: readAppName(author),
    fork: pull.head.repo?.id !== repository.id,
    runUrl: nameRun(environment, name, order.runId),
    models: [{ model: run.project.config.model, judged: evidence }],
    comment: 'always',
    baseRef: pull.base.ref,
    report: 'the run folder',
  });
  return commentUrl ?? '';
}

const UNCOUNTED = {
  found: 'nobody counted this verdict against the budget of the test set, and all would see it',
  fix: 'Let the workflow post, which counts, or decide again with --budget-file.',
} as const;
const NO_NUMBER = '--post does not know which pull request';

/** Outside of a workflow the second of the clock stands for the number of the run. A workflow's number is larger. */
function readOrder(environment: NodeJS.ProcessEnv, now: Date): { runId: number; attempt: number } {
  const runId = Number(environment['GITHUB_RUN_ID'] ?? Math.floor(now.getTime() / 1000));
  return { runId, attempt: Number(environment['GITHUB_RUN_ATTEMPT'] ?? 1) };
}

function nameRun(environment: NodeJS.ProcessEnv, { owner, name }: RepositoryName, runId: number): string {
  const server = environment['GITHUB_SERVER_URL'] || 'https://github.com';
  const repository = `${server}/${owner}/${name}`;
  return environment['GITHUB_RUN_ID'] ? `${repository}/actions/runs/${runId}` : repository;
}
