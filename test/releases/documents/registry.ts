import { execFileSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readProject } from '../../../src/config/project.ts';
import { listStages } from '../../../src/config/stages.ts';
import type { ReleaseEvent } from '../../../src/evidence/schema/ledger.ts';
import { createClient } from '../../../src/github/client.ts';
import { SILENT } from '../../../src/progress.ts';
import { openLedger } from '../../../src/registry/ledger/branch-ledger.ts';
import { promote } from '../../../src/registry/promotion/promote.ts';
import { publishVersion } from '../../../src/registry/publish/publish.ts';
import { checkVersion } from '../../../src/registry/verify/version.ts';
import { openPenguins } from '../../registry/package/judged-penguins.ts';
import { startGitHub } from '../../support/github/start.ts';
import { ROOT } from '../../support/program.ts';
import { changeParams } from '../../workflows/pull-request/changes.ts';

const STAGES = `stages:
  - staging
  - { name: production, from: [staging], controls: [good-enough] }`;
const ADA = ['-c', 'user.name=Ada', '-c', 'user.email=ada@invalid', '-c', 'commit.gpgsign=false'];

/** A clone in which the commands of a page are typed, and the repository behind it. */
export interface DocumentedRegistry extends AsyncDisposable {
  readonly folder: string;
  /** What a shell finds `modelgate` and GitHub with. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * The penguins with one version, v1.0.0: published on 10 February 2026, in staging from the 12th and in production from
 * the 20th. A change to their parameters is pushed and not yet judged. Everything is made by the program itself.
 */
export async function openDocumentedRegistry(): Promise<DocumentedRegistry> {
  const penguins = await openPenguins();
  const { folder } = penguins;
  let day: string | undefined = '2026-02-10T09:00:00Z';
  const now = () => (day === undefined ? new Date() : new Date(day));
  const github = await startGitHub({ now });
  github.limits.setHourly(1_000_000);
  const repository = await github.createRepository({ owner: 'octo-org', name: 'penguins' });
  repository.addCollaborator('ada', 'write');
  const token = github.createToken({ repository, kind: 'user', login: 'ada' });
  const git = (...args: string[]) => execFileSync('git', [...ADA, ...args], { cwd: folder, stdio: 'ignore' });
  await penguins.change('modelgate.yml', 'stages: [staging, production]', STAGES);
  git('remote', 'add', 'origin', repository.folder);
  const commit = (message: string) => {
    git('commit', '--all', '--message', message);
    git('push', 'origin', 'HEAD:refs/heads/main');
  };
  commit('Ask for the way through staging');
  await penguins.judge(day);
  const client = createClient({ token, apiUrl: github.apiUrl, delays: { second: 0 } });
  const { owner, name, fullName, id } = repository;
  const place = { client, repository: { owner, name, fullName, id } };
  const ledger = openLedger(client, place.repository, { now });
  const who = { actor: 'ada', run: null, now };
  await publishVersion({
    ...{ ...place, ledger, ...who, phase: 'all', progress: SILENT, created: now().toISOString() },
    package: await penguins.assemble(),
    renderNotes: ({ reason }) => reason,
  });
  const { config } = await readProject(folder);
  const verify = (event: ReleaseEvent) => checkVersion(client, place.repository, event, { depth: 'listed' });
  const scene = { ...place, ledger, ...who, author: 'ada', stages: listStages(config), verify };
  for (const [stage, then] of [
    ['staging', '2026-02-12T09:00:00Z'],
    ['production', '2026-02-20T09:00:00Z'],
  ] as const) {
    day = then;
    const asked = { model: 'penguins', version: 'v1.0.0', stage, reason: 'the first', requestedBy: 'ada' };
    const { state } = await promote({ ...scene, asked });
    if (state !== 'promoted') throw new Error(`v1.0.0 did not come into ${stage}: ${state}`);
  }
  day = undefined;
  for (const [path, text] of Object.entries(changeParams(0.4))) await penguins.write(path, text);
  commit('Learn more slowly');
  git('remote', 'set-url', 'origin', repository.cloneUrl);
  const programs = join(folder, '.git', 'programs');
  await installProgram(programs);
  return {
    folder,
    environment: {
      GITHUB_TOKEN: token,
      GITHUB_API_URL: github.apiUrl,
      PATH: `${programs}:${process.env['PATH']}`,
      // Of its own: what another run has fetched would be there already.
      XDG_CACHE_HOME: join(folder, '.git', 'cache'),
    },
    async [Symbol.asyncDispose]() {
      await github[Symbol.asyncDispose]();
      await penguins.remove();
    },
  };
}

/** A program `modelgate` that runs the sources. */
async function installProgram(folder: string): Promise<void> {
  const script = `#!/bin/sh\nexec '${process.execPath}' --no-warnings '${join(ROOT, 'src/cli/entry.ts')}' "$@"\n`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'modelgate'), script);
  await chmod(join(folder, 'modelgate'), 0o755);
}
