import { findConfigFile, readProject } from '../../config/project.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import { UserMistake } from '../../errors.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { ModelStore } from '../../registry/model-store.ts';
import type { StoreSurroundings } from '../../registry/oci/opening.ts';
import type { OciStore } from '../../registry/oci/store.ts';

/** What a command or an action opens a store with. */
export type StorageSurroundings = StoreSurroundings;

/**
 * Opens where the model files of a version lie; undefined where they are assets of its release. Credentials of the
 * environment go to the registry of the user's own modelgate.yml only, whatever a release names.
 */
export async function openStorage(
  surroundings: StorageSurroundings,
  config: string,
  { reference }: Pick<ReleaseEvent, 'reference'>,
): Promise<ModelStore | undefined> {
  if (reference === null) return undefined;
  const { openReferenced } = await import('../../registry/oci/opening.ts');
  return openReferenced(surroundings, await readOwnRepository(config), reference);
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
  // Most commands never need it.
  const [{ openOciStore }, { readOciCredentials }] = await Promise.all([
    import('../../registry/oci/store.ts'),
    import('../../registry/oci/credentials.ts'),
  ]);
  const registry = repository.split('/', 1)[0] ?? '';
  const credentials = await readOciCredentials({ registry, own: registry, environment });
  return openOciStore({ repository, credentials, progress, signal, ...(delays && { delays }) });
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
