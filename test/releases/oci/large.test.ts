import { execFile, spawn } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashFile } from '../../../src/evidence/file-hash.ts';
import { type RunningProxy, startProxy } from '../../support/oci-registry/proxy.ts';
import { REGISTRY_PROGRAM, type RunningRegistry, startRegistry } from '../../support/oci-registry/registry.ts';

const execute = promisify(execFile);
const ALONE = join(import.meta.dirname, '../../support/oci-registry/push-alone.ts');
const GB = 1024 ** 3;
/** What the release as a whole may take. */
const LIMIT_MB = 300;

test.runIf(REGISTRY_PROGRAM === undefined)('nothing was tried against a registry', ({ skip }) => {
  skip('docker-registry is not installed: apt-get install docker-registry');
});

describe.skipIf(REGISTRY_PROGRAM === undefined)('a model of 3 GB', () => {
  let folder: string;
  let registry: RunningRegistry;
  let proxy: RunningProxy;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modelgate-large-'));
    registry = await startRegistry();
    proxy = await startProxy(registry.host);
  });
  afterEach(async () => {
    await proxy.stop();
    await registry.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function writeSparse(name: string, size: number): Promise<{ file: string; size: number; sha256: string }> {
    const file = join(folder, name);
    const handle = await open(file, 'w');
    await handle.write('not only zeros', size - 14);
    await handle.close();
    return { file, ...(await hashFile(file)) };
  }

  async function runAlone(...args: string[]): Promise<{ reference?: string; sha256?: string; peakMb: number }> {
    const { stdout } = await execute(process.execPath, [ALONE, ...args]);
    return JSON.parse(stdout);
  }

  test('is pushed and read back within 300 MB of memory, and not sent twice', async () => {
    const { file, size, sha256 } = await writeSparse('weights.bin', 3 * GB);
    const repository = `${registry.host}/octo/churn`;
    const about = [repository, file, String(size), sha256] as const;
    const pushed = await runAlone('push', ...about);
    expect(pushed.peakMb).toBeLessThan(LIMIT_MB);
    const read = await runAlone('read', ...about, pushed.reference ?? '');
    expect(read.sha256).toBe(sha256);
    expect(read.peakMb).toBeLessThan(LIMIT_MB);
    console.info(`peak memory: ${pushed.peakMb} MB to push 3 GB, ${read.peakMb} MB to read it`);
    const again = await runAlone('push', `${proxy.host}/octo/churn`, file, String(size), sha256);
    expect(again.reference?.split('@')[1]).toBe(pushed.reference?.split('@')[1]);
    expect(proxy.passed.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(10_000);
  });

  test('whose push was killed is pushed by the next run, without the files that had arrived', async () => {
    const { file, size, sha256 } = await writeSparse('weights.bin', GB);
    const repository = `${proxy.host}/octo/churn`;
    const args = ['push', repository, file, String(size), sha256];
    const child = spawn(process.execPath, [ALONE, ...args], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    await new Promise<void>((resolve) => {
      proxy.interfere = (request) => {
        if (request.method === 'PUT') setImmediate(resolve);
        return undefined;
      };
    });
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const { reference } = await runAlone(...args);
    const read = await runAlone('read', repository, file, String(size), sha256, reference ?? '');
    expect(read.sha256).toBe(sha256);
  });
});
