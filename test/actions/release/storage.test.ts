import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLoggedInStorage } from '../../../src/actions/release/storage.ts';
import type { Shell } from '../../../src/actions/shell.ts';
import { SILENT } from '../../../src/progress.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
let folder: string;
const servers: Server[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-storage-'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await rm(folder, { recursive: true, force: true });
});

/** A registry that asks everybody for a password, and what it was told. */
async function startAsking(): Promise<{ host: string; told: string[] }> {
  const told: string[] = [];
  const server = createServer(({ headers: { authorization } }, response) => {
    if (authorization !== undefined) told.push(authorization);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, told };
}

/** Looks for the files of a version, as a job does in whose checkout the modelgate.yml lies. */
async function look(host: string): Promise<void> {
  const environment = { OCI_USERNAME: 'octo', OCI_PASSWORD: 'secret', HOME: folder };
  const { signal } = new AbortController();
  const shell = { environment, folder, progress: SILENT, signal, delays: { second: 0 } } as unknown as Shell;
  const reference = `${host}/octo/churn@${DIGEST}`;
  const store = await openLoggedInStorage(shell, 'modelgate.yml', { reference }, { token: 'token' });
  await store?.check(reference, []).catch(() => undefined);
}

test('the password of the environment goes to the registry of modelgate.yml, and to no other that a release names', async () => {
  const [own, other] = [await startAsking(), await startAsking()];
  const config = `release: { assets: [m], target: oci, oci: { repository: "${own.host}/octo/churn" } }`;
  await writeFile(join(folder, 'modelgate.yml'), `version: 1\nmodel: churn\n${config}\n`);
  await look(own.host);
  await look(other.host);
  expect(own.told).toContain(`Basic ${Buffer.from('octo:secret').toString('base64')}`);
  expect(other.told).toEqual([]);
});

test('without a modelgate.yml it goes nowhere, and assets of a release need no store', async () => {
  const registry = await startAsking();
  await look(registry.host);
  expect(registry.told).toEqual([]);
  const shell = { environment: {}, folder, progress: SILENT } as unknown as Shell;
  expect(await openLoggedInStorage(shell, 'modelgate.yml', { reference: null }, { token: '' })).toBeUndefined();
});
