import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createClient } from '../../../src/github/client.ts';
import { createAnnotatedTag } from '../../../src/github/tags.ts';
import { findBaselines } from '../../../src/pipeline/baselines.ts';
import type { Run } from '../../../src/pipeline/run.ts';
import { withRun } from '../../../src/pipeline/run.ts';
import { SILENT } from '../../../src/progress.ts';
import { openLedger } from '../../../src/registry/ledger/branch-ledger.ts';
import { findReleaseEvent } from '../../../src/registry/ledger/queries.ts';
import type { PublishOptions } from '../../../src/registry/publish/options.ts';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { formatStageTag } from '../../../src/registry/versions/grammar.ts';
import { type JudgedPenguins, openPenguins } from '../../registry/package/judged-penguins.ts';
import { type GitHub, type Repository, startGitHub } from '../../support/github/start.ts';

const NOW = () => new Date('2026-11-22T09:00:00Z');

/** The penguins in a repository of a local GitHub, from where they are released and promoted for real. */
export interface ReleasedPenguins extends JudgedPenguins {
  readonly github: GitHub;
  readonly repository: Repository;
  git(...args: string[]): string;
  /** Commits everything, pushes it, judges it and releases what was judged. */
  release(options?: Partial<PublishOptions>): Promise<string>;
  promote(version: string, stage?: string): Promise<void>;
  /** What the rules of the working copy are compared with. */
  findBaselines(environment?: NodeJS.ProcessEnv): Promise<Awaited<ReturnType<typeof findBaselines>>>;
  /** A run of the working copy. */
  withRun<T>(work: (run: Run) => Promise<T>): Promise<T>;
}

export async function openReleasedPenguins(): Promise<ReleasedPenguins> {
  const penguins = await openPenguins();
  let seconds = 0;
  const github = await startGitHub({ now: () => new Date(Date.UTC(2026, 10, 23) + seconds++ * 10_000) });
  github.limits.setHourly(1_000_000);
  const repository = await github.createRepository({ owner: 'octo', name: 'penguins' });
  const { owner, name, fullName, id } = repository;
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@invalid', '-c', 'commit.gpgsign=false', ...args], {
      cwd: penguins.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  git('remote', 'add', 'origin', repository.folder);
  const token = github.createToken({ repository, permissions: { contents: 'write' } });
  const client = createClient({ token, apiUrl: github.apiUrl, delays: { second: 0 } });
  const place = { owner, name, fullName, id };
  const ledger = openLedger(client, place, { now: NOW });
  const environment = {
    ...process.env,
    GITHUB_REPOSITORY: fullName,
    GITHUB_API_URL: github.apiUrl,
    XDG_CACHE_HOME: join(penguins.folder, '.git/cache'),
    GITHUB_TOKEN: github.createToken({ repository, permissions: { contents: 'read' } }),
  };
  const run = <T>(work: (run: Run) => Promise<T>, more: NodeJS.ProcessEnv = {}) =>
    withRun(
      {
        config: penguins.folder,
        environment: { ...environment, ...more },
        progress: SILENT,
        signal: new AbortController().signal,
        now: NOW,
      },
      work,
    );
  return {
    ...penguins,
    github,
    repository,
    git,
    withRun: run,
    async release(options = {}) {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', 'Change');
      git('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
      await penguins.judge(undefined, environment);
      const published = await publishVersion({
        ...{ client, repository: place, ledger, actor: 'ada', run: null, phase: 'all', progress: SILENT },
        package: await penguins.assemble(),
        created: '2026-11-22T09:00:00.000Z',
        renderNotes: ({ reason }) => reason,
        ...options,
      });
      return published.version;
    },
    async promote(version, stage = 'production') {
      const read = await ledger.read();
      const counter = read.events.filter(({ kind }) => kind === 'promotion').length + 1;
      const tag = formatStageTag('penguins', stage, counter);
      const commit = findReleaseEvent(read, 'penguins', version)?.commit ?? '';
      const about = { model: 'penguins', actor: 'ada', run: null, requestedBy: 'ada', from: null, approvals: [] };
      await ledger.append(() => ({
        append: { kind: 'promotion', id: tag, reason: '', stage, version, counter, tag, commit, ...about },
      }));
      await createAnnotatedTag(client, place, { name: tag, message: version, commit, date: NOW() });
    },
    findBaselines: (more) => run(findBaselines, more),
    async remove() {
      await github[Symbol.asyncDispose]();
      await penguins.remove();
    },
  };
}
