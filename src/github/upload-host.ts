import type { Client } from './client.ts';
import type { RepositoryName } from './repository.ts';

/**
 * The address that takes the assets of a release. An answer names it, so it is looked at before a token goes there: it
 * must be https (or the API's own scheme), on the API's host or on `uploads.` in place of `api.`, and end as the assets
 * of this very release do. Throws an Error otherwise.
 */
export function findUploadUrl(
  client: Pick<Client, 'request'>,
  repository: RepositoryName,
  release: { readonly id: number; readonly uploadUrl: string },
): URL {
  const api = new URL(client.request.endpoint.DEFAULTS.baseUrl);
  const url = new URL(release.uploadUrl.replace(/\{[^}]*\}$/, ''));
  const hosts = [api.host, api.host.replace(/^api\./, 'uploads.')];
  const end = `/repos/${repository.owner}/${repository.name}/releases/${release.id}/assets`;
  const fits =
    url.protocol === api.protocol &&
    hosts.includes(url.host) &&
    url.username === '' &&
    url.password === '' &&
    url.pathname.toLowerCase().endsWith(end.toLowerCase());
  if (!fits) throw new Error(`GitHub names another host for uploads: ${url.host}`);
  url.search = '';
  return url;
}
