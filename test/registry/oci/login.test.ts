import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SILENT } from '../../../src/progress.ts';
import type { OciCredentials } from '../../../src/registry/oci/credentials.ts';
import { openOciStore } from '../../../src/registry/oci/store.ts';
import { ABOUT, toManifestFiles, writeModelFiles } from '../../support/oci-registry/model-files.ts';
import { startProxy } from '../../support/oci-registry/proxy.ts';
import { LOGIN, REGISTRY_PROGRAM, startRegistry } from '../../support/oci-registry/registry.ts';
import { startTokenServer } from '../../support/oci-registry/token-server.ts';

describe.skipIf(REGISTRY_PROGRAM === undefined)('a registry that asks who is there', () => {
  let folder: string;
  const running: { stop(): Promise<void> }[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modelgate-oci-'));
  });
  afterEach(async () => {
    for (const one of running.splice(0).reverse()) await one.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(options: Parameters<typeof startRegistry>[0]) {
    const registry = await startRegistry(options);
    const proxy = await startProxy(registry.host);
    running.push(registry, proxy);
    const open = (credentials: OciCredentials | undefined) =>
      openOciStore({ repository: `${proxy.host}/octo/churn`, credentials, delays: { second: 0 }, progress: SILENT });
    return { proxy, open, files: await writeModelFiles(folder, { 'model.bin': 'weights' }) };
  }

  test('with a password of its own gets it, and refuses everybody else', async () => {
    const { open, files } = await start({ password: true });
    const { reference } = await open(LOGIN).push(files, ABOUT);
    expect(await open(LOGIN).check(reference, toManifestFiles(files))).toEqual([]);
    for (const credentials of [undefined, { ...LOGIN, password: 'wrong' }]) {
      const refused = await open(credentials)
        .push(files, ABOUT)
        .catch((error: unknown) => error);
      expect(String(refused)).toMatch(/model\.bin could not be looked up: 127\.0\.0\.1:\d+ answered 401/);
      expect(String(refused)).toContain('OCI_USERNAME and OCI_PASSWORD');
    }
  });

  test('with a token server gets a token for what is to be done, and anyone may read', async () => {
    const tokens = await startTokenServer(LOGIN);
    running.push(tokens);
    const { proxy, open, files } = await start({ tokens });
    const { reference } = await open(LOGIN).push(files, ABOUT);
    expect(tokens.requests.map(({ scope }) => scope)).toEqual(['repository:octo/churn:pull,push']);
    expect(tokens.requests[0]?.service).toBe('registry.test');
    // The secret itself went to the token server alone.
    expect(proxy.passed.filter(({ authorization }) => authorization?.startsWith('Basic'))).toEqual([]);
    const [file] = toManifestFiles(files);
    if (file === undefined) throw new Error('no file');
    expect(await text(await open(undefined).open(reference, file, 0))).toBe('weights');
    expect(tokens.requests.at(-1)).toMatchObject({ scope: 'repository:octo/churn:pull', authorization: undefined });
    await expect(open(undefined).push(files, ABOUT)).rejects.toThrow('answered 401');
    await expect(open({ ...LOGIN, password: 'wrong' }).push(files, ABOUT)).rejects.toThrow('answered 401');
  });
});
