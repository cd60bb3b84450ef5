import { type Answer, answerList, type Call, type Routes, takePage } from '../call.ts';
import { ApiFault, notFound } from '../fault.ts';
import { readGit } from '../git/commands.ts';
import {
  findMergeBase,
  listChanges,
  listCommits,
  listTree,
  readCommit,
  readObject,
  type TreeEntry,
} from '../git/reading.ts';
import type { RepositoryState } from '../repository.ts';
import { showChange, showCommit } from '../show-commit.ts';
import { showRepository } from '../show-repository.ts';

/** Files beyond this many bytes have no content in the answer, only their address. */
const CONTENT_LIMIT = 1_048_576;

/** A repository, its files, commits and branches. */
export const contentRoutes: Routes = {
  'repos/get': (call: Call) => ({
    status: 200,
    body: {
      ...showRepository(call.repository),
      network_count: 0,
      subscribers_count: 0,
      ...(call.repository.parent && {
        parent: showRepository(call.repository.parent),
        source: showRepository(call.repository.parent),
      }),
    },
  }),
  'repos/get-content': getContent,
  'repos/get-commit': async (call: Call): Promise<Answer> => {
    const { repository } = call;
    const sha = await findCommit(call, call.params['ref'] ?? '');
    const commit = await readCommit(repository.folder, sha);
    const parent =
      commit.parents[0] ?? (await readGit(repository.folder, ['hash-object', '-t', 'tree', '--stdin'], { input: '' }));
    const changes = await listChanges(repository.folder, parent, sha);
    const sum = (key: 'additions' | 'deletions') => changes.reduce((total, change) => total + change[key], 0);
    const stats = {
      additions: sum('additions'),
      deletions: sum('deletions'),
      total: sum('additions') + sum('deletions'),
    };
    const files = changes.map((change) => showChange(repository, change, sha));
    return { status: 200, body: { ...showCommit(repository, commit), stats, files } };
  },
  'repos/list-commits': async (call: Call): Promise<Answer> => {
    const { sha = call.repository.defaultBranch, path } = call.query;
    const start = await findCommit(call, String(sha));
    const commits = await listCommits(call.repository.folder, start, path === undefined ? undefined : String(path));
    return answerList(
      call,
      commits.map((commit) => showCommit(call.repository, commit)),
    );
  },
  'repos/compare-commits-with-basehead': compare,
  'repos/get-branch': async (call: Call): Promise<Answer> => {
    const name = call.params['branch'] ?? '';
    const sha = await call.repository.resolve(`heads/${name}`);
    if (sha === undefined) throw new ApiFault(404, 'Branch not found');
    const url = `${call.repository.apiUrl}/branches/${encodeURIComponent(name)}`;
    const commit = showCommit(call.repository, await readCommit(call.repository.folder, sha));
    return {
      status: 200,
      body: { name, commit, protected: false, _links: { self: url, html: `${call.repository.htmlUrl}/tree/${name}` } },
    };
  },
  'repos/list-branches': async (call: Call) => answerList(call, await listRefs(call.repository, 'refs/heads')),
};

/** Refs below a prefix as lists of branches and tags have them. */
async function listRefs(repository: RepositoryState, prefix: string): Promise<Record<string, unknown>[]> {
  const format = '--format=%(refname:lstrip=2)%00%(objectname)';
  const text = await readGit(repository.folder, ['for-each-ref', format, prefix]);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', sha = ''] = line.split('\0');
      return { name, commit: { sha, url: `${repository.apiUrl}/commits/${sha}` }, protected: false };
    });
}

async function findCommit(call: Call, ref: string): Promise<string> {
  const sha = await call.repository.resolve(ref);
  if (sha === undefined) throw new ApiFault(422, `No commit found for SHA: ${ref}`);
  return sha;
}

async function getContent(call: Call): Promise<Answer> {
  const { repository } = call;
  const ref = String(call.query['ref'] ?? repository.defaultBranch);
  const sha = await repository.resolve(ref);
  if (sha === undefined) throw new ApiFault(404, `No commit found for the ref ${ref}`);
  const path = (call.params['path'] ?? '').replace(/\/$/, '');
  const [entry] = path === '' ? [] : await listTree(repository.folder, sha, { path });
  if (path !== '' && entry === undefined) throw notFound();
  if (entry === undefined || entry.type === 'tree') {
    const tree = entry === undefined ? sha : entry.sha;
    const inside = await listTree(repository.folder, tree);
    const prefix = path === '' ? '' : `${path}/`;
    return {
      status: 200,
      body: inside.map((one) => showEntry(repository, { ...one, path: `${prefix}${one.path}` }, ref)),
    };
  }
  const bytes = entry.type === 'blob' ? await readObject(repository.folder, 'blob', entry.sha) : Buffer.alloc(0);
  if (/\braw\b/.test(String(call.headers.accept))) {
    return { status: 200, bytes, headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } };
  }
  const shown = showEntry(repository, entry, ref);
  if (shown['type'] !== 'file') return { status: 200, body: shown };
  const small = bytes.length <= CONTENT_LIMIT;
  const content = small ? bytes.toString('base64').replace(/.{60}/g, '$&\n') : '';
  return { status: 200, body: { ...shown, content, encoding: small ? 'base64' : 'none' } };
}

function showEntry(repository: RepositoryState, entry: TreeEntry, ref: string): Record<string, unknown> {
  const path = entry.path.split('/').map(encodeURIComponent).join('/');
  const url = `${repository.apiUrl}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const html = `${repository.htmlUrl}/blob/${ref}/${path}`;
  const git = `${repository.apiUrl}/git/${entry.type}s/${entry.sha}`;
  const type =
    entry.type === 'tree'
      ? 'dir'
      : entry.type === 'commit'
        ? 'submodule'
        : entry.mode === '120000'
          ? 'symlink'
          : 'file';
  return {
    type,
    size: entry.size ?? 0,
    name: entry.path.split('/').at(-1),
    path: entry.path,
    sha: entry.sha,
    url,
    git_url: git,
    html_url: html,
    download_url: type === 'file' ? `${repository.htmlUrl}/raw/${ref}/${path}` : null,
    _links: { self: url, git, html },
  };
}

/** `base...head`, each a ref; `owner:ref` names a fork's. */
async function compare(call: Call): Promise<Answer> {
  const { repository } = call;
  const [base = '', head = ''] = (call.params['basehead'] ?? '').split('...');
  const [from, to] = await Promise.all([repository.resolve(base), repository.resolve(head)]);
  if (from === undefined || to === undefined) throw notFound();
  const middle = await findMergeBase(repository.folder, from, to);
  if (middle === undefined) throw new ApiFault(404, `No common ancestor between ${base} and ${head}.`);
  const ahead = (await listCommits(repository.folder, `${from}..${to}`)).toReversed();
  const behind = await listCommits(repository.folder, `${to}..${from}`);
  const changes = await listChanges(repository.folder, middle, to);
  const { headers, page } = takePage(call, ahead);
  const html = `${repository.htmlUrl}/compare/${base}...${head}`;
  return {
    status: 200,
    headers,
    body: {
      url: `${repository.apiUrl}/compare/${base}...${head}`,
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: showCommit(repository, await readCommit(repository.folder, from)),
      merge_base_commit: showCommit(repository, await readCommit(repository.folder, middle)),
      status:
        ahead.length > 0 ? (behind.length > 0 ? 'diverged' : 'ahead') : behind.length > 0 ? 'behind' : 'identical',
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: page.map((commit) => showCommit(repository, commit)),
      files: changes.map((change) => showChange(repository, change, to)),
    },
  };
}
