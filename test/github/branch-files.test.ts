import { gzipSync } from 'node:zlib';
import { Header } from 'tar';
import { describe, expect, test } from 'vitest';
import { commitBranchFile, readBranchFiles } from '../../src/github/branch-files.ts';
import { readCommitArchive } from '../../src/github/commit-archive.ts';
import { FILE_LIMITS } from '../../src/github/file-limits.ts';
import { type GitHub, type Repository, startGitHub } from '../support/github/start.ts';
import { connect } from './hub.ts';

const NOTES = { branch: 'notes', files: { 'a.json': 'one\n', 'deep/b.json': 'two' } };

async function withRepository(work: (github: GitHub, repository: Repository) => Promise<void>): Promise<void> {
  await using github = await startGitHub();
  await work(github, await github.createRepository({ owner: 'octo', name: 'zoo', files: { 'README.md': 'Hello' } }));
}

const reader = (github: GitHub, repository: Repository) => connect(github, repository, { contents: 'read' });
const writer = (github: GitHub, repository: Repository) => connect(github, repository, { contents: 'write' });

describe('reading a branch', () => {
  test('gives all its files as they were committed, in three requests', () =>
    withRepository(async (github, repository) => {
      const commit = await repository.commit({ ...NOTES, from: 'main', files: { ...NOTES.files, 'README.md': null } });
      const before = github.requests.length;
      const read = await readBranchFiles(reader(github, repository), repository, 'notes');
      expect(read?.commit).toBe(commit);
      expect([...(read?.files ?? [])].map(([path, bytes]) => [path, String(bytes)])).toEqual(
        Object.entries(NOTES.files),
      );
      expect(github.requests.length - before).toBe(3);
    }));

  test('needs no token where the repository is public', () =>
    withRepository(async (github, repository) => {
      const { createClient } = await import('../../src/github/client.ts');
      const read = await readBranchFiles(createClient({ apiUrl: github.apiUrl }), repository, 'main');
      expect(read?.files.size).toBe(1);
    }));

  test('finds no branch where there is none', () =>
    withRepository(async (github, repository) => {
      expect(await readBranchFiles(reader(github, repository), repository, 'notes')).toBeUndefined();
    }));

  test.each([
    ['a link', { 'a.json': { mode: '120000' as const, content: '/etc/passwd' } }, {}, '"a.json" is a link'],
    [
      'a large file',
      { 'a.json': 'x'.repeat(101) },
      { file: 100 },
      '"a.json" has 101 bytes, where 100 are read at most',
    ],
    [
      'many bytes',
      { 'a.json': 'x'.repeat(60), 'b.json': 'y'.repeat(60) },
      { bytes: 100 },
      'more than 100 bytes together',
    ],
    ['many files', { 'a.json': '', 'b.json': '', 'c.json': '' }, { files: 2 }, 'there are more than 2 files'],
    ['a large archive', { 'a.json': 'x' }, { packed: 50 }, 'it has more than 50 bytes'],
    ['what unpacks without end', { 'a.json': '0'.repeat(1e7) }, { bytes: 1000, files: 1 }, 'unpacks to far more'],
    ['a name with a line end', { 'a\nb.json': 'x' }, {}, '"a\\\\nb.json" is no plain path'],
    ['a backslash', { 'a\\b.json': 'x' }, {}, 'is no plain path'],
  ])('refuses %s', (_, files, limits, words) =>
    withRepository(async (github, repository) => {
      await repository.commit({ branch: 'notes', files, from: 'main' });
      const reading = readBranchFiles(reader(github, repository), repository, 'notes', { ...FILE_LIMITS, ...limits });
      await expect(reading).rejects.toThrow(words.replaceAll('\\\\', '\\'));
    }),
  );
});

describe('an archive', () => {
  const COMMIT = '1'.repeat(40);
  /** A tar of these entries, packed. */
  const pack = (...entries: { path: string; content?: string; type?: 'File' | 'Link' | 'CharacterDevice' }[]) => {
    const blocks = entries.flatMap(({ path, content = '', type = 'File' }) => {
      const head = Buffer.alloc(512);
      new Header({ path, mode: 0o644, size: content.length, type, linkpath: type === 'Link' ? 'x' : '' }).encode(head);
      return [head, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)];
    });
    return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
  };
  const read = (packed: Buffer) => readCommitArchive(packed, COMMIT, FILE_LIMITS);

  test('is read whatever its folder is called', async () => {
    const all = await read(pack({ path: 'any/a.json', content: 'x' }, { path: 'any/d/b.json', content: 'y' }));
    expect(all).toEqual({
      state: 'read',
      files: new Map([
        ['a.json', Buffer.from('x')],
        ['d/b.json', Buffer.from('y')],
      ]),
    });
  });

  test.each([
    ['a file beside the folder', pack({ path: 'any/a' }, { path: 'other/a' }), '"other/a" lies outside of its folder'],
    ['a file twice', pack({ path: 'any/a' }, { path: 'any/a' }), '"a" is there twice'],
    ['a way out', pack({ path: 'any/../a' }), '"../a" is no plain path'],
    ['a hard link', pack({ path: 'any/a', type: 'Link' }), 'is a link or another special file'],
    ['a device', pack({ path: 'any/a', type: 'CharacterDevice' }), 'is a link or another special file'],
  ])('with %s is refused', async (_, packed, reason) => {
    expect(await read(packed)).toEqual({ state: 'refused', reason: expect.stringContaining(reason) });
  });

  test('that is cut, or none at all, is broken', async () => {
    const whole = pack({ path: 'any/a', content: 'x'.repeat(5000) });
    expect(await read(whole.subarray(0, whole.length - 9))).toMatchObject({ state: 'broken' });
    expect(await read(Buffer.from('<html>'))).toMatchObject({ state: 'broken' });
    expect(await read(gzipSync(Buffer.alloc(700, 1)))).toMatchObject({ state: 'broken' });
  });

  test('of another commit than was asked for is refused', () =>
    withRepository(async (github, repository) => {
      const tip = await repository.commit({ branch: 'notes', files: NOTES.files });
      const { octokit, place } = { octokit: reader(github, repository), place: { owner: 'octo', repo: 'zoo' } };
      const { data } = await octokit.rest.repos.downloadTarballArchive({ ...place, ref: tip });
      const packed = Buffer.from(data as ArrayBuffer);
      expect(await read(packed)).toEqual({ state: 'refused', reason: `it is of commit "${tip}"` });
      expect(await readCommitArchive(packed, tip, FILE_LIMITS)).toMatchObject({ state: 'read' });
    }));
});

describe('writing a file on a branch', () => {
  const file = { branch: 'notes', path: 'n/1.json', content: 'one\n', message: 'One' };

  test('makes the branch without a history, then goes on from its end', () =>
    withRepository(async (github, repository) => {
      const client = writer(github, repository);
      const first = await commitBranchFile(client, repository, { ...file, parent: undefined });
      if (first === 'moved') throw new Error('The branch is new');
      const more = { ...file, path: 'n/2.json', content: 'two\n' };
      await commitBranchFile(client, repository, { ...more, parent: first.commit });
      const read = await readBranchFiles(client, repository, 'notes');
      expect([...(read?.files.keys() ?? [])]).toEqual(['n/1.json', 'n/2.json']);
      expect(github.requests.some(({ body }) => (body as { force?: boolean } | undefined)?.force)).toBe(false);
    }));

  test('changes nothing where the branch is elsewhere, or is there already', () =>
    withRepository(async (github, repository) => {
      const client = writer(github, repository);
      const first = await repository.commit({ branch: 'notes', files: { a: '1' } });
      const tip = await repository.commit({ branch: 'notes', files: { a: '2' } });
      expect(await commitBranchFile(client, repository, { ...file, parent: first })).toBe('moved');
      expect(await commitBranchFile(client, repository, { ...file, parent: undefined })).toBe('moved');
      expect(await repository.resolve('notes')).toBe(tip);
    }));

  test('says what is missing where a rule forbids it', () =>
    withRepository(async (github, repository) => {
      const tip = await repository.commit({ branch: 'notes', files: { a: '1' } });
      const writing = commitBranchFile(reader(github, repository), repository, { ...file, parent: tip });
      await expect(writing).rejects.toThrow(/write to the branch notes.*\n.*\n.*\n\s+contents: write/);
    }));
});
