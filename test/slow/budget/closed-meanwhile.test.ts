import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runReport } from '../../../src/actions/pull-request/report.ts';
import { parseLedger } from '../../../src/registry/ledger/chain.ts';
import { pack } from '../../faults/project.ts';
import { perform } from '../../faults/step.ts';
import { MODEL, REPORT } from '../../faults/world.ts';
import { startBusyGitHub } from '../../github/fault-ring.ts';
import { createJudged } from '../../pipeline/budget/evidence.ts';
import { writeJudged } from '../../pipeline/budget/judged-folder.ts';
import { readBranchByGit } from '../../registry/ledger/branch.ts';

test.each(['closed', 'pushed to', 'cancelled'])(
  'a verdict is counted though its pull request was %s meanwhile',
  async (how) => {
    await using github = await startBusyGitHub();
    const repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { 'README.md': 'Hello' } });
    const base = await repository.resolve('main');
    const sha = await repository.commit({ branch: 'change', files: { 'a.txt': 'a' }, author: 'mona' });
    const { number } = await repository.openPullRequest({ head: 'change', author: 'mona' });
    const run = repository.createRun({
      workflowPath: MODEL,
      event: 'pull_request',
      headSha: sha,
      headBranch: 'change',
    });
    run.update({ status: 'completed', conclusion: how === 'cancelled' ? 'cancelled' : 'success' });
    const made = { workflowPath: REPORT, event: 'workflow_run', headSha: base ?? '', headBranch: 'main' };
    const report = repository.createRun({ ...made, status: 'in_progress' });

    const folder = await mkdtemp(join(tmpdir(), 'modelgate-closed-'));
    try {
      const judged = join(folder, 'judged');
      const evidence = createJudged('one', {}, { verdict: { subject: { ...SUBJECT, commit: sha } } });
      await writeJudged(judged, { penguins: evidence }, sha);
      const artifact = report.addArtifact('modelgate-judged', await pack(await readFolder(judged)));

      if (how === 'closed') repository.pullRequest(number).state = 'closed';
      if (how === 'pushed to') await repository.commit({ branch: 'change', files: { 'a.txt': 'b' }, author: 'mona' });
      const event = join(folder, 'event.json');
      await writeFile(event, JSON.stringify(await github.createEvent.workflowRun(repository, run.id, 'completed')));
      const permissions = { actions: 'read', checks: 'write', contents: 'write', 'pull-requests': 'write' } as const;
      const ended = await perform({
        work: runReport,
        folder,
        inputs: {
          phase: 'complete',
          workflow: MODEL,
          comment: 'always',
          token: github.createToken({ repository, permissions }),
          judged: 'success',
          'artifact-id': String(artifact.id),
          'artifact-digest': artifact.digest.slice('sha256:'.length),
        },
        environment: {
          PATH: process.env['PATH'],
          RUNNER_TEMP: folder,
          GITHUB_ACTIONS: 'true',
          GITHUB_ACTOR: 'ada',
          GITHUB_EVENT_NAME: 'workflow_run',
          GITHUB_EVENT_PATH: event,
          GITHUB_REPOSITORY: repository.fullName,
          GITHUB_REPOSITORY_ID: String(repository.id),
          GITHUB_RUN_ID: String(report.id),
          GITHUB_RUN_ATTEMPT: '1',
          GITHUB_SHA: base,
          GITHUB_WORKFLOW_REF: `${repository.fullName}/${REPORT}@refs/heads/main`,
          GITHUB_SERVER_URL: github.serverUrl,
          GITHUB_API_URL: github.apiUrl,
        },
      });
      expect(ended.mistake).toBeUndefined();
      expect(ended.outputs['verdict']).not.toBe('pass');
      const { events } = parseLedger(await readBranchByGit(repository));
      expect(events.map(({ kind, model }) => `${kind} ${model}`)).toEqual(['verdict penguins']);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

const SUBJECT = createJudged().verdict?.subject ?? { dirty: false, config: '', modelFiles: [] };

async function readFolder(folder: string): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    if ((await stat(path)).isFile()) files[name] = await readFile(path);
  }
  return files;
}
