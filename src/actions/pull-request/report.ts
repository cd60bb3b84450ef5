import { readActor } from '../../cli/registry/opening.ts';
import { describeFound, UserMistake } from '../../errors.ts';
import { readArtifact } from '../../github/artifacts.ts';
import type { Finding } from '../../github/subject.ts';
import { readAppName, readOwnLogin } from '../../github/viewer.ts';
import { countJudged } from '../../pipeline/budget/judged.ts';
import { openLedgerStore } from '../../pipeline/budget/ledger-store.ts';
import type { BudgetStore } from '../../pipeline/budget/store.ts';
import { readJudgedModels, refuseResult } from '../../pipeline/pull-request/judged-models.ts';
import { isJudgedName } from '../../pipeline/pull-request/layout.ts';
import { type PostPlace, postJudged, postOpening } from '../../pipeline/pull-request/posting.ts';
import { fetchArtifactFolder } from '../../pipeline/pull-request/sources/artifact-folder.ts';
import { openLedger } from '../../registry/ledger/branch-ledger.ts';
import type { JudgedModel } from '../../report/aggregate-check.ts';
import { type Refusal, refuseArtifact } from '../../report/refusals.ts';
import type { Shell } from '../shell.ts';
import { readReportInputs } from './inputs.ts';
import { findJudged, type Opened, openGitHub } from './opening.ts';
import { withTemporary } from './temporary.ts';

/** Where the full report is, in words for the comment. */
const FULL_REPORT = 'the summary of the judging job and the artifact of its run';

/** Opens the check of a run, or completes it and writes the comment. Ends well when everything could be posted. */
export async function runReport(shell: Shell): Promise<void> {
  const { phase, comment, evidence, scope, token } = readReportInputs(shell.getInput);
  const opened = await openGitHub(token, shell);
  const finding = await findJudged(opened, scope);
  const place = await findPlace(opened, finding);
  if (place === undefined) {
    shell.print('Nothing is left to report on.\n');
    return;
  }
  if (phase === 'open') {
    const { url } = await postOpening(place);
    shell.setOutputs({ 'check-url': url });
    return;
  }
  const { subject } = finding;
  const found = await withTemporary(shell, (temporary) => findModels(opened, finding, evidence, temporary));
  const models = 'fix' in found ? found : await countJudged(found, () => openStore(shell, opened));
  const head = 'head' in subject ? subject : undefined;
  const posted = await postJudged({
    ...place,
    models,
    comment,
    report: FULL_REPORT,
    ...(head?.number !== undefined && { number: head.number }),
    ...(head?.base && { baseRef: head.base.ref }),
  });
  const verdict =
    posted.conclusion === 'success' ? 'pass' : posted.conclusion === 'failure' ? 'fail' : 'cannot-measure';
  shell.print(`The check is ${posted.conclusion}: ${posted.checkUrl}\n`);
  shell.setOutputs({ verdict, 'check-url': posted.checkUrl, 'comment-url': posted.commentUrl ?? '' });
}

/** The ledger, as far as it counts verdicts. */
async function openStore(shell: Shell, { client, context }: Opened): Promise<BudgetStore> {
  const { repository, serverUrl, runId: id, attempt } = context;
  const actor = await readActor(shell, client);
  const run = { id, attempt, url: `${serverUrl}/${repository.fullName}/actions/runs/${id}` };
  return openLedgerStore(openLedger(client, repository, { now: () => new Date() }), { actor, run });
}

type Evidence = ReturnType<typeof readReportInputs>['evidence'];

async function findPlace({ client, context }: Opened, { subject, run }: Finding): Promise<PostPlace | undefined> {
  const headSha = 'head' in subject ? subject.head.sha : run?.headSha;
  if (headSha === undefined) return undefined;
  const fork = 'head' in subject && subject.fork;
  if (fork && !run) {
    const found = 'this pull request comes from a fork, so the token of its run cannot write';
    throw new UserMistake({
      found,
      fix: 'Use the two files of `workflows/forks`: the second one posts for forks too.',
    });
  }
  const author = await readOwnLogin(client);
  const { repository, serverUrl, runId, attempt } = context;
  const order = run ? { runId: run.id, attempt: run.attempt } : { runId, attempt };
  const runUrl = `${serverUrl}/${repository.fullName}/actions/runs/${order.runId}`;
  return { client, repository, headSha, order, runUrl, author, app: readAppName(author), fork };
}

async function findModels(
  { client, context }: Opened,
  { subject, run }: Finding,
  { result, judged, artifactId, artifactDigest }: Evidence,
  temporary: string,
): Promise<JudgedModel[] | Refusal> {
  if (!('head' in subject)) return { ...(subject.kind === 'gone' ? GONE : AMBIGUOUS), reason: `${subject.reason}.` };
  const ended = run ? (run.conclusion ?? '') : result;
  if (artifactId === '') return refuseResult(ended === 'success' ? `${judged || 'no'} judgement` : ended);
  const { repository, runId } = context;
  const artifact = await readArtifact(client, repository, Number(artifactId));
  const digest = `sha256:${artifactDigest}`;
  const fetched = await fetchArtifactFolder(client, {
    ...{ repository, artifact, runId, digest, temporary },
    expects: isJudgedName,
  });
  if ('fault' in fetched) return refuseArtifact(`${fetched.fault}.`);
  try {
    const { head, draft, fork } = subject;
    return await readJudgedModels(fetched.folder, { result: ended, headSha: head.sha, draft, fork });
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return refuseArtifact(`${describeFound(error)}.`);
  }
}

const GONE: Refusal = {
  kind: 'missing',
  title: 'There is nothing to judge any more',
  reason: '',
  fix: 'Push a new commit, or open the pull request again.',
};

const AMBIGUOUS: Refusal = {
  kind: 'missing',
  title: 'This commit is to be merged into several branches',
  reason: '',
  fix: 'Close all but one of these pull requests, or push a commit to one of them.',
};
