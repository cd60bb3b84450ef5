import type { Answer, Call, Routes } from '../call.ts';
import { ApiFault, notFound } from '../fault.ts';
import { GitFault, resolveObject } from '../git/commands.ts';
import { readType, type Signature, writeObject, writeSignature, writeTree } from '../git/objects.ts';
import { listTree, readCommit, readObject } from '../git/reading.ts';
import { showCommit } from '../show-commit.ts';
import { writeTime } from '../world.ts';

interface Person {
  readonly name?: string;
  readonly email?: string;
  readonly date?: string;
}

interface TreeBody {
  readonly base_tree?: string;
  readonly tree: readonly { path?: string; mode?: string; type?: string; sha?: string | null; content?: string }[];
}

const UNSIGNED = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/** Git's objects, one by one. */
export const gitDataRoutes: Routes = {
  'git/create-blob': async (call: Call<{ content: string; encoding?: string }>): Promise<Answer> => {
    const { content, encoding = 'utf-8' } = call.body;
    const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
    const sha = await writeObject(call.repository.folder, 'blob', bytes);
    return { status: 201, body: { sha, url: `${call.repository.apiUrl}/git/blobs/${sha}` } };
  },
  'git/get-blob': async (call: Call): Promise<Answer> => {
    const sha = call.params['file_sha'] ?? '';
    if ((await readType(call.repository.folder, sha)) !== 'blob') throw notFound();
    const bytes = await readObject(call.repository.folder, 'blob', sha);
    if (/\braw\b/.test(String(call.headers.accept))) {
      return { status: 200, bytes, headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } };
    }
    const content = bytes.toString('base64').replace(/.{60}/g, '$&\n');
    const url = `${call.repository.apiUrl}/git/blobs/${sha}`;
    return { status: 200, body: { sha, node_id: `B_${sha}`, size: bytes.length, url, content, encoding: 'base64' } };
  },
  'git/create-tree': createTree,
  'git/get-tree': async (call: Call): Promise<Answer> => {
    const name = call.params['tree_sha'] ?? '';
    const commit = /^[0-9a-f]{40}$/.test(name) ? name : await call.repository.resolve(name);
    const tree = commit && (await resolveObject(call.repository.folder, commit, 'tree'));
    if (!tree) throw notFound();
    return { status: 200, body: await showTree(call, tree, call.query['recursive'] !== undefined) };
  },
  'git/create-commit': createCommit,
  'git/get-commit': async (call: Call): Promise<Answer> => {
    const sha = call.params['commit_sha'] ?? '';
    if ((await readType(call.repository.folder, sha)) !== 'commit') throw notFound();
    return { status: 200, body: await showGitCommit(call, sha) };
  },
  'git/create-tag': createTag,
  'git/get-tag': async (call: Call): Promise<Answer> => {
    const sha = call.params['tag_sha'] ?? '';
    if ((await readType(call.repository.folder, sha)) !== 'tag') throw notFound();
    return { status: 200, body: await showTag(call, sha) };
  },
};

async function createTree(call: Call<TreeBody>): Promise<Answer> {
  const { folder } = call.repository;
  const base = call.body.base_tree && (await resolveObject(folder, call.body.base_tree, 'tree'));
  if (call.body.base_tree !== undefined && !base) throw new ApiFault(422, 'base_tree is not a valid tree oid');
  if (call.body.tree.length === 0) throw new ApiFault(422, 'Invalid tree info');
  const changes = [];
  for (const { path = '', mode = '100644', sha, content } of call.body.tree) {
    if (path.split('/').some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git')) {
      throw new ApiFault(422, 'tree.path contains a malformed path component');
    }
    if ((sha === undefined) === (content === undefined)) {
      throw new ApiFault(422, 'Must supply either tree.sha or tree.content.');
    }
    // A submodule's commit lies in another repository.
    const known = typeof sha !== 'string' || mode === '160000' || (await readType(folder, sha)) !== undefined;
    if (!known) throw new ApiFault(422, `tree.sha ${sha} is not a valid blob`);
    const written = content === undefined ? sha : await writeObject(folder, 'blob', content);
    changes.push({ path, mode, sha: written ?? undefined });
  }
  const tree = await refuse(writeTree(folder, base || undefined, changes), 'Invalid tree info');
  return { status: 201, body: await showTree(call, tree, false) };
}

async function createCommit(
  call: Call<{ message: string; tree: string; parents?: string[]; author?: Person; committer?: Person }>,
): Promise<Answer> {
  const { folder } = call.repository;
  const { message, tree, parents = [] } = call.body;
  if ((await readType(folder, tree)) !== 'tree') throw new ApiFault(422, 'Tree SHA does not exist');
  for (const parent of parents) {
    if ((await readType(folder, parent)) !== 'commit') {
      throw new ApiFault(422, 'Parent SHA does not exist or is not a commit object');
    }
  }
  const author = readPerson(call, call.body.author);
  const committer = call.body.committer === undefined ? author : readPerson(call, call.body.committer);
  const text = [
    `tree ${tree}\n`,
    ...parents.map((parent) => `parent ${parent}\n`),
    writeSignature('author', author),
    writeSignature('committer', committer),
    `\n${message}`,
  ];
  const sha = await refuse(writeObject(folder, 'commit', text.join('')), 'Invalid commit');
  return { status: 201, body: await showGitCommit(call, sha) };
}

/** Makes the object alone: the ref is the caller's to make. */
async function createTag(
  call: Call<{ tag: string; message: string; object: string; type: string; tagger?: Person }>,
): Promise<Answer> {
  const { tag, message, object, type } = call.body;
  const { folder } = call.repository;
  if ((await readType(folder, object)) !== type) throw new ApiFault(422, `Object does not exist or is not a ${type}`);
  const tagger = writeSignature('tagger', readPerson(call, call.body.tagger));
  const text = `object ${object}\ntype ${type}\ntag ${tag}\n${tagger}\n${message}`;
  const sha = await refuse(writeObject(folder, 'tag', text), `${tag} is not a valid tag name.`);
  return { status: 201, body: await showTag(call, sha) };
}

/** Who is meant: the owner of the token unless the body says another, now unless it says when. */
function readPerson(call: Call, person: Person | undefined): Signature {
  const login = call.token?.login ?? 'ghost';
  const { id } = call.world.accounts.ensure(login);
  return {
    name: person?.name ?? login,
    email: person?.email ?? `${id}+${login}@users.noreply.github.com`,
    date: person?.date === undefined ? call.world.now() : new Date(person.date),
  };
}

/** What git refuses is a 422. */
async function refuse<T>(work: Promise<T>, message: string): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof GitFault ? new ApiFault(422, message) : error;
  });
}

async function showTree(call: Call, sha: string, recursive: boolean): Promise<Record<string, unknown>> {
  const { apiUrl, folder } = call.repository;
  const entries = await listTree(folder, sha, { recursive });
  const tree = entries.map(({ size, ...entry }) => {
    const url = entry.type === 'commit' ? {} : { url: `${apiUrl}/git/${entry.type}s/${entry.sha}` };
    return { ...entry, ...(size !== undefined && { size }), ...url };
  });
  return { sha, url: `${apiUrl}/git/trees/${sha}`, tree, truncated: false };
}

async function showGitCommit(call: Call, sha: string): Promise<Record<string, unknown>> {
  const { apiUrl, folder } = call.repository;
  const commit = await readCommit(folder, sha);
  const { html_url, parents, node_id } = showCommit(call.repository, commit);
  const { author, committer, message, tree } = commit;
  const shown = { author, committer, message, tree: { sha: tree, url: `${apiUrl}/git/trees/${tree}` } };
  return { sha, node_id, url: `${apiUrl}/git/commits/${sha}`, html_url, parents, verification: UNSIGNED, ...shown };
}

async function showTag(call: Call, sha: string): Promise<Record<string, unknown>> {
  const { apiUrl, folder } = call.repository;
  const text = (await readObject(folder, 'tag', sha)).toString('utf8');
  const head = text.slice(0, text.indexOf('\n\n'));
  const read = (field: string) => new RegExp(`^${field} (.*)$`, 'm').exec(head)?.[1] ?? '';
  const [object, type] = [read('object'), read('type')];
  const {
    name = '',
    email = '',
    seconds = '0',
  } = /^(?<name>.*) <(?<email>[^>]*)> (?<seconds>\d+)/.exec(read('tagger'))?.groups ?? {};
  return {
    sha,
    node_id: `TA_${sha}`,
    url: `${apiUrl}/git/tags/${sha}`,
    tag: read('tag'),
    message: text.slice(head.length + 2).replace(/\n$/, ''),
    tagger: { name, email, date: writeTime(new Date(Number(seconds) * 1000)) },
    object: { sha: object, type, url: `${apiUrl}/git/${type}s/${object}` },
    verification: UNSIGNED,
  };
}
