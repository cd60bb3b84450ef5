import type { CommitRecord, FileChange } from './git/reading.ts';
import type { RepositoryState } from './repository.ts';
import { showAccount } from './show-account.ts';

/** Mail addresses that GitHub gives its users; from any other one the account is not known here. */
const OWN_MAIL = /^(?:\d+\+)?(?<login>[^@]+)@users\.noreply\.github\.com$/;

/** A commit as GitHub's answers have it. The accounts are those of GitHub's own mail addresses. */
export function showCommit(repository: RepositoryState, commit: CommitRecord): Record<string, unknown> {
  const { apiUrl, htmlUrl, world } = repository;
  const find = (mail: string) => {
    const login = OWN_MAIL.exec(mail)?.groups?.['login'];
    return login === undefined ? null : showAccount(world, login);
  };
  return {
    sha: commit.sha,
    node_id: `C_${commit.sha}`,
    url: `${apiUrl}/commits/${commit.sha}`,
    html_url: `${htmlUrl}/commit/${commit.sha}`,
    comments_url: `${apiUrl}/commits/${commit.sha}/comments`,
    commit: {
      url: `${apiUrl}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      comment_count: 0,
      tree: { sha: commit.tree, url: `${apiUrl}/git/trees/${commit.tree}` },
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    author: find(commit.author.email),
    committer: find(commit.committer.email),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${apiUrl}/commits/${sha}`,
      html_url: `${htmlUrl}/commit/${sha}`,
    })),
  };
}

/** A changed file as GitHub's answers have it (`diff-entry`). */
export function showChange(repository: RepositoryState, change: FileChange, ref: string): Record<string, unknown> {
  const path = change.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: change.blob,
    filename: change.path,
    ...(change.previous !== undefined && { previous_filename: change.previous }),
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${repository.htmlUrl}/blob/${ref}/${path}`,
    raw_url: `${repository.htmlUrl}/raw/${ref}/${path}`,
    contents_url: `${repository.apiUrl}/contents/${path}?ref=${ref}`,
    ...(change.patch !== undefined && { patch: change.patch }),
  };
}
