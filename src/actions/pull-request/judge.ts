import { join } from 'node:path';
import { readArtifact } from '../../github/artifacts.ts';
import { openCommitFiles } from '../../github/commit-files.ts';
import { listRemoteTags } from '../../github/fetching.ts';
import type { Finding, Subject } from '../../github/subject.ts';
import { type JudgeAllInput, type JudgedRun, judgeAll } from '../../pipeline/pull-request/judge-all.ts';
import type { CandidateFolder } from '../../pipeline/pull-request/judge-input.ts';
import { isBaselinesName } from '../../pipeline/pull-request/layout.ts';
import { openApprovals } from '../../pipeline/pull-request/sources/approvals.ts';
import { fetchArtifactFolder } from '../../pipeline/pull-request/sources/artifact-folder.ts';
import { fetchCandidates } from '../../pipeline/pull-request/sources/candidates.ts';
import { openEarlierRuns } from '../../pipeline/pull-request/sources/earlier-runs.ts';
import { nameRemote, openBaseHistory } from '../../pipeline/pull-request/sources/history.ts';
import { openLedger } from '../../registry/ledger/branch-ledger.ts';
import { type Connections, listSecrets } from '../connections.ts';
import type { Shell } from '../shell.ts';
import { readJudgeInputs } from './inputs.ts';
import { presentJudged } from './judged-summary.ts';
import { connect, findJudgedAtTip, isApproved, type Opened, openGitHub } from './opening.ts';
import { withTemporary } from './temporary.ts';

type Wanted = Pick<
  ReturnType<typeof readJudgeInputs>,
  'configs' | 'duckdb' | 'memory' | 'teamToken' | 'baselines' | 'connections'
>;

/**
 * Judges every model of a run in a checkout of what judges, and leaves a folder to upload. Ends well when nothing blocks.
 * Of a pull request, the verdict of a model whose test set has a budget is not for this job to tell, and it is measured
 * only where the folder goes to the job that counts, `forReport`.
 */
export async function runJudge(shell: Shell): Promise<void> {
  const { scope, base, token, forReport, ...wanted } = readJudgeInputs(shell.getInput);
  shell.hide(listSecrets(wanted.connections));
  const opened = await openGitHub(token, shell);
  const finding = await findJudgedAtTip(opened, scope, base);
  if (!('head' in finding.subject)) {
    // Nobody waits for a verdict on what is closed; the outputs stay empty, and nothing reads as a pass.
    shell.print(`Nothing to judge: ${finding.subject.reason}.\n`);
    shell.setOutputs({ verdict: 'cannot-measure', judged: '' });
    shell.block();
    return;
  }
  const output = join(shell.environment['RUNNER_TEMP'] ?? shell.folder, 'modelgate-judged');
  const reported = finding.subject.kind !== 'push';
  const budgeted = reported ? (forReport ? 'kept' : 'left') : 'shown';
  const { index } = await withTemporary(shell, (temporary) =>
    judge(shell, opened, finding, { ...wanted, budgeted, output, temporary }),
  );
  const { outcome, blocks, countedLater } = await presentJudged(shell, output, index, { reported });
  shell.setOutputs({ verdict: outcome, 'counted-later': String(countedLater), judged: output });
  if (blocks) shell.block();
}

interface Judging extends Wanted, Pick<JudgeAllInput, 'budgeted' | 'output'> {
  readonly temporary: string;
}

async function judge(
  shell: Shell,
  opened: Opened,
  { subject, run }: Finding,
  { configs, duckdb, memory, teamToken, baselines, connections, budgeted, output, temporary }: Judging,
): Promise<JudgedRun> {
  if (!('head' in subject)) throw new Error('there is nothing to judge');
  const { client, context, token } = opened;
  const { repository } = context;
  const { progress, signal, folder: checkout } = shell;
  const environment = { ...shell.environment, ...mayConnect(shell, subject, connections) };
  await openBaseHistory(checkout, subject, opened, signal);
  const files = openCommitFiles(checkout);
  const judgedRun = run ?? { id: context.runId, event: context.event, workflowPath: context.workflowPath };
  const place = { repository, workflowPath: judgedRun.workflowPath, temporary };
  const teamClient = teamToken === '' ? undefined : connect(shell, context, teamToken);
  // What a stranger's run left behind could ask the test set for ever, and spend its budget, before anybody looked at it.
  const approved = await isApproved(opened, subject);
  const { candidates, mayReuse } = approved
    ? await fetchCandidates(client, { ...place, subject, run: judgedRun, most: 2 * configs.length })
    : { candidates: new Map(), mayReuse: false };
  const ownBaselines = await fetchOwnBaselines(opened, subject, baselines, temporary);
  return judgeAll({
    files,
    subject,
    checkout,
    configs,
    output,
    candidates,
    // A draft and a fork that waits are not trained on purpose: nothing may stand in for what that would have shown.
    mayReuse: mayReuse && !subject.draft,
    budgeted,
    ...(ownBaselines && { ownBaselines }),
    runs: openEarlierRuns(client, { ...place, branch: context.defaultBranch, runId: judgedRun.id }),
    findApprovals: openApprovals(client, { repository, subject, files, ...(teamClient && { teamClient }) }),
    listTags: () => listRemoteTags(checkout, { remote: nameRemote(context), token, signal, pause: client.pause }),
    openRegistry: async () => ({
      client,
      repository,
      ledger: openLedger(client, repository, { now: () => new Date() }),
    }),
    duckdb,
    memory,
    environment,
    progress,
    signal,
    now: () => new Date(),
  });
}

/** The check of a stranger's change asks no database: what it says of the rows would be there for the stranger to read. */
function mayConnect({ progress }: Shell, { fork }: Subject, connections: Connections): Connections {
  if (!fork || Object.keys(connections).length === 0) return connections;
  progress.info('This change comes from a fork, so its check has no connection to a database.');
  return {};
}

/** What the models of baselines predicted in this run, verified by its digest: of a push alone, whose code was merged. */
async function fetchOwnBaselines(
  { client, context }: Opened,
  { kind }: Subject,
  { artifactId, artifactDigest }: Wanted['baselines'],
  temporary: string,
): Promise<CandidateFolder | undefined> {
  if (kind !== 'push' || artifactId === '') return undefined;
  const { repository, runId } = context;
  const artifact = await readArtifact(client, repository, Number(artifactId));
  const place = { repository, artifact, runId, digest: `sha256:${artifactDigest}`, temporary };
  return fetchArtifactFolder(client, { ...place, expects: isBaselinesName });
}
