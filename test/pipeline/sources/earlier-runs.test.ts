import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { openEarlierRuns } from '../../../src/pipeline/pull-request/sources/earlier-runs.ts';
import { connect } from '../../github/hub.ts';
import { startGitHub } from '../../support/github/start.ts';

const WORKFLOW = '.github/workflows/model.yml';

test('the run of a tag that has the name of the branch is no baseline: its commit was never pushed there', async () => {
  await using github = await startGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'zoo', files: { a: '1' } });
  const forged = await repository.commit({ branch: 'side', files: { [WORKFLOW]: 'forged' } });
  const pushed = String(await repository.resolve('main'));
  await repository.setRef('refs/tags/main', forged);
  const runs = [forged, pushed].map((headSha) => {
    const about = { workflowPath: WORKFLOW, event: 'push', headSha, headBranch: 'main' };
    return repository.createRun({ ...about, status: 'completed', conclusion: 'success' });
  });
  const place = { repository, workflowPath: WORKFLOW, branch: 'main', runId: 0, temporary: tmpdir() };
  const earlier = openEarlierRuns(connect(github, repository, { actions: 'read', contents: 'read' }), place);
  const [ofTag, ofPush] = await Promise.all(
    runs.map(({ id, record }) => earlier.fetchJudged({ id, commit: record.headSha })),
  );
  expect(ofTag).toEqual({ fault: expect.stringContaining('which was never pushed to main') });
  expect(ofPush).toEqual({ fault: expect.stringContaining('has no artifact modelgate-judged any more') });
});
