import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { main } from '../../../src/cli/program.ts';
import type { PlacingEvent } from '../../../src/evidence/schema/ledger.ts';
import { readGit } from '../../support/github/git/commands.ts';
import type { Repository } from '../../support/github/start.ts';

/** A clone of a repository, over HTTP, without a token. */
export async function makeClone(repository: Repository) {
  const temporary = await mkdtemp(join(tmpdir(), 'modelgate-ledger-'));
  const folder = join(temporary, 'clone');
  await readGit(temporary, ['clone', '--quiet', repository.cloneUrl, folder]);
  return { folder, [Symbol.asyncDispose]: () => rm(temporary, { recursive: true, force: true }) };
}

/** Runs the command line as a person would in a folder, and keeps what it prints. */
export async function runCommand(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => out.push(String(chunk)) > 0),
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => err.push(String(chunk)) > 0),
  ];
  try {
    const code = await main(args, environment);
    return { code, stdout: out.join(''), stderr: err.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Makes the annotated tag of an event, as placing a version does. */
export async function tagEvent(repository: Repository, event: PlacingEvent): Promise<void> {
  const who = { GIT_COMMITTER_NAME: 'ada', GIT_COMMITTER_EMAIL: 'ada@invalid' };
  const message = `${event.model} ${event.version} in ${event.stage}`;
  const commit = (await repository.resolve('main')) ?? '';
  await readGit(repository.folder, ['tag', '-a', '-m', message, event.tag, commit], { environment: who });
}
