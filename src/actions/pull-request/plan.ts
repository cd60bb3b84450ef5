import { resolve } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import { openCommitFiles } from '../../github/commit-files.ts';
import { listHeadRuns } from '../../github/head-runs.ts';
import type { Subject } from '../../github/subject.ts';
import { resolveConfigPaths } from '../../pipeline/pull-request/config-paths.ts';
import { type PlannedModel, planModels } from '../../pipeline/pull-request/plan.ts';
import { listCandidates } from '../../pipeline/pull-request/sources/candidates.ts';
import { openEarlierRuns } from '../../pipeline/pull-request/sources/earlier-runs.ts';
import { openBaseHistory } from '../../pipeline/pull-request/sources/history.ts';
import type { Shell } from '../shell.ts';
import { readPlanInputs } from './inputs.ts';
import { findJudgedAtTip, isApproved, type Opened, openGitHub } from './opening.ts';
import { withTemporary } from './temporary.ts';

/** Decides what is trained and where, in a checkout of the head that nothing is run from. */
export async function runPlan(shell: Shell): Promise<void> {
  const inputs = readPlanInputs(shell.getInput);
  const { configs, runners } = inputs;
  const words = await readEnvironmentWords(inputs, shell.folder);
  const opened = await openGitHub(inputs.token, shell);
  const { subject } = await findJudgedAtTip(opened, inputs.scope);
  if (!('head' in subject)) throw new UserMistake({ found: subject.reason, fix: 'There is nothing to train.' });
  const reviewed = await isTrainedAlready(opened, subject);
  const runner = subject.fork ? runners.fork : runners.own;
  await openBaseHistory(shell.folder, subject, opened, shell.signal);
  const planned = await withTemporary(shell, async (temporary) =>
    planModels({
      files: openCommitFiles(shell.folder),
      subject,
      configs: resolveConfigPaths(configs),
      environment: { ...words, runner },
      approved: await isApproved(opened, subject),
      runs: openEarlierRuns(opened.client, { ...opened.context, branch: opened.context.defaultBranch, temporary }),
    }),
  );
  const trained = reviewed ? [] : planned.filter(({ action }) => action === 'train');
  for (const { model, action, reason } of planned) {
    shell.print(
      reviewed
        ? `${model}: a run of this commit has ended, and the review trains nothing.\n`
        : `${model}: ${action}: ${reason}.\n`,
    );
  }
  shell.setOutputs({
    head: subject.head.sha,
    base: subject.base?.sha ?? '',
    runner,
    validate: renderMatrix(trained.filter(({ hasData }) => hasData)),
    train: renderMatrix(trained),
    baselines: JSON.stringify(planned.filter(({ hasReleased }) => hasReleased).map(({ config }) => config)),
  });
}

/**
 * Whether a review finds what it needs: it brings no new code, so what a run of the same commit left behind is judged again.
 * Where none has ended well enough, as when it was cancelled or waited for this very approval, the review's run trains.
 */
async function isTrainedAlready({ client, context }: Opened, { head }: Subject): Promise<boolean> {
  if (context.event !== 'pull_request_review') return false;
  const { repository, workflowPath } = context;
  for (const run of await listHeadRuns(client, { repository, workflowPath, head })) {
    if (run.conclusion === 'success') return true;
    if (run.conclusion === 'failure' && (await listCandidates(client, repository, run.id)).size > 0) return true;
  }
  return false;
}

/** What of the machine goes into a model, by name, so that evidence of another machine is not used again. */
async function readEnvironmentWords(
  { installer, container, python, requirements }: ReturnType<typeof readPlanInputs>,
  folder: string,
): Promise<Record<string, string>> {
  if (installer === 'none') return { installer, container };
  const file = installer === 'uv' ? 'uv.lock' : requirements;
  const digest = file && (await hashFile(resolve(folder, file)).catch(() => undefined));
  return { installer, container, python, requirements: digest ? digest.sha256 : 'none' };
}

function renderMatrix(models: readonly PlannedModel[]): string {
  return JSON.stringify(
    models.map(({ config, model, inputsDigest }) => ({ config, model, 'inputs-digest': inputsDigest })),
  );
}
