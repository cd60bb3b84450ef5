import type { Config } from '../../config/schema/modelgate.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import { type OciCredentials, readOciCredentials } from '../../registry/oci/credentials.ts';
import { type OciStore, openOciStore } from '../../registry/oci/store.ts';
import type { Shell } from '../shell.ts';

/** Who a registry knows a token as; empty texts where nobody gave any. */
export interface RegistryLogin {
  readonly user: string;
  readonly token: string;
}

/** Opens where a release's model files go, by modelgate.yml; undefined where they are assets of the release. */
export async function openTarget(shell: Shell, config: Config, login: RegistryLogin): Promise<OciStore | undefined> {
  const { target, oci } = config.release ?? {};
  if (target !== 'oci' || !oci) return undefined;
  const registry = oci.repository.split('/', 1)[0] ?? '';
  const { environment } = shell;
  const username = login.user || environment['GITHUB_ACTOR'] || 'x-access-token';
  const credentials =
    login.token === ''
      ? await readOciCredentials({ registry, own: registry, environment })
      : { username, password: login.token };
  return openStore(shell, oci.repository, credentials);
}

/**
 * Opens where the model files of a version lie; undefined where they are assets of its release. The release names the
 * registry, so only what the runner has for that very registry goes there: the login of docker, or the job's own token.
 */
export async function openStorage(
  shell: Shell,
  { reference }: Pick<ReleaseEvent, 'reference'>,
  token: string,
): Promise<OciStore | undefined> {
  if (reference === null) return undefined;
  const repository = reference.split('@', 1)[0] ?? '';
  const registry = repository.split('/', 1)[0] ?? '';
  const environment = { ...shell.environment, GITHUB_TOKEN: token };
  return openStore(shell, repository, await readOciCredentials({ registry, environment }));
}

function openStore(shell: Shell, repository: string, credentials: OciCredentials | undefined): OciStore {
  const { progress, signal, delays } = shell;
  return openOciStore({ repository, credentials, progress, signal, ...(delays && { delays }) });
}
