import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserMistake } from '../../errors.ts';

/** A name and a secret for one registry. */
export interface OciCredentials {
  readonly username: string;
  readonly password: string;
}

export interface CredentialSources {
  /** The registry that is spoken to, as it is written: `ghcr.io`. */
  readonly registry: string;
  /**
   * The registry of the user's own modelgate.yml (`release.oci.repository`): the only one that OCI_USERNAME and
   * OCI_PASSWORD are for. What a release of somebody else's names does not get them.
   */
  readonly own?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Finds what the user has for a registry: OCI_USERNAME and OCI_PASSWORD; for GHCR, GITHUB_ACTOR and GITHUB_TOKEN; or
 * what `docker login` wrote into its configuration. Undefined without any: many registries let anyone read. Helpers that
 * docker keeps secrets with are programs of others, and are not run. Throws UserMistake of half a pair.
 */
export async function readOciCredentials(sources: CredentialSources): Promise<OciCredentials | undefined> {
  const { registry, own, environment } = sources;
  const { OCI_USERNAME: username = '', OCI_PASSWORD: password = '' } = environment;
  if (registry === own && (username !== '' || password !== '')) {
    if (username !== '' && password !== '') return { username, password };
    const missing = username === '' ? 'OCI_USERNAME' : 'OCI_PASSWORD';
    throw new UserMistake({
      found: `${missing} is not set, and its other half is`,
      fix: 'Set both OCI_USERNAME and OCI_PASSWORD, or neither.',
    });
  }
  if (registry === 'ghcr.io' && environment['GITHUB_TOKEN']) {
    // GHCR looks at the token only; it wants a name all the same.
    return { username: environment['GITHUB_ACTOR'] || 'x-access-token', password: environment['GITHUB_TOKEN'] };
  }
  return readDockerLogin(registry, environment);
}

async function readDockerLogin(registry: string, environment: NodeJS.ProcessEnv): Promise<OciCredentials | undefined> {
  const folder = environment['DOCKER_CONFIG'] || join(environment['HOME'] || homedir(), '.docker');
  try {
    const config: unknown = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));
    const auths = (config as { auths?: Record<string, { auth?: unknown }> } | null)?.auths ?? {};
    for (const [key, entry] of Object.entries(auths)) {
      if (readLoginHost(key) !== registry) continue;
      const auth = entry?.auth;
      const [, username, password] = /^([^:]+):(.+)$/s.exec(decode(auth)) ?? [];
      if (username !== undefined && password !== undefined) return { username, password };
    }
  } catch {
    // Whoever never logged in has no such file; a broken one is docker's to complain about.
  }
  return undefined;
}

/** The host that docker keeps a login for: as it was typed, or as the address of an index, which Docker Hub has. */
function readLoginHost(key: string): string {
  return key.replace(/^https:\/\/(index\.)?/, '').replace(/\/.*$/, '');
}

function decode(auth: unknown): string {
  return typeof auth === 'string' ? Buffer.from(auth, 'base64').toString('utf8') : '';
}
