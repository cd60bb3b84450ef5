import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf } from '../errors.ts';

const execute = promisify(execFile);

/** What git says of a folder. `commit` is null outside a repository and before its first commit. */
export interface GitState {
  /** The folder of the working tree, or undefined outside git. */
  readonly root: string | undefined;
  readonly commit: string | null;
  /** Whether tracked files differ from the commit. */
  readonly dirty: boolean;
  /** Why git could not say, where it is not plain that the folder lies outside of every repository. */
  readonly fault?: string;
}

/** Reads the state of the repository that a folder lies in. Outside git everything is absent. */
export async function readGitState(folder: string): Promise<GitState> {
  let root: string;
  try {
    root = await git(folder, ['rev-parse', '--show-toplevel']);
  } catch (error) {
    const outside = { root: undefined, commit: null, dirty: false };
    return /not a git repository/.test(messageOf(error)) ? outside : { ...outside, fault: readFault(error) };
  }
  const commit = await git(folder, ['rev-parse', '--verify', '--quiet', 'HEAD']).catch(() => null);
  const changes = await git(folder, ['status', '--porcelain', '--untracked-files=no']).catch(() => 'unknown');
  return { root, commit, dirty: changes !== '' };
}

/** The last line of what git said. */
export function readFault(error: unknown): string {
  return messageOf(error).trim().split('\n').at(-1) ?? '';
}

/** What git needs to find itself, its user's settings and its credentials; never a token of the runner. */
const PASSED =
  /^(PATH|HOME|USER|LOGNAME|TMPDIR|TEMP|TMP|SSH_AUTH_SOCK|SSH_AGENT_PID|XDG_CONFIG_HOME|SystemRoot|USERPROFILE|(https?|no|all)_proxy|GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM))$/i;
/** The configuration of a repository may name programs to run, and a candidate can write it. */
const CONFIGURATION = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'protocol.ext.allow=never',
];

function selectGitEnvironment(): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) => PASSED.test(name));
  return { ...Object.fromEntries(passed), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
}

export interface GitOptions {
  /** Milliseconds; half a minute when absent. */
  readonly patience?: number;
  /** What git gets beside its own, such as a credential: never an argument, which other processes can read. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Runs git without a shell and without prompts; standard output, trimmed. Throws on failure. */
export async function git(folder: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  const { stdout } = await execute('git', [...CONFIGURATION, ...args], {
    cwd: folder,
    timeout: options.patience ?? 30_000,
    maxBuffer: 16 * 1024 * 1024,
    env: { ...selectGitEnvironment(), ...options.environment },
    ...(options.signal && { signal: options.signal }),
  });
  return stdout.trim();
}

/** When a commit was made, in whole seconds, UTC: the same for everybody. RFC 3339. Throws where the clone lacks it. */
export async function readCommitTime(folder: string, commit: string): Promise<string> {
  const seconds = Number(await git(folder, ['show', '--no-patch', '--format=%ct', commit, '--']));
  return new Date(seconds * 1000).toISOString();
}

/** Starts git for what is too large to hold, with standard output as a stream; `input` is its standard input. */
export function streamGit(
  folder: string,
  args: readonly string[],
  options: GitOptions & { readonly input?: string } = {},
): ChildProcess {
  const { input } = options;
  const child = spawn('git', [...CONFIGURATION, ...args], {
    cwd: folder,
    timeout: options.patience ?? 30_000,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: { ...selectGitEnvironment(), ...options.environment },
    ...(options.signal && { signal: options.signal }),
  });
  // git may end before it has read everything; its exit status says so.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  return child;
}
