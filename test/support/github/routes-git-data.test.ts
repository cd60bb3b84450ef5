import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createOctokit, readRefusal } from './octokit.ts';
import { startGitHub } from './start.ts';

const now = () => new Date('2027-03-01T12:00:00Z');

async function open() {
  const github = await startGitHub({ now });
  const repository = await github.createRepository({
    owner: 'octo',
    name: 'penguins',
    files: { 'a.txt': 'a\n', 'data/b.txt': 'b\n', 'data/c.txt': 'c\n' },
  });
  const { git } = createOctokit(github, repository, { contents: 'write' }).rest;
  const tip = (await repository.resolve('main')) ?? '';
  const read = (...args: string[]) => execFileSync('git', args, { cwd: repository.folder, encoding: 'utf8' }).trim();
  const at = { owner: 'octo', repo: 'penguins' };
  return { github, repository, git, tip, at, read, [Symbol.asyncDispose]: () => github[Symbol.asyncDispose]() };
}

test('a commit made of blobs and a tree is the commit that git reads', async () => {
  await using room = await open();
  const { git, at, tip, read } = room;
  const bytes = Buffer.from([0, 1, 2, 255]);
  const blob = (await git.createBlob({ ...at, content: bytes.toString('base64'), encoding: 'base64' })).data;
  expect((await git.getBlob({ ...at, file_sha: blob.sha })).data.content.trim()).toBe(bytes.toString('base64'));
  const tree = (
    await git.createTree({
      ...at,
      base_tree: tip,
      tree: [
        { path: 'model.bin', mode: '100644', type: 'blob', sha: blob.sha },
        { path: 'odd "name"\n', mode: '100755', type: 'blob', content: 'x' },
        { path: 'data/b.txt', mode: '100644', type: 'blob', sha: null },
      ],
    })
  ).data;
  const message = 'One line\n\nMore';
  const author = { name: 'Ada <Lovelace>', email: 'ada@invalid', date: '2020-02-02T02:02:02Z' };
  const commit = (await git.createCommit({ ...at, message, tree: tree.sha, parents: [tip], author })).data;
  expect(commit).toMatchObject({
    message,
    parents: [{ sha: tip }],
    author: { name: 'Ada Lovelace', date: author.date },
  });
  expect(read('ls-tree', '-r', '--name-only', '-z', commit.sha).split('\0')).toEqual([
    'a.txt',
    'data/c.txt',
    'model.bin',
    'odd "name"\n',
    '',
  ]);
  expect(read('fsck', '--strict')).not.toContain('error');
  const listed = (await git.getTree({ ...at, tree_sha: commit.sha, recursive: '1' })).data.tree;
  expect(listed.map(({ path, mode, size }) => [path, mode, size])).toContainEqual(['model.bin', '100644', 4]);
  const plain = (await git.createCommit({ ...at, message, tree: tree.sha })).data;
  expect(plain.author).toMatchObject({ name: 'github-actions[bot]', date: '2027-03-01T12:00:00Z' });
});

test('trees: a folder by its name, a file in place of a folder, and what git cannot hold', async () => {
  await using room = await open();
  const { git, at, tip, read } = room;
  const entry = { mode: '100644', type: 'blob', content: 'x' } as const;
  const data = read('rev-parse', `${tip}:data`);
  const copied = await git.createTree({ ...at, tree: [{ path: 'copy', mode: '040000', type: 'tree', sha: data }] });
  expect(read('ls-tree', '-r', '--name-only', copied.data.sha)).toBe('copy/b.txt\ncopy/c.txt');
  const replaced = await git.createTree({ ...at, base_tree: tip, tree: [{ ...entry, path: 'data' }] });
  expect(read('ls-tree', '-r', '--name-only', replaced.data.sha)).toBe('a.txt\ndata');
  const refuse = (tree: object) => readRefusal(git.createTree({ ...at, tree: [tree] }));
  expect(await refuse({ ...entry, path: '../up' })).toBe('422 tree.path contains a malformed path component');
  expect(await refuse({ ...entry, path: '.git/config' })).toBe('422 tree.path contains a malformed path component');
  expect(await refuse({ path: 'a', mode: '100644', type: 'blob', sha: '1'.repeat(40) })).toMatch(
    /^422 tree.sha 1+ is not/,
  );
  expect(await readRefusal(git.createCommit({ ...at, message: '', tree: tip }))).toBe('422 Tree SHA does not exist');
  expect(await readRefusal(git.getTree({ ...at, tree_sha: '2'.repeat(40) }))).toBe('404 Not Found');
});

test('a tag object stands for itself until a ref names it', async () => {
  await using room = await open();
  const { git, at, tip, read } = room;
  const tag = 'churn#production#3';
  const tagger = { name: 'Ada', email: 'ada@invalid', date: '2020-02-02T02:02:02Z' };
  const made = (await git.createTag({ ...at, tag, message: 'Promote\n\n{}', object: tip, type: 'commit', tagger }))
    .data;
  expect(made).toMatchObject({ tag, message: 'Promote\n\n{}', tagger, object: { sha: tip, type: 'commit' } });
  expect((await git.getTag({ ...at, tag_sha: made.sha })).data).toEqual(made);
  expect(read('tag')).toBe('');
  await git.createRef({ ...at, ref: `refs/tags/${tag}`, sha: made.sha });
  expect(read('rev-parse', `refs/tags/${tag}^{commit}`)).toBe(tip);
  const found = (await git.getRef({ ...at, ref: `tags/${tag}` })).data;
  expect(found).toMatchObject({ ref: `refs/tags/${tag}`, object: { type: 'tag', sha: made.sha } });
  expect(room.github.requests.at(-1)?.path).toContain('tags%2Fchurn%23production%233');
  expect(await readRefusal(git.createTag({ ...at, tag: 'a b', message: '', object: tip, type: 'commit' }))).toBe(
    '422 a b is not a valid tag name.',
  );
  expect(await readRefusal(git.createTag({ ...at, tag: 'a', message: '', object: tip, type: 'tree' }))).toMatch(
    /^422 /,
  );
});

test('a ref is made once, moves forward only, and goes', async () => {
  await using room = await open();
  const { git, at, tip, repository } = room;
  const next = await repository.commit({ branch: 'next', files: { 'a.txt': '2\n' } });
  const side = await repository.commit({ branch: 'side', files: { 'a.txt': '3\n' }, from: tip });
  const create = (ref: string, sha: string) => git.createRef({ ...at, ref, sha });
  await create('refs/heads/ledger', tip);
  expect(await readRefusal(create('refs/heads/ledger', tip))).toBe('422 Reference already exists');
  expect(await readRefusal(create('refs/heads/x', '1'.repeat(40)))).toBe('422 Object does not exist');
  expect(await readRefusal(create('heads/x', tip))).toMatch(/^422 Reference name must start with/);
  expect(await readRefusal(create('refs/heads/x..y', tip))).toBe('422 refs/heads/x..y is not a valid ref name.');
  const update = (sha: string, force = false) => git.updateRef({ ...at, ref: 'heads/ledger', sha, force });
  await update(next);
  expect(await readRefusal(update(side))).toBe('422 Update is not a fast forward');
  await update(side, true);
  expect(await repository.resolve('ledger')).toBe(side);
  await git.deleteRef({ ...at, ref: 'heads/ledger' });
  expect(await readRefusal(git.getRef({ ...at, ref: 'heads/ledger' }))).toBe('404 Not Found');
  expect(await readRefusal(update(next))).toBe('422 Reference does not exist');
  expect(await readRefusal(git.deleteRef({ ...at, ref: 'heads/main' }))).toMatch(/^422 Repository rule violations/);
});

test('of two that move a ref from the same place, one fails', async () => {
  await using room = await open();
  const { git, at, tip, repository } = room;
  const ends = await Promise.all(
    ['one', 'two'].map((branch) => repository.commit({ branch, files: { [branch]: 'x' }, from: tip })),
  );
  await git.createRef({ ...at, ref: 'refs/heads/ledger', sha: tip });
  const moves = await Promise.allSettled(ends.map((sha) => git.updateRef({ ...at, ref: 'heads/ledger', sha })));
  expect(moves.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('refs are found by the start of their names, and tags listed with their commits', async () => {
  await using room = await open();
  const { git, at, tip, github, repository } = room;
  for (const name of ['churn@v1.0.0', 'churn@v1.1.0', 'other@v1.0.0']) {
    await git.createRef({ ...at, ref: `refs/tags/${name}`, sha: tip });
  }
  const found = (await git.listMatchingRefs({ ...at, ref: 'tags/churn@' })).data;
  expect(found.map(({ ref }) => ref)).toEqual(['refs/tags/churn@v1.0.0', 'refs/tags/churn@v1.1.0']);
  const { repos } = createOctokit(github, repository).rest;
  const tags = (await repos.listTags({ ...at, per_page: 2 })).data;
  expect(tags.map(({ name, commit }) => [name, commit.sha])).toEqual([
    ['other@v1.0.0', tip],
    ['churn@v1.1.0', tip],
  ]);
  const reader = createOctokit(github, repository, { contents: 'read' }).rest.git;
  expect(await readRefusal(reader.createRef({ ...at, ref: 'refs/tags/a', sha: tip }))).toBe(
    '403 Resource not accessible by integration',
  );
});
