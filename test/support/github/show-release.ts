import type { AssetRecord, ReleaseRecord } from './records/releases.ts';
import type { RepositoryState } from './repository.ts';
import { showAccount } from './show-account.ts';
import { writeTime } from './world.ts';

/** A release as GitHub's answers have it. A draft's page has an address that nobody can guess. */
export function showRelease(repository: RepositoryState, release: ReleaseRecord): Record<string, unknown> {
  const { apiUrl, htmlUrl, world } = repository;
  const url = `${apiUrl}/releases/${release.id}`;
  const archive = (kind: string) => (release.draft ? null : `${apiUrl}/${kind}/${encodeURIComponent(release.tag)}`);
  return {
    id: release.id,
    node_id: `RE_${release.id}`,
    url,
    html_url: `${htmlUrl}/releases/tag/${encodeURIComponent(writePage(release))}`,
    assets_url: `${url}/assets`,
    upload_url: `${apiUrl.replace(world.apiUrl, `${world.apiUrl}/uploads`)}/releases/${release.id}/assets{?name,label}`,
    tarball_url: archive('tarball'),
    zipball_url: archive('zipball'),
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    body: release.body,
    draft: release.draft,
    prerelease: release.prerelease,
    immutable: release.immutable,
    author: showAccount(world, release.author),
    created_at: writeTime(release.created),
    updated_at: writeTime(release.updated),
    published_at: release.published && writeTime(release.published),
    assets: release.assets.map((asset) => showAsset(repository, release, asset)),
  };
}

/** An asset as GitHub's answers have it. */
export function showAsset(
  repository: RepositoryState,
  release: ReleaseRecord,
  asset: AssetRecord,
): Record<string, unknown> {
  const page = encodeURIComponent(writePage(release));
  return {
    id: asset.id,
    node_id: `RA_${asset.id}`,
    url: `${repository.apiUrl}/releases/assets/${asset.id}`,
    browser_download_url: `${repository.htmlUrl}/releases/download/${page}/${asset.name}`,
    name: asset.name,
    label: asset.label,
    state: asset.state,
    content_type: asset.contentType,
    size: asset.content?.size ?? 0,
    digest: asset.undigested ? null : (asset.content?.sha256 ?? null),
    download_count: asset.downloads,
    uploader: showAccount(repository.world, asset.uploader),
    created_at: writeTime(asset.created),
    updated_at: writeTime(asset.updated),
  };
}

function writePage(release: ReleaseRecord): string {
  return release.draft ? `untagged-${release.id.toString(16).padStart(20, '0')}` : release.tag;
}
