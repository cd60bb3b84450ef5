import { UserMistake } from '../../errors.ts';
import { isLoopback, type OciRepository } from './reference.ts';

/**
 * Resolves an address that a registry sent us to, and refuses one that is not safe to follow: anything but https, unless
 * the registry itself is on this machine and the address is too. Throws UserMistake.
 */
export function resolveAddress(repository: OciRepository, address: string, base: string): URL {
  const url = URL.canParse(address, base) ? new URL(address, base) : undefined;
  const here = isLoopback(new URL(repository.origin).host);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && here && isLoopback(url.host))) {
    // An address may carry a name and a secret, which fetch refuses to send.
    url.username = '';
    url.password = '';
    return url;
  }
  throw new UserMistake({
    found: `${repository.registry} sends to ${url ? `${url.protocol}//${url.host}` : 'an address that is none'}`,
    fix: 'Only https is followed. A registry behind a proxy has to know its own outer address.',
  });
}
