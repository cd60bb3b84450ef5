import { describe, expect, test } from 'vitest';
import { connect } from './client.ts';
import { startGitHub } from './start.ts';

const place = { owner: 'octo', repo: 'penguins' };

async function startWithPulls() {
  const github = await startGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins', files: { 'a.txt': 'one\n' } });
  const fork = await repository.fork('ada');
  await repository.commit({ branch: 'feature', files: { 'a.txt': 'two\n' } });
  await fork.commit({ branch: 'feature', files: { 'b.txt': 'b\n' } });
  const own = await repository.openPullRequest({ head: 'feature', author: 'eve', draft: true });
  const foreign = await repository.openPullRequest({ head: { repository: fork, branch: 'feature' } });
  return { github, repository, fork, own, foreign, client: connect(github) };
}

describe('a pull request', () => {
  test('has the head and base that git has, and its counts', async () => {
    const { github, repository, own, client } = await startWithPulls();
    await using _ = github;
    const { data } = await client.rest.pulls.get({ ...place, pull_number: own.number });
    expect(data).toMatchObject({
      draft: true,
      mergeable: true,
      commits: 1,
      changed_files: 1,
      additions: 1,
      deletions: 1,
      user: { login: 'eve', type: 'User' },
      author_association: 'NONE',
      head: { sha: await repository.resolve('feature'), ref: 'feature', repo: { id: repository.id } },
      base: { sha: await repository.resolve('main'), ref: 'main' },
      merge_commit_sha: await repository.resolve('pull/1/merge'),
    });
  });

  test('is found by the owner and branch of its head: forks may have the same branch', async () => {
    const { github, fork, foreign, client } = await startWithPulls();
    await using _ = github;
    const { data } = await client.rest.pulls.list({ ...place, state: 'open', head: 'ada:feature' });
    expect(data.map((pull) => [pull.number, pull.head.sha, pull.head.repo.id])).toEqual([
      [foreign.number, foreign.headSha, fork.id],
    ]);
  });

  test('follows its branch; its base stays where it was until the head is pushed again', async () => {
    const { github, repository, fork, foreign, client } = await startWithPulls();
    await using _ = github;
    const merge = await repository.resolve('pull/2/merge');
    await repository.commit({ branch: 'main', files: { 'c.txt': 'c\n' } });
    const stale = await client.rest.pulls.get({ ...place, pull_number: foreign.number });
    expect(stale.data.base.sha).toBe(foreign.baseSha);
    expect(await repository.resolve('pull/2/merge')).not.toBe(merge);
    const head = await fork.commit({ branch: 'feature', files: { 'd.txt': 'd\n' } });
    const { data } = await client.rest.pulls.get({ ...place, pull_number: foreign.number });
    expect(data.head.sha).toBe(head);
    expect(data.base.sha).toBe(await repository.resolve('main'));
    expect(await repository.resolve('pull/2/head')).toBe(head);
  });

  test('that conflicts is not mergeable', async () => {
    const { github, repository, own, client } = await startWithPulls();
    await using _ = github;
    await repository.commit({ branch: 'main', files: { 'a.txt': 'three\n' } });
    const { data } = await client.rest.pulls.get({ ...place, pull_number: own.number });
    expect([data.mergeable, data.mergeable_state]).toEqual([false, 'dirty']);
  });

  test('lists its files, its commits and its reviews', async () => {
    const { github, repository, own, foreign, client } = await startWithPulls();
    await using _ = github;
    repository.addReview(own.number, { login: 'bob', state: 'APPROVED' });
    repository.addCollaborator('bob', 'maintain');
    const files = await client.rest.pulls.listFiles({ ...place, pull_number: own.number });
    expect(files.data).toMatchObject([{ filename: 'a.txt', status: 'modified', patch: '@@ -1 +1 @@\n-one\n+two' }]);
    const commits = await client.rest.pulls.listCommits({ ...place, pull_number: foreign.number });
    expect(commits.data.map((commit) => [commit.sha, commit.author?.login])).toEqual([[foreign.headSha, 'ada']]);
    const reviews = await client.rest.pulls.listReviews({ ...place, pull_number: own.number });
    expect(reviews.data).toMatchObject([
      { state: 'APPROVED', user: { login: 'bob' }, commit_id: own.headSha, author_association: 'COLLABORATOR' },
    ]);
  });
});
