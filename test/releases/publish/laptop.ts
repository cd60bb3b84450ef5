import { execFileSync } from 'node:child_process';
import { vi } from 'vitest';
import { main } from '../../../src/cli/program.ts';
import { type JudgedPenguins, openPenguins } from '../../registry/package/judged-penguins.ts';
import { keepReleases, type ReleaseRecord } from '../../support/github/records/releases.ts';
import { type GitHub, type Repository, startGitHub } from '../../support/github/start.ts';

/** What a command came to. */
export interface Commanded {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The penguins on the laptop of who owns their repository on a local GitHub. */
export interface Laptop extends AsyncDisposable {
  readonly penguins: JudgedPenguins;
  readonly github: GitHub;
  readonly repository: Repository;
  readonly releases: ReleaseRecord[];
  git(...args: string[]): string;
  commit(): void;
  push(): void;
  /** Trains and judges what is committed. */
  judge(): Promise<void>;
  /** Runs `modelgate` there, with variables beside those that name GitHub and the token. */
  command(args: readonly string[], environment?: NodeJS.ProcessEnv): Promise<Commanded>;
}

export async function openLaptop(): Promise<Laptop> {
  const penguins = await openPenguins();
  const github = await startGitHub();
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins' });
  const environment = {
    ...process.env,
    ...{ GITHUB_ACTIONS: '', HF_TOKEN: '', MODELGATE_SIGNING_KEY: '', ACTIONS_ID_TOKEN_REQUEST_URL: '' },
    GITHUB_REPOSITORY: repository.fullName,
    GITHUB_API_URL: github.apiUrl,
    GITHUB_TOKEN: github.createToken({ repository, kind: 'user', login: 'octo', permissions: { contents: 'write' } }),
  };
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@invalid', '-c', 'commit.gpgsign=false', ...args], {
      cwd: penguins.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  git('remote', 'add', 'origin', repository.folder);
  return {
    ...{ penguins, github, repository, git },
    releases: repository.state.part(keepReleases).all,
    commit() {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', 'Change');
    },
    push: () => void git('push', '--quiet', 'origin', 'HEAD:refs/heads/main'),
    judge: () => penguins.judge(undefined, environment),
    async command(args, more = {}) {
      const written = { stdout: '', stderr: '' };
      const spies = (['stdout', 'stderr'] as const).map((name) =>
        vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
          written[name] += String(chunk);
          return true;
        }),
      );
      try {
        const code = await main([...args, '--config', penguins.folder], { ...environment, ...more });
        return { code, ...written };
      } finally {
        for (const spy of spies) spy.mockRestore();
      }
    },
    async [Symbol.asyncDispose]() {
      await github[Symbol.asyncDispose]();
      await penguins.remove();
    },
  };
}
