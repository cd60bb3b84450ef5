import { join } from 'node:path';
import { openCommitFiles } from '../../github/commit-files.ts';
import { listRemoteTags } from '../../github/fetching.ts';
import type { Finding } from '../../github/subject.ts';
import { type JudgedRun, judgeAll } from '../../pipeline/pull-request/judge-all.ts';
import { openApprovals } from '../../pipeline/pull-request/sources/approvals.ts';
import { fetchCandidates } from '../../pipeline/pull-request/sources/candidates.ts';
import { openEarlierRuns } from '../../pipeline/pull-request/sources/earlier-runs.ts';
import { nameRemote, openBaseHistory } from '../../pipeline/pull-request/sources/history.ts';
import { openLedger } from '../../registry/ledger/branch-ledger.ts';
import type { Shell } from '../shell.ts';
import { readJudgeInputs } from './inputs.ts';
import { presentJudged } from './judged-summary.ts';
import { connect, findJudgedAtTip, isApproved, type Opened, openGitHub } from './opening.ts';
import { withTemporary } from './temporary.ts';

type Wanted = Pick<ReturnType<typeof readJudgeInputs>, 'configs' | 'duckdb' | 'teamToken'>;

/** Judges every model of a run in a checkout of what judges, and leaves a folder to upload. Ends well when nothing blocks. */
export async function runJudge(shell: Shell): Promise<void> {
  const { scope, base, token, ...wanted } = readJudgeInputs(shell.getInput);
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
  const judged = await withTemporary(shell, (temporary) =>
    judge(shell, opened, finding, { ...wanted, output, temporary }),
  );
  const verdict = await presentJudged(shell, output, judged.index, { reported: finding.subject.kind !== 'push' });
  shell.setOutputs({ verdict, judged: output });
  if (judged.blocks) shell.block();
}

async function judge(
  shell: Shell,
  opened: Opened,
  { subject, run }: Finding,
  { configs, duckdb, teamToken, output, temporary }: Wanted & { readonly output: string; readonly temporary: string },
): Promise<JudgedRun> {
  if (!('head' in subject)) throw new Error('there is nothing to judge');
  const { client, context, token } = opened;
  const { repository } = context;
  const { progress, signal, environment, folder: checkout } = shell;
  await openBaseHistory(checkout, subject, opened, signal);
  const files = openCommitFiles(checkout);
  const judgedRun = run ?? { id: context.runId, event: context.event, workflowPath: context.workflowPath };
  const place = { repository, workflowPath: judgedRun.workflowPath, temporary };
  const teamClient = teamToken === '' ? undefined : connect(shell, context, teamToken);
  const { candidates, mayReuse } = await fetchCandidates(client, {
    ...place,
    subject,
    run: judgedRun,
    most: 2 * configs.length,
  });
  return judgeAll({
    files,
    subject,
    checkout,
    configs,
    output,
    candidates,
    // A draft and a fork that waits were not trained on purpose: nothing may stand in for what that would have shown.
    mayReuse: mayReuse && !subject.draft && (await isApproved(opened, subject)),
    runs: openEarlierRuns(client, { ...place, branch: context.defaultBranch, runId: judgedRun.id }),
    findApprovals: openApprovals(client, { repository, subject, files, ...(teamClient && { teamClient }) }),
    listTags: () => listRemoteTags(checkout, { remote: nameRemote(context), token, signal, pause: client.pause }),
    openRegistry: async () => ({
      client,
      repository,
      ledger: openLedger(client, repository, { now: () => new Date() }),
    }),
    duckdb,
    environment,
    progress,
    signal,
    now: () => new Date(),
  });
}
