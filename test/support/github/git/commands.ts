import { spawn } from 'node:child_process';

/** Nobody's configuration, and no question at a terminal. */
const ENVIRONMENT = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/** What a git command is given beside its arguments. */
export interface GitOptions {
  readonly input?: string | Buffer;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A git command that failed. */
export class GitFault extends Error {
  readonly code: number | null;

  constructor(args: readonly string[], code: number | null, stderr: string) {
    super(`git ${args.join(' ')}: exit ${code}: ${stderr.trim()}`);
    this.code = code;
  }
}

/** Runs git in a bare repository and returns its bytes. Throws a GitFault when it fails. */
export async function runGit(folder: string, args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, { cwd: folder, env: { ...ENVIRONMENT, ...options.environment } });
    const out: Buffer[] = [];
    let stderr = '';
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => {
      stderr += part.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new GitFault(args, code, stderr));
    });
    // git may end before it has read everything; its exit status says so.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/** Runs git and returns its text without the last line's end. */
export async function readGit(folder: string, args: readonly string[], options?: GitOptions): Promise<string> {
  return (await runGit(folder, args, options)).toString('utf8').replace(/\n$/, '');
}

/** The full name of the object that an expression means, or undefined. `kind` peels tags (`commit`, `tree`). */
export async function resolveObject(folder: string, expression: string, kind = 'commit'): Promise<string | undefined> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${expression}^{${kind}}`];
  return readGit(folder, args).catch((error: unknown) => {
    if (error instanceof GitFault) return undefined;
    throw error;
  });
}
