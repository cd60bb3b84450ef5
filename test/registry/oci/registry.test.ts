import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SILENT } from '../../../src/progress.ts';
import type { LocalFile } from '../../../src/registry/model-store.ts';
import { type OciStore, openOciStore } from '../../../src/registry/oci/store.ts';
import { ABOUT, toManifestFiles, writeModelFiles } from '../../support/oci-registry/model-files.ts';
import { type RunningProxy, startProxy } from '../../support/oci-registry/proxy.ts';
import { REGISTRY_PROGRAM, type RunningRegistry, startRegistry } from '../../support/oci-registry/registry.ts';

const MB = 1024 * 1024;

test.runIf(REGISTRY_PROGRAM === undefined)('nothing was tried against a registry', ({ skip }) => {
  skip('docker-registry is not installed: apt-get install docker-registry');
});

describe.skipIf(REGISTRY_PROGRAM === undefined)('a registry that runs (docker-registry)', () => {
  let registry: RunningRegistry;
  let proxy: RunningProxy;
  let folder: string;
  let files: LocalFile[];
  let store: OciStore;
  let repository: string;
  let repositories = 0;

  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(() => registry.stop());
  beforeEach(async () => {
    proxy = await startProxy(registry.host);
    folder = await mkdtemp(join(tmpdir(), 'modelgate-oci-'));
    files = await writeModelFiles(folder, {
      'model/weights.bin': randomBytes(3 * MB),
      'model/config.json': '{"layers": 3}',
      'model/empty.bin': '',
      'README.md': '# churn',
    });
    repository = `${proxy.host}/octo/churn-${++repositories}`;
    store = open(repository);
  });
  afterEach(async () => {
    await proxy.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function open(repository: string, chunkBytes?: number): OciStore {
    const options = { repository, credentials: undefined, delays: { second: 0 }, progress: SILENT };
    return openOciStore({ ...options, ...(chunkBytes !== undefined && { chunkBytes }) });
  }
  const uploads = () =>
    proxy.passed.filter(({ method, path }) => /PUT|PATCH/.test(method) && path.includes('/uploads/'));

  test('gives back, from any byte on, what was pushed', async () => {
    const { reference } = await store.push(files, ABOUT);
    expect(reference).toMatch(/^127\.0\.0\.1:\d+\/octo\/churn-\d+@sha256:[0-9a-f]{64}$/);
    for (const file of toManifestFiles(files)) {
      const whole = await buffer(await store.open(reference, file, 0));
      expect(whole.length).toBe(file.size);
      const start = Math.floor(file.size / 3);
      expect(Buffer.compare(await buffer(await store.open(reference, file, start)), whole.subarray(start))).toBe(0);
      expect(await text(await store.open(reference, file, file.size))).toBe('');
    }
    expect(await store.check(reference, toManifestFiles(files))).toEqual([]);
  });

  test('is sent no file a second time', async () => {
    const first = await store.push(files, ABOUT);
    expect(uploads()).toHaveLength(5);
    proxy.passed.length = 0;
    expect(await store.push(files, ABOUT)).toEqual(first);
    expect(uploads()).toEqual([]);
    const more = [...files, ...(await writeModelFiles(folder, { 'model/new.bin': 'new' }))];
    await store.push(more, { ...ABOUT, version: 'v1.5.0' });
    // The new file and the artifact's description.
    expect(uploads().map(({ bytes }) => bytes < 2000)).toEqual([true, true]);
  });

  test('gets the rest after a fault, not everything anew', async () => {
    const asked = { PUT: 0, PATCH: 0 };
    // The first upload, then the second chunk: both before the registry sees them.
    proxy.interfere = ({ method }) => {
      if (method !== 'PUT' && method !== 'PATCH') return undefined;
      return ++asked[method] === (method === 'PUT' ? 1 : 2) ? { status: 502 } : undefined;
    };
    const { reference } = await open(repository, MB).push(files.slice(0, 1), ABOUT);
    expect(await store.check(reference, toManifestFiles(files.slice(0, 1)))).toEqual([]);
    const sent = uploads().filter(({ status, bytes }) => status < 300 && bytes > MB / 2);
    expect(sent.map(({ method, bytes }) => `${method} ${bytes}`)).toEqual(Array(3).fill(`PATCH ${MB}`));
  });

  test('may forget an upload: then everything is sent again', async () => {
    let broken = 0;
    proxy.interfere = ({ method, path }) => {
      if (!path.includes('/uploads/')) return undefined;
      if (method === 'PUT' && broken++ === 0) return { breakAfter: MB };
      return method === 'GET' ? { status: 404 } : undefined;
    };
    const { reference } = await store.push(files, ABOUT);
    expect(await store.check(reference, toManifestFiles(files))).toEqual([]);
  });

  test('may fail every request once', async () => {
    const seen = new Set<string>();
    proxy.interfere = ({ method, path }) => {
      const request = `${method} ${path.split('?')[0]}`;
      return seen.size < seen.add(request).size ? { status: 503 } : undefined;
    };
    const { reference } = await store.push(files, ABOUT);
    expect(await store.check(reference, toManifestFiles(files))).toEqual([]);
  });

  test('without ranges serves a part all the same', async () => {
    const { reference } = await store.push(files, ABOUT);
    const file = toManifestFiles(files).find(({ path }) => path === 'README.md');
    if (file === undefined) throw new Error('no file');
    proxy.interfere = () => ({ status: 200, body: '# churn' });
    expect(await text(await store.open(reference, file, 2))).toBe('churn');
  });

  test('that lost a file, or has another one, is told on', async () => {
    const { reference } = await store.push(files, ABOUT);
    const [one] = toManifestFiles(await writeModelFiles(folder, { 'model/other.bin': 'other' }));
    if (one === undefined) throw new Error('no file');
    expect(await store.check(reference, [one])).toEqual(['model/other.bin is not part of the artifact']);
    await expect(store.open(reference, one, 0)).rejects.toThrow('model/other.bin could not be read');
    const lost = files[0]?.sha256 ?? '';
    proxy.interfere = ({ path }) => (path.endsWith(lost) ? { status: 404 } : undefined);
    expect(await store.check(reference, toManifestFiles(files))).toEqual([
      expect.stringContaining('model/weights.bin is not there'),
    ]);
    proxy.interfere = ({ path }) => (path.includes('/manifests/') ? { status: 200, body: '{"layers":[]}' } : undefined);
    expect(await store.check(reference, toManifestFiles(files))).toEqual([
      expect.stringContaining('holds other bytes'),
    ]);
  });

  test('keeps the tag of a version for what came first, until the ledger says otherwise', async () => {
    const first = await store.push(files, ABOUT);
    const second = await store.push(files.slice(1), ABOUT);
    expect(second.reference).not.toBe(first.reference);
    const tagged = async () => {
      const url = `http://${proxy.host}/v2/${first.reference.split('@')[0]?.split('/').slice(1).join('/')}/manifests/v1.4.0`;
      const response = await fetch(url, { headers: { accept: 'application/vnd.oci.image.manifest.v1+json' } });
      return response.headers.get('docker-content-digest');
    };
    expect(await tagged()).toBe(first.reference.split('@')[1]);
    await store.tag(second.reference, ABOUT.version);
    expect(await tagged()).toBe(second.reference.split('@')[1]);
    await expect(store.push(files, { ...ABOUT, model: 'fraud' })).rejects.toThrow('is the model churn, not fraud');
  });

  test('is sent nothing of a file that changed since it was hashed', async () => {
    await writeFile(join(folder, 'README.md'), '# other, and longer');
    await expect(store.push(files, ABOUT)).rejects.toThrow('README.md has 19 bytes, and had 7');
    await writeFile(join(folder, 'README.md'), '# CHURN');
    await expect(store.push(files, ABOUT)).rejects.toThrow('README.md could not be pushed');
  });
});
