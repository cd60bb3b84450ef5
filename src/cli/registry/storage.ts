import { findConfigFile, readProject } from '../../config/project.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { UserMistake } from '../../errors.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { Delays } from '../../github/delays.ts';
import type { ModelStore } from '../../registry/model-store.ts';
import type { OciStore } from '../../registry/oci/store.ts';
import type { Terminal } from '../command.ts';

/** What a command or an action opens a store with. */
export interface StorageSurroundings extends Pick<Terminal, 'environment' | 'progress' | 'signal'> {
  /** How long waiting for the registry takes; real time without. */
  readonly delays?: Delays | undefined;
}

/**
 * Opens where the model files of a version lie; undefined where they are assets of its release. Credentials of the
 * environment go to the registry of the user's own modelgate.yml only, whatever a release names.
 */
export async function openStorage(
  { environment, progress, signal, delays }: StorageSurroundings,
  config: string,
  { reference }: Pick<ReleaseEvent, 'reference'>,
): Promise<ModelStore | undefined> {
  if (reference === null) return undefined;
  const [{ openOciStore }, { readOciCredentials }] = await importOci();
  const repository = reference.split('@', 1)[0] ?? '';
  const own = nameRegistry(await readOwnRepository(config));
  const registry = nameRegistry(repository);
  const credentials = await readOciCredentials({ registry, own, environment });
  return openOciStore({ repository, credentials, progress, signal, ...(delays && { delays }) });
}

/**
 * Opens where the model files of a new version go, by `release` of modelgate.yml; undefined where they become assets of
 * its release.
 */
export async function openTarget(
  { environment, progress, signal, delays }: StorageSurroundings,
  { release }: Pick<Config, 'release'>,
): Promise<OciStore | undefined> {
  if (release?.target !== 'oci') return undefined;
  const repository = release.oci?.repository;
  if (repository === undefined) {
    const fix = 'Name the repository under `release.oci.repository`.';
    throw new UserMistake({ found: '`release.target` is oci, and no registry is named', fix });
  }
  const [{ openOciStore }, { readOciCredentials }] = await importOci();
  const registry = nameRegistry(repository);
  const credentials = await readOciCredentials({ registry, own: registry, environment });
  return openOciStore({ repository, credentials, progress, signal, ...(delays && { delays }) });
}

/** Most commands never need it. */
function importOci() {
  return Promise.all([import('../../registry/oci/store.ts'), import('../../registry/oci/credentials.ts')]);
}

function nameRegistry(repository: string): string {
  return repository.split('/', 1)[0] ?? '';
}

/** `release.oci.repository` of the modelgate.yml that is here, if one is. */
async function readOwnRepository(config: string): Promise<string> {
  try {
    return (await readProject(await findConfigFile(config))).config.release?.oci?.repository ?? '';
  } catch (error) {
    if (error instanceof UserMistake) return '';
    throw error;
  }
}
