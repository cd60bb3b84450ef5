import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What git says of a folder. `commit` is null outside a repository and before its first commit. */
export interface GitState {
  /** The folder of the working tree, or undefined outside git. */
  readonly root: string | undefined;
  readonly commit: string | null;
  /** Whether tracked files differ from the commit. */
  readonly dirty: boolean;
}

/** Reads the state of the repository that a folder lies in. Outside git, or without git, everything is absent. */
export async function readGitState(folder: string): Promise<GitState> {
  const root = await git(folder, ['rev-parse', '--show-toplevel']).catch(() => undefined);
  if (root === undefined) return { root: undefined, commit: null, dirty: false };
  const commit = await git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']).catch(() => null);
  const changes = await git(folder, ['status', '--porcelain', '--untracked-files=no']).catch(() => 'unknown');
  return { root, commit, dirty: changes !== '' };
}

/** Runs git without a shell, without prompts, within half a minute; standard output, trimmed. Throws on failure. */
export async function git(folder: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execute('git', [...args], {
    cwd: folder,
    timeout: 30_000,
    maxBuffer: 16 * 1024 * 1024,
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
  });
  return stdout.trim();
}
