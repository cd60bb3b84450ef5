import { UserMistake } from '../../errors.ts';

/** A repository of an OCI registry, taken apart. */
export interface OciRepository {
  /** As it is written in modelgate.yml: `ghcr.io/octo-org/churn`. */
  readonly text: string;
  /** Host and port as they are written. */
  readonly registry: string;
  /** The path behind the host. */
  readonly name: string;
  /** Where the registry's API is: `https://ghcr.io`. */
  readonly origin: string;
}

const REPOSITORY = /^(?<registry>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?)\/(?<name>[a-z0-9._/-]{1,255})$/;
const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const EXAMPLE = 'Write host and path in small letters, such as ghcr.io/octo-org/churn.';

/** Docker Hub answers its API under another name than the one people write. */
const API_HOSTS: Readonly<Record<string, string>> = {
  'docker.io': 'registry-1.docker.io',
  'index.docker.io': 'registry-1.docker.io',
};

/** Whether a host (with or without port) is this machine, by the names that need no resolver (RFC 6761 for localhost). */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name.endsWith('.localhost') || /^127(\.\d{1,3}){3}$/.test(name) || name === '[::1]';
}

/** Reads `registry/path`, without tag or digest. Plain http is for this machine only. Throws UserMistake. */
export function parseOciRepository(text: string): OciRepository {
  const { registry, name } = REPOSITORY.exec(text)?.groups ?? {};
  if (registry === undefined || name === undefined || !name.split('/').every((part) => COMPONENT.test(part))) {
    throw new UserMistake({
      found: `\`${text.slice(0, 200)}\` is not a repository of an OCI registry`,
      fix: EXAMPLE,
    });
  }
  const host = API_HOSTS[registry] ?? registry;
  return { text, registry, name, origin: `${isLoopback(host) ? 'http' : 'https'}://${host}` };
}

/** Reads `registry/path@sha256:…`, the reference that a manifest of ours keeps. Throws UserMistake. */
export function parseOciReference(reference: string): { readonly repository: OciRepository; readonly digest: string } {
  const [text = '', digest = '', ...rest] = reference.split('@');
  if (rest.length > 0 || !DIGEST.test(digest)) {
    throw new UserMistake({
      found: `\`${reference.slice(0, 300)}\` does not name an OCI artifact by its digest`,
      fix: 'A reference ends with @sha256: and 64 hexadecimal digits.',
    });
  }
  return { repository: parseOciRepository(text), digest };
}
