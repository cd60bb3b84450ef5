import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { locateCache } from '../../src/engine/cache-folder.ts';
import { DUCKDB_VERSION, PINS } from '../../src/engine/digests.ts';
import { choosePlatform, PLATFORMS, packageOf, readMachine } from '../../src/engine/platform.ts';
import { UserMistake } from '../../src/errors.ts';
import { locateFileCache } from '../../src/registry/fetch/cache.ts';

const root = join(import.meta.dirname, '../..');

test('every published platform is chosen for its machine', () => {
  const machines = PLATFORMS.map((platform) => {
    const [system = '', architecture = '', musl] = platform.split('-');
    return choosePlatform({ system, architecture, musl: musl === 'musl' });
  });
  expect(machines).toEqual(PLATFORMS);
});

test('a machine that DuckDB is not published for is refused with the list of those that are', () => {
  const choose = () => choosePlatform({ system: 'freebsd', architecture: 'riscv64', musl: false });
  expect(choose).toThrow(UserMistake);
  expect(choose).toThrow(/freebsd-riscv64.*linux-x64, linux-arm64, linux-x64-musl/s);
});

test('the platform of this machine is the one that npm installed', () => {
  const name = packageOf(choosePlatform(readMachine()));
  expect(createRequire(import.meta.url).resolve(`${name}/package.json`)).toContain('node_modules');
});

test('the pins are those that the lockfile recorded', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  for (const platform of PLATFORMS) {
    const { version, integrity } = packages[`node_modules/${packageOf(platform)}`];
    expect({ version, integrity }).toEqual({ version: DUCKDB_VERSION, integrity: PINS[platform].integrity });
    expect(Object.keys(PINS[platform].files)).toHaveLength(2);
  }
  expect(packages['node_modules/@duckdb/node-api'].version).toBe(DUCKDB_VERSION);
});

test('the library is kept in the tool cache of a runner, and in the cache folder of a user', () => {
  const end = `${DUCKDB_VERSION}/linux-x64`;
  const locate = (environment: NodeJS.ProcessEnv, system: NodeJS.Platform) =>
    locateCache(environment, 'linux-x64', system, '/home/ada').replaceAll('\\', '/');
  expect(locate({ RUNNER_TOOL_CACHE: '/tools', XDG_CACHE_HOME: '/x' }, 'linux')).toBe(`/tools/modelgate-duckdb/${end}`);
  expect(locate({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe(`/x/modelgate/duckdb/${end}`);
  expect(locate({ XDG_CACHE_HOME: 'relative' }, 'linux')).toBe(`/home/ada/.cache/modelgate/duckdb/${end}`);
  expect(locate({}, 'darwin')).toBe(`/home/ada/Library/Caches/modelgate/duckdb/${end}`);
  expect(locate({ LOCALAPPDATA: '/local' }, 'win32')).toBe(`/local/modelgate/duckdb/${end}`);
  expect(locate({}, 'win32')).toBe(`/home/ada/AppData/Local/modelgate/duckdb/${end}`);
});

test('the files of a model are kept beside it', () => {
  const locate = (environment: NodeJS.ProcessEnv, system: NodeJS.Platform) =>
    locateFileCache(environment, system, '/home/ada').replaceAll('\\', '/');
  expect(locate({ RUNNER_TOOL_CACHE: '/tools', XDG_CACHE_HOME: '/x' }, 'linux')).toBe('/tools/modelgate-files');
  expect(locate({ XDG_CACHE_HOME: '/x' }, 'linux')).toBe('/x/modelgate/files');
  expect(locate({ XDG_CACHE_HOME: 'relative' }, 'linux')).toBe('/home/ada/.cache/modelgate/files');
  expect(locate({}, 'darwin')).toBe('/home/ada/Library/Caches/modelgate/files');
  expect(locate({ LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/modelgate/files');
});
