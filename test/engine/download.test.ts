import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { create } from 'tar';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { computeIntegrity } from '../../src/engine/checksum.ts';
import { DUCKDB_VERSION, PINS } from '../../src/engine/digests.ts';
import { fetchTarball } from '../../src/engine/download.ts';
import { installLibrary } from '../../src/engine/installation.ts';
import { findNpm } from '../../src/engine/npm-command.ts';
import { unpackFiles } from '../../src/engine/unpacking.ts';

let folder: string;
const servers: Server[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modelgate-download-'));
});
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true, force: true });
});

/** A registry on this machine, and an npm configuration that knows no other. */
async function serveRegistry(answer: RequestListener): Promise<{ address: string; environment: NodeJS.ProcessEnv }> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const npm = { npm_config_registry: address, npm_config_cache: join(folder, 'cache'), npm_config_fetch_retries: '0' };
  return { address, environment: { ...process.env, ...npm } };
}

async function workplace(): Promise<string> {
  const path = join(folder, 'work');
  await mkdir(path);
  return path;
}

async function packTarball(files: Readonly<Record<string, string>>): Promise<string> {
  await mkdir(join(folder, 'package'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, 'package', name), content);
  await create({ file: join(folder, 'made.tgz'), gzip: true, cwd: folder }, ['package']);
  return join(folder, 'made.tgz');
}

test('npm is started without a shell on Windows, by its own script', async () => {
  const script = join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
  await mkdir(join(folder, 'node_modules', 'npm', 'bin'), { recursive: true });
  await writeFile(script, '');
  const environment = { Path: ['/nowhere', folder].join(delimiter) };
  expect(findNpm(environment, 'win32', 'C:\\node.exe')).toEqual({ file: 'C:\\node.exe', leading: [script] });
});

test('the npm beside the running Node is the way out where none is on the path', async () => {
  const script = join(folder, 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  await mkdir(join(folder, 'lib', 'node_modules', 'npm', 'bin'), { recursive: true });
  await writeFile(script, '');
  const node = join(folder, 'bin', 'node');
  expect(findNpm({ PATH: '/nowhere' }, 'linux', node)).toEqual({ file: node, leading: [script] });
});

test('no npm at all is told as such', async () => {
  expect(findNpm({}, 'linux', join(folder, 'bin', 'node'))).toBeUndefined();
});

test('a registry that does not answer is given up after the time that was set', async () => {
  const { environment } = await serveRegistry(() => {});
  const download = { specifier: 'left-pad@1.0.0', folder: await workplace(), environment, patience: 1500 };
  expect(await fetchTarball(download)).toEqual({ failure: 'npm pack did not finish within 2 seconds' });
});

test('an aborted download throws the reason of the signal', async () => {
  const controller = new AbortController();
  const { environment } = await serveRegistry(() => controller.abort(new Error('enough')));
  const download = { specifier: 'left-pad@1.0.0', folder: await workplace(), environment, signal: controller.signal };
  await expect(fetchTarball(download)).rejects.toThrow('enough');
});

test('npm reads the configuration of the user, and of no project around the temporary folder', async () => {
  const asked = new Set<string | undefined>();
  const { address, environment } = await serveRegistry((request, response) => {
    asked.add(request.url);
    response.writeHead(404).end('{}');
  });
  await writeFile(join(folder, 'package.json'), '{}');
  await writeFile(join(folder, '.npmrc'), 'registry=http://127.0.0.1:9/\n');
  await writeFile(join(folder, 'user'), `registry=${address}\n`);
  const { npm_config_registry: _registry, ...others } = environment;
  const user = { ...others, npm_config_userconfig: join(folder, 'user') };
  const download = { specifier: '@duckdb/x@1.0.0', folder: await workplace(), environment: user };
  expect(await fetchTarball(download)).toHaveProperty('failure', expect.stringContaining('404'));
  expect([...asked]).toEqual(['/@duckdb%2fx']);
});

test('a package with another digest is refused before anything of it is unpacked', async () => {
  const tarball = await packTarball({
    'package.json': JSON.stringify({ name: '@duckdb/node-bindings-linux-x64', version: DUCKDB_VERSION }),
    'duckdb.node': 'hostile',
    'libduckdb.so': 'hostile',
  });
  const integrity = await computeIntegrity(tarball);
  const { address, environment } = await serveRegistry(async (request, response) => {
    if (request.url?.endsWith('.tgz')) return response.end(await readFile(tarball));
    // npm itself is content: the registry vouches for what it serves.
    const dist = { tarball: `${address}/made.tgz`, integrity };
    const version = { name: '@duckdb/node-bindings-linux-x64', version: DUCKDB_VERSION, dist };
    response.end(JSON.stringify({ name: version.name, versions: { [DUCKDB_VERSION]: version } }));
  });
  const target = join(folder, 'tools', 'target');
  const pin = PINS['linux-x64'];
  const failure = await installLibrary({ platform: 'linux-x64', pin, target, environment });
  expect(failure).toContain(`is not the published package (its digest is ${integrity})`);
  await expect(readdir(join(folder, 'tools'))).rejects.toThrow('ENOENT');
});

test('a cache folder that cannot be written is told, with its name', async () => {
  const content = { 'package.json': '{"name":"x","version":"1.0.0"}', 'duckdb.node': 'x' };
  const tarball = await packTarball(content);
  const integrity = await computeIntegrity(tarball);
  const { address, environment } = await serveRegistry(async (request, response) => {
    if (request.url?.endsWith('.tgz')) return response.end(await readFile(tarball));
    const version = { name: 'x', version: DUCKDB_VERSION, dist: { tarball: `${address}/made.tgz`, integrity } };
    response.end(JSON.stringify({ name: 'x', versions: { [DUCKDB_VERSION]: version } }));
  });
  await writeFile(join(folder, 'occupied'), '');
  const target = join(folder, 'occupied', 'target');
  const pin = { integrity, files: { 'duckdb.node': 'x' } };
  const failure = await installLibrary({ platform: 'linux-x64', pin, target, environment });
  expect(failure).toContain(`${join(folder, 'occupied')} could not be written`);
});

test('only the named files leave a tarball, and only if they are files', async () => {
  await mkdir(join(folder, 'package', 'deep'), { recursive: true });
  await writeFile(join(folder, 'secret'), 'secret');
  await symlink(join(folder, 'secret'), join(folder, 'package', 'libduckdb.so'));
  await writeFile(join(folder, 'package', 'duckdb.node'), 'addon');
  await writeFile(join(folder, 'package', 'deep', 'duckdb.node'), 'deep');
  await writeFile(join(folder, 'package', 'install.js'), 'evil');
  const made = join(folder, 'odd.tgz');
  const entries = ['package', 'secret', 'package/../secret', join(folder, 'secret')];
  await create({ file: made, gzip: true, cwd: folder, preservePaths: true }, entries);
  const target = join(folder, 'target');
  await mkdir(target);
  await unpackFiles(made, ['duckdb.node', 'libduckdb.so'], target);
  expect(await readdir(target)).toEqual(['duckdb.node']);
  expect(await readFile(join(target, 'duckdb.node'), 'utf8')).toBe('addon');
});
