/**
 * Prints src/engine/digests.ts anew: for every platform the sha512 of the npm tarball that carries DuckDB's native
 * library, and the sha256 of each native file in it. The tarballs come from the registry that npm is configured for, and
 * must have the sha512 that package-lock.json recorded for them.
 *
 *   node scripts/with-node24.mjs scripts/pin-duckdb.ts > digests.ts   (about 200 MB, one platform at a time)
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extract } from 'tar';
import { computeIntegrity, computeSha256 } from '../src/engine/checksum.ts';
import { fetchTarball } from '../src/engine/download.ts';
import { PLATFORMS, type Platform, packageOf } from '../src/engine/platform.ts';

/** What Node and the system's loader open: the addon and DuckDB beside it. */
const NATIVE = /\.(node|so|dylib|dll)$/;

interface Locked {
  readonly version: string;
  readonly integrity: string;
}

interface Pin {
  readonly platform: Platform;
  readonly integrity: string;
  readonly files: readonly (readonly [name: string, sha256: string])[];
}

const locked = await readLock();
const versions = new Set(PLATFORMS.map((platform) => locked(platform).version));
if (versions.size !== 1) throw new Error(`package-lock.json names several versions: ${[...versions].join(', ')}`);
const pins: Pin[] = [];
for (const platform of PLATFORMS) pins.push(await pin(platform, locked(platform)));
console.log(renderModule([...versions].join(), pins));

async function readLock(): Promise<(platform: Platform) => Locked> {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  return (platform) => {
    const entry = lock.packages[`node_modules/${packageOf(platform)}`];
    if (!entry) throw new Error(`package-lock.json has no ${packageOf(platform)}`);
    return entry;
  };
}

async function pin(platform: Platform, { version, integrity }: Locked): Promise<Pin> {
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-pin-'));
  try {
    const specifier = `${packageOf(platform)}@${version}`;
    console.error(`Fetching ${specifier} …`);
    const fetched = await fetchTarball({ specifier, folder, environment: process.env });
    if ('failure' in fetched) throw new Error(`${specifier}: ${fetched.failure}`);
    const found = await computeIntegrity(fetched.tarball);
    if (found !== integrity) throw new Error(`${specifier} has ${found}; package-lock.json says ${integrity}`);
    await extract({ file: fetched.tarball, cwd: folder, strict: true });
    const names = (await readdir(join(folder, 'package'))).filter((name) => NATIVE.test(name)).sort();
    const hash = async (name: string) => [name, await computeSha256(join(folder, 'package', name))] as const;
    return { platform, integrity, files: await Promise.all(names.map(hash)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function renderModule(version: string, all: readonly Pin[]): string {
  const entries = all.map(({ platform, integrity, files }) => {
    const lines = files.map(([name, sha256]) => `      '${name}': '${sha256}',`);
    return `  '${platform}': {\n    integrity: '${integrity}',\n    files: {\n${lines.join('\n')}\n    },\n  },`;
  });
  return `// Written by scripts/pin-duckdb.ts; not by hand.
import type { Platform } from './platform.ts';

/** What one platform's npm tarball must be, and the files in it that must lie side by side. */
export interface Pin {
  /** sha512 of the tarball, as npm writes it. */
  readonly integrity: string;
  /** Name of a file and the sha256 of its content, in hexadecimal digits. */
  readonly files: Readonly<Record<string, string>>;
}

/** The one version of DuckDB's Node binding that is loaded. */
export const DUCKDB_VERSION = '${version}';

export const PINS: Readonly<Record<Platform, Pin>> = {
${entries.join('\n')}
};`;
}
