import { appendFile, copyFile, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DUCKDB_VERSION, PINS } from '../../src/engine/digests.ts';
import { choosePlatform, packageOf, readMachine } from '../../src/engine/platform.ts';
import { bundleProbe, type Probe } from './bundled-probe.ts';

const platform = choosePlatform(readMachine());
const installed = dirname(createRequire(import.meta.url).resolve(`${packageOf(platform)}/package.json`));
const names = Object.keys(PINS[platform].files);
/** Nothing listens on port 9 of this machine; asked once and with no cache, so that npm gives up at once. */
const OFFLINE = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_fetch_retries: '0' };

let probe: Probe;
let cached: string;
beforeEach(async () => {
  probe = await bundleProbe();
  cached = join(probe.folder, 'tools', 'modelgate-duckdb', DUCKDB_VERSION, platform);
});
afterEach(() => probe.remove());

/** Lays the library into a folder: the big file as a link, the addon as a copy that a test may spoil. */
async function layLibrary(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const name of names) {
    if (name === 'duckdb.node') await copyFile(join(installed, name), join(folder, name));
    else await symlink(join(installed, name), join(folder, name));
  }
  return folder;
}

const offline = () => ({ ...OFFLINE, npm_config_cache: join(probe.folder, 'npm-cache') });

test('the bundle loads the library from the folder that the user names', async () => {
  const folder = await layLibrary(join(probe.folder, "it's named"));
  const answer = await probe.run({ ...offline(), MODELGATE_DUCKDB: folder });
  expect(answer).toEqual({ library: folder, rows: 2, version: expect.stringMatching(/^v1\.5\./), told: [] });
});

test('a spoilt file in the folder that the user names is refused', async () => {
  const folder = await layLibrary(join(probe.folder, 'named'));
  await appendFile(join(folder, 'duckdb.node'), 'x');
  const answer = await probe.run({ MODELGATE_DUCKDB: folder });
  expect(answer.mistake).toContain(`${folder}: the DuckDB in this folder is not the published one: duckdb.node`);
});

test('a folder that the user names and that has no library in it is refused', async () => {
  const answer = await probe.run({ MODELGATE_DUCKDB: join(probe.folder, 'absent') });
  expect(answer.mistake).toContain('none of its files is there');
  expect(answer.mistake).toContain(`${packageOf(platform)}@${DUCKDB_VERSION}`);
});

test('the library in the tool cache is used without a registry', async () => {
  await layLibrary(cached);
  const answer = await probe.run(offline());
  expect(answer).toMatchObject({ library: cached, rows: 2, told: [] });
});

test('the library of an installed package is used without a registry', async () => {
  const folder = await layLibrary(join(probe.folder, 'node_modules', packageOf(platform)));
  await copyFile(join(installed, 'package.json'), join(folder, 'package.json'));
  const answer = await probe.run(offline());
  expect(answer).toMatchObject({ library: folder, rows: 2, told: [] });
});

test('an installed package with a spoilt library is refused', async () => {
  const folder = await layLibrary(join(probe.folder, 'node_modules', packageOf(platform)));
  await copyFile(join(installed, 'package.json'), join(folder, 'package.json'));
  await appendFile(join(folder, 'duckdb.node'), 'x');
  const answer = await probe.run(offline());
  expect(answer.mistake).toContain(`${folder}: the installed DuckDB is not the published one: duckdb.node`);
});

test('an installed package of another version is left alone', async () => {
  const folder = await layLibrary(join(probe.folder, 'node_modules', packageOf(platform)));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ version: '1.4.0' }));
  const answer = await probe.run(offline());
  expect(answer.mistake).toContain('nor could it be fetched');
});

test('with no library and no registry one message names the three ways out', async () => {
  const answer = await probe.run(offline());
  expect(answer.bug).toBeUndefined();
  expect(answer.mistake).toMatch(/neither on this machine nor could it be fetched: npm pack failed: .*ECONNREFUSED/);
  expect(answer.mistake).toContain('with --duckdb, the input duckdb or MODELGATE_DUCKDB;');
  expect(answer.mistake).toContain(`fill ${cached} with them`);
  expect(answer.mistake).toContain(`or let npm reach a registry that has ${packageOf(platform)}@${DUCKDB_VERSION}`);
  expect(answer.told).toEqual(['Fetching DuckDB through npm, once for this machine']);
});

test('with no library and no npm the same message says so', async () => {
  // Where the running Node has an npm of its own beside it, that one is asked, and has no registry.
  const answer = await probe.run({ ...offline(), PATH: '' });
  expect(answer.mistake).toMatch(/nor could it be fetched: npm (is not on this machine|pack failed)/);
  expect(answer.mistake).toContain('Any one of these helps');
});

test('two processes that fetch at once both end with one good library', async () => {
  const answers = await Promise.all([probe.run(), probe.run()]);
  for (const answer of answers) expect(answer).toMatchObject({ library: cached, rows: 2 });
  expect(await readdir(cached)).toEqual([...names].sort());
  expect(await readdir(dirname(cached))).toEqual([platform]);
});

test('a spoilt library in the tool cache is fetched again, and said', async () => {
  await layLibrary(cached);
  await appendFile(join(cached, 'duckdb.node'), 'x');
  const answer = await probe.run();
  expect(answer).toMatchObject({ library: cached, rows: 2 });
  expect(answer.told[0]).toMatch(/^The copy of DuckDB in .* is fetched again: duckdb\.node is not the published file/);
  await rm(join(probe.folder, 'npm-cache'), { recursive: true, force: true });
  expect(await probe.run(offline())).toMatchObject({ library: cached, rows: 2, told: [] });
});

test('half a library in the tool cache is completed', async () => {
  await layLibrary(cached);
  await rm(join(cached, 'duckdb.node'));
  const answer = await probe.run();
  expect(answer).toMatchObject({ library: cached, rows: 2 });
  expect(answer.told[0]).toContain('duckdb.node is missing');
});

test('the bundle also runs on the Node that is on the path', async () => {
  await layLibrary(cached);
  expect(await probe.run(offline(), 'node')).toMatchObject({ library: cached, rows: 2 });
});
