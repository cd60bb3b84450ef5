import type { RepositoryState } from './repository.ts';
import { showAccount } from './show-account.ts';
import { writeTime } from './world.ts';

/** The addresses that an answer about a repository has, below its own. */
const ADDRESSES = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
};

/** A repository as GitHub's answers have it inside of others (`minimal-repository`). */
export function showMinimalRepository(repository: RepositoryState): Record<string, unknown> {
  const { world, owner, name, fullName, id } = repository;
  const addresses = Object.entries(ADDRESSES).map(([key, rest]) => [key, `${repository.apiUrl}${rest}`]);
  return {
    id,
    node_id: `R_${id}`,
    name,
    full_name: fullName,
    private: repository.private,
    owner: showAccount(world, owner),
    html_url: repository.htmlUrl,
    description: null,
    fork: repository.parent !== undefined,
    url: repository.apiUrl,
    ...Object.fromEntries(addresses),
  };
}

/** A repository as webhooks and pull requests have it. */
export function showRepository(repository: RepositoryState): Record<string, unknown> {
  const time = writeTime(repository.created);
  return {
    ...showMinimalRepository(repository),
    clone_url: `${repository.htmlUrl}.git`,
    git_url: `git://github.invalid/${repository.fullName}.git`,
    ssh_url: `git@github.invalid:${repository.fullName}.git`,
    svn_url: repository.htmlUrl,
    homepage: null,
    mirror_url: null,
    language: null,
    license: null,
    size: 1,
    default_branch: repository.defaultBranch,
    visibility: repository.private ? 'private' : 'public',
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    is_template: false,
    allow_forking: true,
    web_commit_signoff_required: false,
    topics: [],
    forks: 0,
    forks_count: 0,
    open_issues: 0,
    open_issues_count: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    created_at: time,
    updated_at: time,
    pushed_at: time,
  };
}
