import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { messageOf } from '../errors.ts';
import { computeIntegrity } from './checksum.ts';
import { DUCKDB_VERSION, type Pin } from './digests.ts';
import { fetchTarball } from './download.ts';
import { type Condition, inspectFolder } from './inspection.ts';
import { type Platform, packageOf } from './platform.ts';
import { unpackFiles } from './unpacking.ts';

export interface Installation {
  readonly platform: Platform;
  readonly pin: Pin;
  /** The folder in the cache that is to hold the files. */
  readonly target: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fetches the library, checks it, and puts it into the cache whole. Returns why it could not, as a sentence without a
 * full stop, or undefined. Several processes may do this at once: all of them end with a good folder.
 */
export async function installLibrary(installation: Installation): Promise<string | undefined> {
  const { platform, pin, target, environment, signal } = installation;
  const specifier = `${packageOf(platform)}@${DUCKDB_VERSION}`;
  const folder = await mkdtemp(join(tmpdir(), 'modelgate-duckdb-'));
  try {
    const fetched = await fetchTarball({ specifier, folder, environment, signal });
    if ('failure' in fetched) return fetched.failure;
    const integrity = await computeIntegrity(fetched.tarball);
    if (integrity !== pin.integrity) {
      return `what the registry served as ${specifier} is not the published package (its digest is ${integrity})`;
    }
    return await place(fetched.tarball, pin, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Unpacks beside the target, so that the last step is a rename within one file system. */
async function place(tarball: string, pin: Pin, target: string): Promise<string | undefined> {
  const staging = `${target}.${randomUUID()}.tmp`;
  try {
    await mkdir(staging, { recursive: true });
    try {
      await unpackFiles(tarball, Object.keys(pin.files), staging);
      const unpacked = await inspectFolder(staging, pin.files);
      if (unpacked.state !== 'good') return `the package does not hold the published files: ${explain(unpacked)}`;
      await moveInto(staging, target, pin);
      return undefined;
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return `${dirname(target)} could not be written: ${messageOf(error)}`;
  }
}

async function moveInto(staging: string, target: string, pin: Pin): Promise<void> {
  try {
    return await rename(staging, target);
  } catch (error) {
    const there = await stat(target).catch(() => undefined);
    if (!there?.isDirectory()) throw error;
  }
  // Another process was faster, or a corrupted copy lies there.
  if ((await inspectFolder(target, pin.files)).state === 'good') return;
  // File by file, so that at no moment a file is missing for a process that loads from there.
  for (const name of Object.keys(pin.files)) await rename(join(staging, name), join(target, name));
}

function explain(condition: Exclude<Condition, { state: 'good' }>): string {
  return condition.state === 'absent' ? 'none of them is there' : condition.reason;
}
