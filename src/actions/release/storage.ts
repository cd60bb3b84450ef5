import { join } from 'node:path';
import { openStorage, openTarget } from '../../cli/registry/storage.ts';
import type { Config } from '../../config/schema/modelgate.ts';
import type { ReleaseEvent } from '../../evidence/schema/ledger.ts';
import type { ModelStore } from '../../registry/model-store.ts';
import type { OciStore } from '../../registry/oci/store.ts';
import type { Shell } from '../shell.ts';

/** Who a registry knows a token as; empty texts where nobody gave any. */
export interface RegistryLogin {
  readonly user: string;
  readonly token: string;
}

/** Opens where a release's model files go, with the login that the job was given for it, else what the runner has. */
export async function openLoggedInTarget(
  shell: Shell,
  config: Config,
  login: RegistryLogin,
): Promise<OciStore | undefined> {
  const given = login.token === '' ? {} : nameVariables(shell, login);
  return await openTarget({ ...shell, environment: { ...shell.environment, ...given } }, config);
}

/**
 * Opens where the model files of a version lie, with what the runner has for that registry: the job's token for GHCR, or
 * the login or OCI_USERNAME and OCI_PASSWORD, where it is that of the modelgate.yml in the checkout. `config` is its path.
 */
export async function openLoggedInStorage(
  shell: Shell,
  config: string,
  event: Pick<ReleaseEvent, 'reference'>,
  { token, login }: { readonly token: string; readonly login?: RegistryLogin },
): Promise<ModelStore | undefined> {
  const given = login && login.token !== '' ? nameVariables(shell, login) : {};
  const environment = { ...shell.environment, ...(token !== '' && { GITHUB_TOKEN: token }), ...given };
  return await openStorage({ ...shell, environment }, join(shell.folder, config), event);
}

/** A login as the variables that go to the registry of modelgate.yml only. */
function nameVariables({ environment }: Shell, { user, token }: RegistryLogin) {
  return { OCI_USERNAME: user || environment['GITHUB_ACTOR'] || 'x-access-token', OCI_PASSWORD: token };
}
