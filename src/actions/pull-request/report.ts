import { type Problem, UserMistake } from '../../errors.ts';
import { readArtifact } from '../../github/artifacts.ts';
import type { Finding } from '../../github/subject.ts';
import { readAppName, readOwnLogin } from '../../github/viewer.ts';
import { readJudgedModels, refuseResult } from '../../pipeline/pull-request/judged-models.ts';
import { isJudgedName } from '../../pipeline/pull-request/layout.ts';
import { COMMENT_MODES, type PostPlace, postJudged, postOpening } from '../../pipeline/pull-request/posting.ts';
import { fetchArtifactFolder } from '../../pipeline/pull-request/sources/artifact-folder.ts';
import type { JudgedModel } from '../../report/aggregate-check.ts';
import { type Refusal, refuseArtifact } from '../../report/refusals.ts';
import { openInputs } from '../input-values.ts';
import type { Shell } from '../shell.ts';
import { findJudged, type Opened, openGitHub, readScope } from './opening.ts';
import { withTemporary } from './temporary.ts';

/** Where the full report is, in words for the comment. */
const FULL_REPORT = 'the summary of the judging job and the artifact of its run';

/** Opens the check of a run, or completes it and writes the comment. Ends well when everything could be posted. */
export async function runReport(shell: Shell): Promise<void> {
  const inputs = openInputs(shell.getInput);
  const phase = inputs.choice('phase', ['', 'open', 'complete']);
  const comment = inputs.choice('comment', COMMENT_MODES);
  const scope = readScope(inputs);
  const evidence = {
    result: inputs.text('result'),
    judged: inputs.text('judged'),
    artifactId: inputs.text('artifact-id'),
    artifactDigest: inputs.text('artifact-digest').replace(/^sha256:/, ''),
  };
  const problems = [...(phase === '' ? [NO_PHASE] : []), ...findArtifactProblems(evidence)];
  if (problems.length > 0) throw new UserMistake([...inputs.problems, ...problems]);
  const opened = await openGitHub(inputs, shell);
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
  const models = await withTemporary((temporary) => findModels(opened, finding, evidence, temporary));
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

const NO_PHASE: Problem = { found: 'the input `phase` is empty', fix: 'Allowed: open, complete.' };

interface Evidence {
  readonly result: string;
  readonly judged: string;
  readonly artifactId: string;
  readonly artifactDigest: string;
}

function findArtifactProblems({ artifactId, artifactDigest }: Evidence): Problem[] {
  const fix = 'Hand on the outputs of the step that uploaded the artifact, both of them.';
  return [
    ...(/^\d*$/.test(artifactId) ? [] : [{ found: `the input \`artifact-id\` is \`${artifactId}\``, fix }]),
    ...(/^([0-9a-f]{64})?$/.test(artifactDigest)
      ? []
      : [{ found: `the input \`artifact-digest\` is \`${artifactDigest}\``, fix }]),
    ...((artifactId === '') === (artifactDigest === '')
      ? []
      : [{ found: 'only one of `artifact-id` and `artifact-digest` was given', fix }]),
  ];
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
  { client, context }: Opened,
  { subject, run }: Finding,
  { result, judged, artifactId, artifactDigest }: Evidence,
  temporary: string,
): Promise<JudgedModel[] | Refusal> {
  if (!('head' in subject)) return { ...NOTHING, reason: `${subject.reason}.` };
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
    return await readJudgedModels(fetched.folder, { result: ended, headSha: subject.head.sha, draft: subject.draft });
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return refuseArtifact(`${error.problems.map(({ found }) => found).join('; ')}.`);
  }
}

const NOTHING: Refusal = {
  kind: 'missing',
  title: 'There is nothing to judge any more',
  reason: '',
  fix: 'Push a new commit, or open the pull request again.',
};
