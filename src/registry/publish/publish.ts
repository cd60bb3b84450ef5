import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserMistake } from '../../errors.ts';
import { BurntTag } from '../../github/releases.ts';
import { removeLeftovers } from './draft.ts';
import type { Published, PublishOptions } from './options.ts';
import { planFiles } from './plan-files.ts';
import { settleEvents } from './settle.ts';
import { surveyRegistry } from './survey.ts';
import { makeVersion } from './version.ts';

/** How often we begin anew because others were faster. */
const TURNS = 6;

/**
 * Makes a version of a package: draft, assets, ledger event, annotated tag, published release, in this order. Every step
 * looks at what is there before it writes, so after a crash, a lost connection or a race the next run finishes what it
 * finds; a version exists for others only when everything of it is there. The same content is never published twice.
 * Throws UserMistake with everything that stands against it, where possible before the first byte is sent.
 */
export async function publishVersion(options: PublishOptions): Promise<Published> {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-publish-'));
  try {
    const files = await planFiles(options);
    const burnt = new Set<string>();
    for (let turn = 1; turn <= TURNS; turn++) {
      options.signal?.throwIfAborted();
      if (turn > 1) await options.client.pause(5 * turn);
      const survey = await surveyRegistry(options, burnt);
      const settled = await settleEvents(options, survey, { files, turn, patient: turn < TURNS });
      if (settled === 'again') continue;
      if ('state' in settled) {
        if (settled.state === 'identical' && options.dryRun !== true) await removeLeftovers(options, survey.releases);
        return settled;
      }
      const made = await makeVersion(options, survey, {
        files,
        folder,
        waits: turn > 1 && turn < TURNS && !settled.resumed,
        ...settled,
      }).catch((error: unknown) => {
        // Only trying to take a name tells that it is burnt: another one is taken then.
        if (!(error instanceof BurntTag) || options.phase === 'finish') throw error;
        burnt.add(error.tag);
        return 'again' as const;
      });
      if (made !== 'again') return made;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const found = `other runs are publishing ${options.package.model} at the same time, and were faster ${TURNS} times`;
  throw new UserMistake({ found, fix: 'Run it again when they have ended.' });
}
