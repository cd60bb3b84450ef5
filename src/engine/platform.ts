import { existsSync, readdirSync } from 'node:fs';
import { UserMistake } from '../errors.ts';

/** The platforms that DuckDB's native library is published for. */
export const PLATFORMS = [
  'linux-x64',
  'linux-arm64',
  'linux-x64-musl',
  'linux-arm64-musl',
  'darwin-arm64',
  'darwin-x64',
  'win32-x64',
  'win32-arm64',
] as const;

export type Platform = (typeof PLATFORMS)[number];

/** What decides which build fits: the words of `process.platform` and `process.arch`, and the C library. */
export interface Machine {
  readonly system: string;
  readonly architecture: string;
  readonly musl: boolean;
}

/** The machine that this process runs on. */
export function readMachine(): Machine {
  const linux = process.platform === 'linux';
  return { system: process.platform, architecture: process.arch, musl: linux && !hasGlibc() && hasMuslLoader() };
}

/** The build for a machine. Throws UserMistake where none is published. */
export function choosePlatform(machine: Machine): Platform {
  const name = `${machine.system}-${machine.architecture}${machine.musl ? '-musl' : ''}`;
  const platform = PLATFORMS.find((candidate) => candidate === name);
  if (platform) return platform;
  throw new UserMistake({
    found: `DuckDB is not published for ${name}, and modelgate reads tables with it`,
    fix: `Run modelgate on one of ${PLATFORMS.join(', ')}.`,
  });
}

/** The npm package that carries the library of a platform. */
export function packageOf(platform: Platform): string {
  return `@duckdb/node-bindings-${platform}`;
}

function hasGlibc(): boolean {
  // The types do not know `excludeNetwork`; a Node that is too old for it ignores it.
  const report = process.report as NodeJS.ProcessReport & { excludeNetwork?: boolean };
  const before = report.excludeNetwork;
  // Without this the report looks up every open socket's peer by name, which can take seconds.
  report.excludeNetwork = true;
  try {
    const { header } = report.getReport() as { header?: { glibcVersionRuntime?: string } };
    return header?.glibcVersionRuntime !== undefined;
  } finally {
    report.excludeNetwork = before ?? false;
  }
}

function hasMuslLoader(): boolean {
  return existsSync('/lib') && readdirSync('/lib').some((name) => name.startsWith('ld-musl-'));
}
