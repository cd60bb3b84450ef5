import { execFileSync } from 'node:child_process';
import type { LedgerEvent } from '../../../src/evidence/schema/ledger.ts';
import type { ReleaseScene } from './scene.ts';

/** The events of the ledger, by git alone. */
export async function readLedgerOf({ repository }: ReleaseScene): Promise<LedgerEvent[]> {
  const git = (...args: string[]) =>
    execFileSync('git', ['--git-dir', repository.folder, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const paths = git('ls-tree', '-r', '--name-only', 'modelgate')
    .split('\n')
    .filter((path) => path.startsWith('events/'));
  return paths.sort().map((path) => JSON.parse(git('show', `modelgate:${path}`)) as LedgerEvent);
}
