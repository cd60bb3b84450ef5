import { canPush } from '../authorize.ts';
import { type Answer, type Call, type Routes, takePage } from '../call.ts';
import { ApiFault, invalid, notFound } from '../fault.ts';
import { GitFault, readGit } from '../git/commands.ts';
import { findLatest, keepReleases, type ReleaseRecord } from '../records/releases.ts';
import { refuseByRules } from '../records/rulesets.ts';
import { showRelease } from '../show-release.ts';

interface ReleaseBody {
  readonly tag_name?: string;
  readonly target_commitish?: string;
  readonly name?: string;
  readonly body?: string;
  readonly draft?: boolean;
  readonly prerelease?: boolean;
  readonly make_latest?: ReleaseRecord['latest'];
  readonly generate_release_notes?: boolean;
}

/** Releases, and the setting that makes them immutable. */
export const releaseRoutes: Routes = {
  'repos/create-release': createRelease,
  'repos/update-release': updateRelease,
  'repos/get-release': (call: Call) => answerRelease(call, 200, findRelease(call)),
  /** Never a draft, whoever asks: a draft has no tag yet. */
  'repos/get-release-by-tag': (call: Call) => {
    const found = call.repository.part(keepReleases).all.find((one) => !one.draft && one.tag === call.params['tag']);
    if (found === undefined) throw notFound();
    return answerRelease(call, 200, found);
  },
  'repos/get-latest-release': (call: Call) => {
    const found = findLatest(call.repository.part(keepReleases).all);
    if (found === undefined) throw notFound();
    return answerRelease(call, 200, found);
  },
  'repos/list-releases': (call: Call): Answer => {
    const all = call.repository
      .part(keepReleases)
      .all.filter((one) => !one.draft || canPush(call.repository, call.token));
    const { page, headers } = takePage(call, all.toReversed());
    const body = page.map((release) => showRelease(call.repository, release));
    return { ...answerAssets(200, body), headers: { ...headers, ...answerAssets(200, body).headers } };
  },
  /** The tag stays where it is. */
  'repos/delete-release': (call: Call): Answer => {
    const { all } = call.repository.part(keepReleases);
    all.splice(all.indexOf(findRelease(call)), 1);
    return { status: 204 };
  },
  'repos/generate-release-notes': (call: Call<{ tag_name: string }>): Answer => {
    const body = `**Full Changelog**: ${call.repository.htmlUrl}/commits/${call.body.tag_name}`;
    return { status: 200, body: { name: call.body.tag_name, body } };
  },
  'repos/check-immutable-releases': (call: Call): Answer => {
    if (!call.repository.part(keepReleases).immutable) throw notFound();
    return { status: 200, body: { enabled: true, enforced_by_owner: false } };
  },
  'repos/enable-immutable-releases': (call: Call): Answer => {
    call.repository.part(keepReleases).immutable = true;
    return { status: 204 };
  },
  /** Releases that are immutable stay so. */
  'repos/disable-immutable-releases': (call: Call): Answer => {
    call.repository.part(keepReleases).immutable = false;
    return { status: 204 };
  },
};

/** The release of a path. Throws 404, for a draft too where the token cannot push. */
export function findRelease(call: Call): ReleaseRecord {
  const id = Number(call.params['release_id']);
  const found = call.repository.part(keepReleases).all.find((release) => release.id === id);
  if (found === undefined || (found.draft && !canPush(call.repository, call.token))) throw notFound();
  return found;
}

/**
 * An answer that may hold an asset in the state `starter`. GitHub's documentation and clients know it, its schema does not,
 * so such an answer goes out as it is, unchecked.
 */
export function answerAssets(status: number, body: unknown): Answer {
  const text = JSON.stringify(body);
  if (!text.includes('"state":"starter"')) return { status, body };
  return { status, bytes: Buffer.from(text), headers: { 'content-type': 'application/json; charset=utf-8' } };
}

function answerRelease(call: Call, status: number, release: ReleaseRecord): Answer {
  return answerAssets(status, showRelease(call.repository, release));
}

async function createRelease(call: Call<ReleaseBody>): Promise<Answer> {
  const { tag_name = '', target_commitish = call.repository.defaultBranch, draft = false } = call.body;
  const now = call.world.now();
  const release: ReleaseRecord = {
    id: call.world.nextId(),
    tag: tag_name,
    target: target_commitish,
    name: call.body.name ?? null,
    body: call.body.body ?? (call.body.generate_release_notes ? '**Full Changelog**' : null),
    draft: true,
    prerelease: call.body.prerelease ?? false,
    latest: call.body.make_latest ?? 'true',
    immutable: false,
    author: call.token?.login ?? 'ghost',
    created: now,
    updated: now,
    published: null,
    assets: [],
  };
  await refuseTag(call, release);
  const tip = await call.repository.resolve(target_commitish);
  if (draft && tip !== undefined) await refuseWorkflows(call, tip);
  if (!draft) await publish(call, release);
  call.repository.part(keepReleases).all.push(release);
  return answerRelease(call, 201, release);
}

async function updateRelease(call: Call<ReleaseBody>): Promise<Answer> {
  const release = findRelease(call);
  const { tag_name = release.tag, target_commitish = release.target, draft = release.draft } = call.body;
  const moves = tag_name !== release.tag || target_commitish !== release.target || (draft && !release.draft);
  if (release.immutable && moves) {
    throw invalid('Release', 'tag_name', 'custom', 'Cannot change the tag of an immutable release');
  }
  const next = { ...release, tag: tag_name, target: target_commitish };
  if (tag_name !== release.tag || (release.draft && !draft)) await refuseTag(call, next);
  if (release.draft && !draft) await publish(call, next);
  else next.draft = draft;
  if (call.body.name !== undefined) next.name = call.body.name;
  if (call.body.body !== undefined) next.body = call.body.body;
  if (call.body.prerelease !== undefined) next.prerelease = call.body.prerelease;
  if (call.body.make_latest !== undefined) next.latest = call.body.make_latest;
  Object.assign(release, next, { updated: call.world.now() });
  return answerRelease(call, 200, release);
}

/** Throws 422 for a tag that this release cannot have. Drafts may share one. */
async function refuseTag(call: Call, release: ReleaseRecord): Promise<void> {
  const { all, burned } = call.repository.part(keepReleases);
  const taken = all.some((other) => other.id !== release.id && !other.draft && other.tag === release.tag);
  const errors = [
    ...(taken ? [{ resource: 'Release', code: 'already_exists', field: 'tag_name' }] : []),
    ...(burned.has(release.tag) ? [{ ...CUSTOM, message: 'tag_name was used by an immutable release' }] : []),
  ];
  if (errors.length > 0) throw new ApiFault(422, 'Validation Failed', { errors });
  await readGit(call.repository.folder, ['check-ref-format', `refs/tags/${release.tag}`]).catch(() => {
    throw invalid('Release', 'tag_name', 'custom', 'tag_name is not a valid tag');
  });
}

const CUSTOM = { resource: 'Release', code: 'custom', field: 'tag_name' };

/** Makes the tag where it is missing, a lightweight one, and makes the release what everybody can see. */
async function publish(call: Call, release: ReleaseRecord): Promise<void> {
  const { repository, token } = call;
  const records = repository.part(keepReleases);
  const ref = `refs/tags/${release.tag}`;
  if ((await repository.resolve(ref)) === undefined) {
    const target = await repository.resolve(release.target);
    if (target === undefined) throw invalid('Release', 'target_commitish', 'invalid');
    await refuseWorkflows(call, target);
    refuseByRules(repository, ref, 'creation', token);
    await readGit(repository.folder, ['update-ref', ref, target, '0'.repeat(40)]);
    await repository.announcePush();
  }
  release.draft = false;
  release.published = call.world.now();
  release.immutable = records.immutable;
  if (release.immutable) records.burned.add(release.tag);
  call.hub.announce('release', repository, { action: 'published', release: showRelease(repository, release) });
}

/** A release of workflows that the default branch does not have needs the right to write workflows ("Create a release"). */
async function refuseWorkflows(call: Call, target: string): Promise<void> {
  const { token, repository } = call;
  if (token?.kind === 'user' || token?.permissions['workflows'] === 'write') return;
  const paths = [`refs/heads/${repository.defaultBranch}`, target, '--', '.github/workflows'];
  await readGit(repository.folder, ['diff', '--quiet', ...paths]).catch((error: unknown) => {
    if (error instanceof GitFault && error.code === 1) {
      throw new ApiFault(403, 'Resource not accessible by integration');
    }
    throw error;
  });
}
