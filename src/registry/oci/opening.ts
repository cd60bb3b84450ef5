import type { Delays } from '../../github/delays.ts';
import type { Progress } from '../../progress.ts';
import type { ModelStore } from '../model-store.ts';

/** What a store is opened with. */
export interface StoreSurroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** How long waiting for the registry takes; real time without. */
  readonly delays?: Delays | undefined;
}

/**
 * Opens where the files behind a reference lie. `own` is the repository of the user's own modelgate.yml: credentials of the
 * environment go to its registry only, whatever a release names.
 */
export async function openReferenced(
  { environment, progress, signal, delays }: StoreSurroundings,
  own: string,
  reference: string,
): Promise<ModelStore> {
  const [{ openOciStore }, { readOciCredentials }] = await Promise.all([
    // Most commands never need it.
    import('./store.ts'),
    import('./credentials.ts'),
  ]);
  const repository = reference.split('@', 1)[0] ?? '';
  const credentials = await readOciCredentials({
    registry: nameRegistry(repository),
    own: nameRegistry(own),
    environment,
  });
  return openOciStore({ repository, credentials, progress, signal, ...(delays && { delays }) });
}

function nameRegistry(repository: string): string {
  return repository.split('/', 1)[0] ?? '';
}
