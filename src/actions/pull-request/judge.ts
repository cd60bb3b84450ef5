import { join } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { createClient } from '../../github/client.ts';
import { openCommitFiles } from '../../github/commit-files.ts';
import { listRemoteTags } from '../../github/fetching.ts';
import type { Finding } from '../../github/subject.ts';
import { type JudgedRun, judgeAll } from '../../pipeline/pull-request/judge-all.ts';
import { openApprovals } from '../../pipeline/pull-request/sources/approvals.ts';
import { fetchCandidates } from '../../pipeline/pull-request/sources/candidates.ts';
import { openEarlierRuns } from '../../pipeline/pull-request/sources/earlier-runs.ts';
import { nameRemote, openBaseHistory } from '../../pipeline/pull-request/sources/history.ts';
import { openInputs } from '../input-values.ts';
import type { Shell } from '../shell.ts';
import { presentJudged } from './judged-summary.ts';
import { findJudgedAtTip, type Opened, openGitHub, readScope } from './opening.ts';
import { withTemporary } from './temporary.ts';

const BASE_FIX = 'Hand on the output of the action subject, or nothing.';

interface Wanted {
  readonly configs: readonly string[];
  readonly duckdb: string | undefined;
  readonly teamToken: string;
}

/** Judges every model of a run in a checkout of what judges, and leaves a folder to upload. Ends well when nothing blocks. */
export async function runJudge(shell: Shell): Promise<void> {
  const inputs = openInputs(shell.getInput);
  const wanted = {
    configs: inputs.paths('config'),
    duckdb: inputs.path('duckdb'),
    teamToken: inputs.text('team-token'),
  };
  const scope = readScope(inputs);
  const base = inputs.text('base');
  const wrong = /^([0-9a-f]{40}([0-9a-f]{24})?)?$/.test(base)
    ? []
    : [{ found: `the input \`base\` is \`${base}\``, fix: BASE_FIX }];
  if (wrong.length > 0) throw new UserMistake([...inputs.problems, ...wrong]);
  const opened = await openGitHub(inputs, shell);
  const finding = await findJudgedAtTip(opened, scope, base);
  if (!('head' in finding.subject)) {
    // Nobody waits for a verdict on what is closed; the outputs stay empty, and nothing reads as a pass.
    shell.print(`Nothing to judge: ${finding.subject.reason}.\n`);
    shell.setOutputs({ verdict: 'cannot-measure', judged: '' });
    process.exitCode = 1;
    return;
  }
  const output = join(process.env['RUNNER_TEMP'] ?? process.cwd(), 'modelgate-judged');
  const judged = await withTemporary((temporary) => judge(shell, opened, finding, { ...wanted, output, temporary }));
  const verdict = await presentJudged(shell, output, judged.index);
  shell.setOutputs({ verdict, judged: output });
  if (judged.blocks) process.exitCode = 1;
}

async function judge(
  { progress, signal }: Shell,
  opened: Opened,
  { subject, run }: Finding,
  { configs, duckdb, teamToken, output, temporary }: Wanted & { readonly output: string; readonly temporary: string },
): Promise<JudgedRun> {
  if (!('head' in subject)) throw new Error('there is nothing to judge');
  const { client, context } = opened;
  const { repository, apiUrl } = context;
  const checkout = process.cwd();
  await openBaseHistory(checkout, subject, opened, signal);
  const files = openCommitFiles(checkout);
  const judgedRun = run ?? { id: context.runId, event: context.event, workflowPath: context.workflowPath };
  const place = { repository, workflowPath: judgedRun.workflowPath, temporary };
  const teamClient = teamToken === '' ? undefined : createClient({ token: teamToken, apiUrl, signal });
  return judgeAll({
    files,
    subject,
    checkout,
    configs,
    output,
    candidates: await fetchCandidates(client, { ...place, subject, run: judgedRun }),
    runs: openEarlierRuns(client, { ...place, branch: context.defaultBranch, runId: judgedRun.id }),
    findApprovals: openApprovals(client, { repository, subject, files, ...(teamClient && { teamClient }) }),
    listTags: () => listRemoteTags(checkout, { remote: nameRemote(context), token: opened.token, signal }),
    duckdb,
    environment: process.env,
    progress,
    signal,
    now: () => new Date(),
  });
}
