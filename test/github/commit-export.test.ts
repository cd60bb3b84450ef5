import { execFileSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportCommit } from '../../src/github/commit-export.ts';

let folder: string;
let clone: string;
let commit: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@invalid', '-c', 'commit.gpgsign=false', ...args], {
    cwd: clone,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-export-'));
  clone = join(folder, 'clone');
  await mkdir(join(clone, 'code'), { recursive: true });
  git('init', '--quiet');
  await writeFile(join(clone, 'code/run.sh'), 'echo old\n', { mode: 0o755 });
  await symlink('code/run.sh', join(clone, 'run'));
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Old');
  commit = git('rev-parse', 'HEAD');
  await writeFile(join(clone, 'code/run.sh'), 'echo new\n');
  git('commit', '--quiet', '--all', '--message', 'New');
  // What a candidate could write beside the code of its baseline.
  await writeFile(join(clone, '.gitattributes'), '* text eol=crlf\n');
  await writeFile(join(clone, 'untracked'), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the files of a commit', () => {
  test('are written as they were committed, whatever stands in the working tree, and the clone stays as it is', async () => {
    const state = () => [git('status', '--porcelain'), git('rev-parse', 'HEAD'), git('ls-files', '--stage')];
    const before = state();
    const target = join(folder, 'copy');
    await exportCommit(clone, commit, target);
    expect((await readdir(target)).sort()).toEqual(['code', 'run']);
    expect(await readFile(join(target, 'code/run.sh'), 'utf8')).toBe('echo old\n');
    expect((await lstat(join(target, 'code/run.sh'))).mode & 0o111).not.toBe(0);
    expect(await readlink(join(target, 'run'))).toBe('code/run.sh');
    expect(state()).toEqual(before);
    expect(await readdir(folder)).not.toContain('copy.index');
  });

  test.each(['a'.repeat(40), 'HEAD', '--all'])('are not guessed: %s is refused', async (name) => {
    await expect(exportCommit(clone, name, join(folder, `none-${name}`))).rejects.toThrow();
  });
});
