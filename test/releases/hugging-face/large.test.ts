import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { hashFile } from '../../../src/evidence/file-hash.ts';
import { startHub } from '../../support/hub/hub.ts';
import { findCommit } from '../../support/hub/world.ts';

const execute = promisify(execFile);
const ALONE = join(import.meta.dirname, '../../support/hub/push-alone.ts');
const MB = 1024 ** 2;
/** What the release as a whole may take. */
const LIMIT_MB = 300;

test.each([
  ['whole', {}],
  ['in parts', { partBytes: 100 * MB }],
])('a file of 1 GB is copied %s within 300 MB of memory', async (_how, options) => {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-large-'));
  const hub = await startHub(options);
  try {
    const repository = hub.addRepository('octo-org/churn');
    const file = join(folder, 'weights.bin');
    const handle = await open(file, 'w');
    await handle.write('not only zeros', 1024 * MB - 14);
    await handle.close();
    const { size, sha256 } = await hashFile(file);
    const args = [hub.url, hub.token, repository.name, file, String(size), sha256];
    const { stdout } = await execute(process.execPath, [ALONE, ...args]);
    const { peakMb } = JSON.parse(stdout) as { peakMb: number };
    console.info(`peak memory: ${peakMb} MB to copy 1 GB ${_how}`);
    expect(findCommit(repository, 'v1.4.0')?.tree.get('weights.bin')).toEqual({ oid: sha256.slice(7), size });
    expect(peakMb).toBeLessThan(LIMIT_MB);
  } finally {
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
