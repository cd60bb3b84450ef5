import { describeFound, UserMistake } from '../../errors.ts';
import type { EvidenceSet } from '../../evidence/document.ts';
import type { Finding } from '../../github/subject.ts';
import { readAppName, readOwnLogin } from '../../github/viewer.ts';
import { countFolder, replaceRefused } from '../../pipeline/budget/judged.ts';
import { withholdsVerdict } from '../../pipeline/budget/withheld.ts';
import { readJudgedModels, refuseResult } from '../../pipeline/pull-request/judged-models.ts';
import { type PostPlace, postJudged, postOpening } from '../../pipeline/pull-request/posting.ts';
import type { JudgedModel } from '../../report/aggregate-check.ts';
import { renderMarkdown } from '../../report/markdown.ts';
import { isRefusal, type Refusal, refuseArtifact } from '../../report/refusals.ts';
import type { Shell } from '../shell.ts';
import { openStore, runCount } from './counting.ts';
import { type ReportedEvidence, readReportInputs } from './inputs.ts';
import { type Fetched, fetchJudged } from './judged-artifact.ts';
import { findJudged, type Opened, openGitHub } from './opening.ts';
import { withTemporary } from './temporary.ts';

/** Where the full report is, in words for the comment. */
const FULL_REPORT = 'the summary of the judging job and the artifact of its run';
/** The same of a verdict that the judging job withholds until it is counted. */
const COUNTED_REPORT = 'the summary of the job that posts and the artifact of the run that judged';

/**
 * Opens the check of a run, completes it and writes the comment, or counts what a run that posts nothing has told. Ends well
 * when everything could be posted, or counted.
 */
export async function runReport(shell: Shell): Promise<void> {
  const { phase, comment, evidence, scope, token } = readReportInputs(shell.getInput);
  const opened = await openGitHub(token, shell);
  if (phase === 'count') return runCount(shell, opened, evidence);
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
  const models = await withTemporary(shell, async (temporary) => {
    const fetched = await fetchJudged(opened, evidence, temporary);
    // Counted before anybody looks whether it is still wanted: who can read the repository can read the artifact.
    const refused =
      fetched && 'folder' in fetched && (await countFolder(fetched.folder, () => openStore(shell, opened)));
    const found = await findModels(finding, evidence, fetched);
    return 'fix' in found || !refused ? found : replaceRefused(found, refused);
  });
  const head = 'head' in subject ? subject : undefined;
  const counted = 'fix' in models ? [] : models.flatMap(listCounted);
  if (counted.length > 0) await shell.postSummary(counted.map(renderMarkdown).join('\n'));
  const posted = await postJudged({
    ...place,
    models,
    comment,
    report: counted.length > 0 ? COUNTED_REPORT : FULL_REPORT,
    ...(head?.number !== undefined && { number: head.number }),
    ...(head?.base && { baseRef: head.base.ref }),
  });
  const verdict =
    posted.conclusion === 'success' ? 'pass' : posted.conclusion === 'failure' ? 'fail' : 'cannot-measure';
  shell.print(`The check is ${posted.conclusion}: ${posted.checkUrl}\n`);
  shell.setOutputs({ verdict, 'check-url': posted.checkUrl, 'comment-url': posted.commentUrl ?? '' });
}

/** What the judging job kept back until it was counted, and may be told now. */
function listCounted({ judged }: JudgedModel): readonly EvidenceSet[] {
  return !isRefusal(judged) && withholdsVerdict(judged) ? [judged] : [];
}

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
  { subject, run }: Finding,
  { result, judged }: ReportedEvidence,
  fetched: Fetched | undefined,
): Promise<readonly JudgedModel[] | Refusal> {
  if (!('head' in subject)) return { ...(subject.kind === 'gone' ? GONE : AMBIGUOUS), reason: `${subject.reason}.` };
  const ended = run ? (run.conclusion ?? '') : result;
  if (fetched === undefined) return refuseResult(ended === 'success' ? `${judged || 'no'} judgement` : ended);
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
