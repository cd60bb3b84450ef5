import { join } from 'node:path';
import { canPush } from '../authorize.ts';
import { type Answer, type Call, type Routes, takePage } from '../call.ts';
import { ApiFault, invalid, notFound } from '../fault.ts';
import { type AssetRecord, keepReleases, type ReleaseRecord, renameAsset } from '../records/releases.ts';
import { showAsset } from '../show-release.ts';
import { storeStream } from '../stored-file.ts';
import { answerAssets, findRelease } from './releases.ts';

/** docs.github.com, "About releases", storage and bandwidth quotas. */
const ASSETS_PER_RELEASE = 1000;

/** The files of releases. */
export const assetRoutes: Routes = {
  'repos/upload-release-asset': uploadAsset,
  'repos/list-release-assets': (call: Call): Answer => {
    const release = findRelease(call);
    const { page, headers } = takePage(call, release.assets);
    const answer = answerAssets(
      200,
      page.map((asset) => showAsset(call.repository, release, asset)),
    );
    return { ...answer, headers: { ...headers, ...answer.headers } };
  },
  /** The bytes lie in storage elsewhere: a redirect to an address that works for ten minutes, without a token. */
  'repos/get-release-asset': (call: Call): Answer => {
    const { release, asset } = findAsset(call);
    if (!String(call.headers.accept).includes('application/octet-stream')) {
      return answerAssets(200, showAsset(call.repository, release, asset));
    }
    if (asset.content === undefined) throw notFound();
    asset.downloads += 1;
    const { name, contentType, content } = asset;
    const location = call.hub.artifacts.share({ name, contentType, content });
    return { status: 302, headers: { location } };
  },
  'repos/update-release-asset': (call: Call<{ name?: string; label?: string }>): Answer => {
    const { release, asset } = findAsset(call);
    if (release.immutable) throw refuseImmutable('update', 'asset');
    const name = call.body.name === undefined ? asset.name : renameAsset(call.body.name);
    refuseName(release, name, asset);
    Object.assign(asset, { name, label: call.body.label ?? asset.label, updated: call.world.now() });
    return answerAssets(200, showAsset(call.repository, release, asset));
  },
  'repos/delete-release-asset': (call: Call): Answer => {
    const { release, asset } = findAsset(call);
    if (release.immutable) throw refuseImmutable('delete', 'asset');
    release.assets = release.assets.filter((one) => one !== asset);
    return { status: 204 };
  },
};

/** The asset is there from the first byte on, as a `starter`, and stays one when the upload breaks off. */
async function uploadAsset(call: Call): Promise<Answer> {
  const release = findRelease(call);
  const records = call.repository.part(keepReleases);
  if (release.immutable) throw refuseImmutable('upload', 'assets');
  const name = renameAsset(String(call.query['name']));
  if (name === '') throw invalid('ReleaseAsset', 'name', 'missing_field');
  refuseName(release, name);
  const size = Number(call.headers['content-length'] ?? 0);
  if (size === 0) throw new ApiFault(400, 'Bad Content-Length: 0');
  if (size >= records.assetLimit) {
    throw invalid('ReleaseAsset', 'size', 'custom', `size must be less than ${records.assetLimit}`);
  }
  if (release.assets.length >= ASSETS_PER_RELEASE) {
    throw invalid('ReleaseAsset', 'release', 'custom', `file limit exceeded: ${ASSETS_PER_RELEASE} files per release`);
  }
  const asset: AssetRecord = {
    id: call.world.nextId(),
    name,
    label: call.query['label'] === undefined ? null : String(call.query['label']),
    contentType: call.headers['content-type'] ?? 'application/octet-stream',
    state: 'starter',
    content: undefined,
    uploader: call.token?.login ?? 'ghost',
    created: call.world.now(),
    updated: call.world.now(),
    downloads: 0,
  };
  release.assets.push(asset);
  release.updated = asset.created;
  if (records.brokenUploads > 0) {
    records.brokenUploads -= 1;
    throw new ApiFault(502, 'Server Error');
  }
  const file = join(call.hub.folder, '.assets', String(asset.id));
  const content = await storeStream(call.incoming, file).catch(() => {
    throw new ApiFault(400, 'The upload broke off');
  });
  // Somebody may have deleted it, or published the release, while the bytes came.
  if (!release.assets.includes(asset)) throw notFound();
  if (release.immutable) throw refuseImmutable('upload', 'assets');
  Object.assign(asset, { state: 'uploaded', content, updated: call.world.now() });
  return { status: 201, body: showAsset(call.repository, release, asset) };
}

function findAsset(call: Call): { release: ReleaseRecord; asset: AssetRecord } {
  const id = Number(call.params['asset_id']);
  for (const release of call.repository.part(keepReleases).all) {
    const asset = release.assets.find((one) => one.id === id);
    const hidden = release.draft && !canPush(call.repository, call.token);
    if (asset !== undefined && !hidden) return { release, asset };
  }
  throw notFound();
}

function refuseName(release: ReleaseRecord, name: string, self?: AssetRecord): void {
  if (release.assets.some((other) => other !== self && other.name === name)) {
    throw invalid('ReleaseAsset', 'name', 'already_exists');
  }
}

/** GitHub's own words for uploading and deleting. */
function refuseImmutable(verb: 'upload' | 'delete' | 'update', thing: string): ApiFault {
  const preposition = verb === 'upload' ? 'to' : verb === 'delete' ? 'from' : 'of';
  return new ApiFault(422, `Cannot ${verb} ${thing} ${preposition} an immutable release`);
}
