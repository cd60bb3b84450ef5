import { type Answer, answerList, type Call, type Routes } from '../call.ts';
import { ApiFault, notFound } from '../fault.ts';
import { GitFault, readGit } from '../git/commands.ts';
import { readType } from '../git/objects.ts';
import { hasBurned, isProtectedTag } from '../records/releases.ts';
import { refuseByRules, violate } from '../records/rulesets.ts';

const NOTHING = '0'.repeat(40);

/** Git's refs: branches, tags, and any other below `refs/`. */
export const refRoutes: Routes = {
  'git/get-ref': async (call: Call): Promise<Answer> => {
    const ref = `refs/${call.params['ref']}`;
    const found = (await listRefs(call, ref)).find((one) => one.ref === ref);
    if (found === undefined) throw notFound();
    return { status: 200, body: showRef(call, found) };
  },
  /** Everything that begins with the text, wherever in a name it ends. */
  'git/list-matching-refs': async (call: Call): Promise<Answer> => {
    const start = `refs/${call.params['ref'] ?? ''}`;
    const found = (await listRefs(call, 'refs/')).filter((one) => one.ref.startsWith(start));
    return { status: 200, body: found.map((one) => showRef(call, one)) };
  },
  'git/create-ref': async (call: Call<{ ref: string; sha: string }>): Promise<Answer> => {
    const { ref, sha } = call.body;
    if (!/^refs\/[^/]+\/./.test(ref)) {
      throw new ApiFault(422, "Reference name must start with 'refs/' and contain at least two slashes.");
    }
    await readGit(call.repository.folder, ['check-ref-format', ref]).catch(() => {
      throw new ApiFault(422, `${ref} is not a valid ref name.`);
    });
    await requireObject(call, ref, sha);
    if ((await readRef(call, ref)) !== undefined) throw new ApiFault(422, 'Reference already exists');
    if (hasBurned(call.repository, ref)) throw violate('creation');
    refuseByRules(call.repository, ref, 'creation', call.token);
    await moveRef(call, ref, sha, NOTHING, 'Reference already exists');
    const body = showRef(call, { ref, ...(await readTip(call, sha)) });
    return { status: 201, body, headers: { location: String(body['url']) } };
  },
  'git/update-ref': async (call: Call<{ sha: string; force?: boolean }>): Promise<Answer> => {
    const ref = `refs/${call.params['ref']}`;
    const { sha, force = false } = call.body;
    const before = await readRef(call, ref);
    if (before === undefined) throw new ApiFault(422, 'Reference does not exist');
    await requireObject(call, ref, sha);
    if (isProtectedTag(call.repository, ref)) throw violate('update');
    refuseByRules(call.repository, ref, 'update', call.token);
    if (!(await leadsTo(call, before, sha))) {
      if (!force) throw new ApiFault(422, 'Update is not a fast forward');
      refuseByRules(call.repository, ref, 'non_fast_forward', call.token);
    }
    await moveRef(call, ref, sha, before, 'Reference cannot be updated');
    return { status: 200, body: showRef(call, { ref, ...(await readTip(call, sha)) }) };
  },
  'git/delete-ref': async (call: Call): Promise<Answer> => {
    const ref = `refs/${call.params['ref']}`;
    const before = await readRef(call, ref);
    if (before === undefined) throw new ApiFault(422, 'Reference does not exist');
    if (isProtectedTag(call.repository, ref) || ref === `refs/heads/${call.repository.defaultBranch}`) {
      throw violate('deletion');
    }
    refuseByRules(call.repository, ref, 'deletion', call.token);
    await readGit(call.repository.folder, ['update-ref', '-d', ref, before]);
    await call.repository.announcePush();
    return { status: 204 };
  },
  'repos/list-tags': async (call: Call): Promise<Answer> => {
    const { apiUrl } = call.repository;
    const found = await listRefs(call, 'refs/tags/');
    const tags = found.map(({ ref, commit: sha }) => {
      const name = ref.slice('refs/tags/'.length);
      const archive = (kind: string) => `${apiUrl}/${kind}/refs/tags/${encodeURIComponent(name)}`;
      const commit = { sha, url: `${apiUrl}/commits/${sha}` };
      return { name, node_id: `REF_${name}`, commit, zipball_url: archive('zipball'), tarball_url: archive('tarball') };
    });
    return answerList(call, tags.toReversed());
  },
};

interface Tip {
  readonly sha: string;
  readonly type: string;
}

/** Refs below a prefix by name; `commit` is what a tag leads to in the end. */
async function listRefs(call: Call, prefix: string): Promise<(Tip & { ref: string; commit: string })[]> {
  const format = '--format=%(refname)%00%(objectname)%00%(objecttype)%00%(*objectname)';
  // A pattern names a whole ref, or everything below it.
  const args = ['for-each-ref', format, prefix];
  const text = await readGit(call.repository.folder, args);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [ref = '', sha = '', type = '', peeled = ''] = line.split('\0');
      return { ref, sha, type, commit: peeled || sha };
    });
}

async function readRef(call: Call, ref: string): Promise<string | undefined> {
  return (await listRefs(call, ref)).find((one) => one.ref === ref)?.sha;
}

async function readTip(call: Call, sha: string): Promise<Tip> {
  return { sha, type: (await readType(call.repository.folder, sha)) ?? 'commit' };
}

/** A branch holds a commit; a tag may hold anything that is there. */
async function requireObject(call: Call, ref: string, sha: string): Promise<void> {
  const type = await readType(call.repository.folder, sha);
  if (type === undefined) throw new ApiFault(422, 'Object does not exist');
  if (ref.startsWith('refs/heads/') && type !== 'commit') throw new ApiFault(422, 'Reference update failed');
}

/** Whether the new end has the old one in its history; of tags, the commits that they hold. */
async function leadsTo(call: Call, before: string, after: string): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', `${before}^{commit}`, `${after}^{commit}`];
  return readGit(call.repository.folder, args).then(
    () => true,
    () => false,
  );
}

/** Moves a ref if it still is where it was: of two that move it at once, one fails. */
async function moveRef(call: Call, ref: string, to: string, from: string, refusal: string): Promise<void> {
  try {
    await readGit(call.repository.folder, ['update-ref', ref, to, from]);
  } catch (error) {
    throw error instanceof GitFault ? new ApiFault(422, refusal) : error;
  }
  await call.repository.announcePush();
}

function showRef(call: Call, { ref, sha, type }: Tip & { ref: string }): Record<string, unknown> {
  const { apiUrl } = call.repository;
  const path = ref.split('/').map(encodeURIComponent).join('/');
  const object = { sha, type, url: `${apiUrl}/git/${type}s/${sha}` };
  return { ref, node_id: `REF_${ref}`, url: `${apiUrl}/git/${path}`, object };
}
