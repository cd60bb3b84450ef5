import { findConfigFile, readProject } from '../../config/project.ts';
import { UserMistake } from '../../errors.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { ModelStore } from '../../registry/model-store.ts';
import type { Terminal } from '../command.ts';

/**
 * Opens where the model files of a version lie; undefined where they are assets of its release. Credentials of the
 * environment go to the registry of the user's own modelgate.yml only, whatever a release names.
 */
export async function openStorage(
  { environment, progress, signal }: Terminal,
  config: string,
  { reference }: Pick<ReleaseEvent, 'reference'>,
): Promise<ModelStore | undefined> {
  if (reference === null) return undefined;
  const [{ openOciStore }, { readOciCredentials }] = await Promise.all([
    import('../../registry/oci/store.ts'),
    import('../../registry/oci/credentials.ts'),
  ]);
  const repository = reference.split('@', 1)[0] ?? '';
  const own = nameRegistry(await readOwnRepository(config));
  const registry = nameRegistry(repository);
  const credentials = await readOciCredentials({ registry, own, environment });
  return openOciStore({ repository, credentials, progress, signal });
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
