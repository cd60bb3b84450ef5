import { createHash } from 'node:crypto';
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseLfsPointer, readBlob, writeBlob } from '../../src/github/blobs.ts';
import { fetchCommit } from '../../src/github/fetching.ts';
import { git } from '../../src/github/git.ts';
import {
  diffNames,
  findMergeBase,
  listFirstParents,
  listTree,
  readTree,
  resolveCommit,
} from '../../src/github/objects.ts';

let folder: string;
let work: string;
const PERSON = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'protocol.file.allow=always'];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-objects-'));
  work = join(folder, 'work');
  await mkdir(work);
  await git(work, ['init', '--quiet', '--initial-branch=main']);
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function commit(files: Readonly<Record<string, string | Uint8Array>>, message = 'A commit'): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(work, path, '..'), { recursive: true });
    await writeFile(join(work, path), content);
  }
  await git(work, ['add', '--all']);
  await git(work, [...PERSON, 'commit', '--quiet', '--allow-empty', '-m', message]);
  return await git(work, ['rev-parse', 'HEAD']);
}

test('paths of a commit are found by the letter, with what they are and how large', async () => {
  await mkdir(join(work, 'data'));
  await symlink('../secret.csv', join(work, 'data', 'link.csv'));
  const head = await commit({ 'data/test.csv': 'id\n1\n', 'data/한글 *.csv': 'id\n', 'data/other.csv': '' });
  const paths = ['data', 'data/test.csv', 'data/한글 *.csv', 'data/link.csv', 'data/*.csv', 'gone.csv'];
  const found = new Map((await readTree(work, head, paths)).map((entry) => [entry.path, entry]));
  expect([...found.keys()].sort()).toEqual(['data', 'data/link.csv', 'data/test.csv', 'data/한글 *.csv']);
  expect(found.get('data')).toMatchObject({ kind: 'folder', size: 0 });
  expect(found.get('data/test.csv')).toMatchObject({ kind: 'file', size: 5 });
  expect(found.get('data/link.csv')).toMatchObject({ kind: 'link', size: 13 });
  expect((await listTree(work, head)).map(({ path }) => path)).toEqual([
    'data/link.csv',
    'data/other.csv',
    'data/test.csv',
    'data/한글 *.csv',
  ]);
});

test('nothing is found behind a link, and a submodule is no file', async () => {
  await mkdir(join(work, 'real'));
  await symlink('real', join(work, 'alias'));
  const first = await commit({ 'real/test.csv': 'id\n' });
  await git(work, ['update-index', '--add', '--cacheinfo', `160000,${first},vendor`]);
  await git(work, [...PERSON, 'commit', '--quiet', '-m', 'A submodule']);
  const head = await git(work, ['rev-parse', 'HEAD']);
  expect(await readTree(work, head, ['alias/test.csv'])).toEqual([]);
  expect(await readTree(work, head, ['vendor'])).toMatchObject([{ path: 'vendor', kind: 'submodule', size: 0 }]);
});

test.each(['', '../up.csv', '/etc/passwd', 'a/../b', './a', 'a//b'])('the path %j is no plain path', async (path) => {
  const head = await commit({ 'a.csv': '' });
  await expect(readTree(work, head, [path])).rejects.toThrow('No plain path');
});

test('a blob comes as it was committed, whatever filters and hooks the repository names', async () => {
  const marker = join(folder, 'ran');
  const script = join(folder, 'filter.sh');
  await writeFile(script, `#!/bin/sh\ntouch '${marker}'\ncat\n`);
  await chmod(script, 0o755);
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 256));
  const head = await commit({ 'data.bin': bytes, '.gitattributes': '*.bin filter=evil text eol=crlf diff=evil\n' });
  for (const key of ['filter.evil.smudge', 'filter.evil.clean', 'diff.evil.textconv', 'diff.evil.command']) {
    await git(work, ['config', key, script]);
  }
  await git(work, ['config', 'core.hooksPath', folder]);
  const [entry] = await readTree(work, head, ['data.bin']);
  const written = await writeBlob(work, entry?.oid ?? '', join(folder, 'out'), 1_000_000);
  expect(written).toEqual({ size: 300_000, sha256: createHash('sha256').update(bytes).digest('hex') });
  expect(bytes.equals(await readFile(join(folder, 'out')))).toBe(true);
  expect(bytes.equals(await readBlob(work, entry?.oid ?? '', 300_000))).toBe(true);
  await expect(access(marker)).rejects.toThrow();
});

test('a blob over the limit is refused, and leaves no file', async () => {
  const head = await commit({ 'big.csv': 'x'.repeat(200_000) });
  const [entry] = await readTree(work, head, ['big.csv']);
  await expect(writeBlob(work, entry?.oid ?? '', join(folder, 'out'), 199_999)).rejects.toThrow(
    'more than 199999 bytes',
  );
  await expect(readBlob(work, entry?.oid ?? '', 10)).rejects.toThrow('more than 10 bytes');
  expect(await readdir(folder)).toEqual(['work']);
});

test('a blob never replaces a file, and one that is not there is a fault', async () => {
  const head = await commit({ 'a.csv': 'id\n' });
  const [entry] = await readTree(work, head, ['a.csv']);
  await writeFile(join(folder, 'out'), 'mine');
  await expect(writeBlob(work, entry?.oid ?? '', join(folder, 'out'), 10)).rejects.toThrow('EEXIST');
  expect(await readFile(join(folder, 'out'), 'utf8')).toBe('mine');
  await expect(readBlob(work, '0'.repeat(40), 10)).rejects.toThrow('git cat-file');
});

test('a replaced object is read as it was', async () => {
  const head = await commit({ 'labels.csv': 'id,label\n1,good\n' });
  const [entry] = await readTree(work, head, ['labels.csv']);
  await writeFile(join(folder, 'forged'), 'id,label\n1,bad\n');
  const forged = await git(work, ['hash-object', '-w', join(folder, 'forged')]);
  await git(work, ['replace', entry?.oid ?? '', forged]);
  expect((await readBlob(work, entry?.oid ?? '', 100)).toString()).toContain('good');
});

test('the history tells merge base, first parents and changed paths', async () => {
  const root = await commit({ 'a.csv': 'a', 'b.csv': 'b' });
  await git(work, ['checkout', '--quiet', '-b', 'topic']);
  const topic = await commit({ 'c\nd.csv': 'c', 'b.csv': 'changed' });
  await git(work, ['checkout', '--quiet', 'main']);
  await rm(join(work, 'a.csv'));
  const main = await commit({});
  await git(work, [...PERSON, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'topic']);
  const merge = await resolveCommit(work, 'main');
  expect(await findMergeBase(work, main, topic)).toBe(root);
  expect(await listFirstParents(work, merge ?? '', 10)).toEqual([merge, main, root]);
  expect(await listFirstParents(work, merge ?? '', 2)).toEqual([merge, main]);
  expect(await diffNames(work, root, merge ?? '')).toEqual([
    { path: 'a.csv', change: 'removed' },
    { path: 'b.csv', change: 'changed' },
    { path: 'c\nd.csv', change: 'added' },
  ]);
  expect(await diffNames(work, root, root)).toEqual([]);
});

test('what has no common history has no merge base, and an unknown name no commit', async () => {
  const one = await commit({ 'a.csv': 'a' });
  await git(work, ['checkout', '--quiet', '--orphan', 'other']);
  const other = await commit({ 'b.csv': 'b' }, 'Unrelated');
  expect(await findMergeBase(work, one, other)).toBeUndefined();
  expect(await resolveCommit(work, 'nowhere')).toBeUndefined();
  expect(await resolveCommit(work, '--version')).toBeUndefined();
});

test('only the full id of an object is taken where git could read an option', async () => {
  for (const name of ['main', '--output=x', 'abc', '']) {
    await expect(readTree(work, name, ['a'])).rejects.toThrow('Not the id of an object');
    await expect(listFirstParents(work, name, 1)).rejects.toThrow('Not the id of an object');
  }
});

test('a commit is fetched by its id: no reference, tag or file of the working tree comes with it', async () => {
  const first = await commit({ 'a.csv': 'a' });
  await git(work, ['tag', 'v1']);
  const clone = join(folder, 'clone');
  await git(folder, [...PERSON, 'clone', '--quiet', '--depth=1', '--no-tags', pathToFileURL(work).href, clone]);
  await git(work, ['checkout', '--quiet', '-b', 'topic']);
  const topic = await commit({ 'a.csv': 'changed', 'b.csv': 'b' });
  await git(work, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  const before = await git(clone, ['for-each-ref']);
  await fetchCommit(clone, { remote: pathToFileURL(work).href, commit: topic, token: 'secret', history: true });
  expect(await git(clone, ['for-each-ref'])).toBe(before);
  expect(await readdir(clone)).toEqual(['.git', 'a.csv']);
  expect(await readFile(join(clone, 'a.csv'), 'utf8')).toBe('a');
  expect(await findMergeBase(clone, first, topic)).toBe(first);
});

test('a commit that cannot be fetched says what to do', async () => {
  await commit({ 'a.csv': 'a' });
  const remote = pathToFileURL(work).href;
  const wanted = fetchCommit(work, { remote, commit: '1'.repeat(40), token: 'secret' });
  await expect(wanted).rejects.toThrow('contents: read');
  await expect(wanted).rejects.not.toThrow('secret');
  await expect(fetchCommit(work, { remote: 'ext::sh -c id', commit: '1'.repeat(40) })).rejects.toThrow('A remote is');
});

// The form is that of the git-lfs specification: docs/spec.md, version 1.
test('a note of Git LFS is known from a file', () => {
  const sha256 = '4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393';
  const note = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize 12345\n`;
  expect(parseLfsPointer(note)).toEqual({ sha256, size: 12345 });
  expect(parseLfsPointer(`id,label\n${note}`)).toBeUndefined();
  expect(parseLfsPointer(note.padEnd(2000, ' '))).toBeUndefined();
});
