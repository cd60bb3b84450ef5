import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listRemoteTags } from '../../github/fetching.ts';
import { nameRemote } from '../../pipeline/pull-request/sources/history.ts';
import { findWantedBaselines, predictWantedBaselines } from '../../pipeline/pull-request/wanted-baselines.ts';
import { type Run, withRun } from '../../pipeline/run.ts';
import { openLedger } from '../../registry/ledger/branch-ledger.ts';
import type { Shell } from '../shell.ts';
import { readBaselinesInputs } from './inputs.ts';
import { openGitHub } from './opening.ts';

/**
 * Lets released baselines predict today's test set, in a checkout of what was pushed. `find` asks the registry with a token
 * and runs nothing; `predict` has no token and runs the code of the baselines. What stands in the way of one is kept as its
 * reason: the judge decides what it means.
 */
export async function runBaselines(shell: Shell): Promise<void> {
  const { phase, configs, duckdb, token } = readBaselinesInputs(shell.getInput);
  const home = join(shell.environment['RUNNER_TEMP'] || tmpdir(), 'modelgate-baselines');
  const folders = { kept: join(home, 'kept'), models: join(home, 'models') };
  if (phase === 'find') await rm(home, { recursive: true, force: true });
  const surroundings = phase === 'find' ? await openSurroundings(shell, token) : {};
  const work = phase === 'find' ? findWantedBaselines : predictWantedBaselines;
  const { environment, progress, signal } = shell;
  let count = 0;
  let open = 0;
  for (const config of configs) {
    await withRun({ config, duckdb, environment, progress, signal, now: () => new Date() }, async (run) => {
      for (const { name, predictions, reason } of await work({ ...run, ...surroundings }, folders)) {
        const state =
          reason === undefined ? (predictions ? 'has predicted' : 'has to predict') : `cannot predict: ${reason}`;
        shell.print(`${run.project.config.model}: ${name} ${state}.\n`);
        count++;
        if (reason === undefined) open++;
      }
    });
  }
  shell.setOutputs({ wanted: String(phase === 'find' && open > 0), baselines: count > 0 ? folders.kept : '' });
}

async function openSurroundings(shell: Shell, token: string): Promise<Pick<Run, 'listTags' | 'openRegistry'>> {
  const { client, context } = await openGitHub(token, shell);
  const { repository } = context;
  const { folder, signal } = shell;
  const place = { remote: nameRemote(context), token, signal, pause: client.pause };
  return {
    listTags: () => listRemoteTags(folder, place),
    openRegistry: async () => ({
      client,
      repository,
      ledger: openLedger(client, repository, { now: () => new Date() }),
    }),
  };
}
