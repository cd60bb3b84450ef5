import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shell } from '../shell.ts';

/** Hands a fresh folder to `work`, and removes it whatever happens. */
export async function withTemporary<T>(
  { environment }: Pick<Shell, 'environment'>,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(environment['RUNNER_TEMP'] || tmpdir(), 'modelgate-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
