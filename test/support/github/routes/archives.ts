import { gzipSync } from 'node:zlib';
import type { Answer, Call, Routes } from '../call.ts';
import { notFound } from '../fault.ts';
import { runGit } from '../git/commands.ts';

/** A commit as a packed archive: what `git archive` makes of it, in one folder that is named after the repository. */
export const archiveRoutes: Routes = {
  /** The bytes lie at another host (codeload.github.com): a redirect to an address that needs no token. */
  'repos/download-tarball-archive': async (call: Call): Promise<Answer> => {
    const { repository } = call;
    const { folder, owner, name, defaultBranch } = repository;
    const sha = await repository.resolve(call.params['ref'] || defaultBranch);
    if (sha === undefined) throw notFound();
    const root = `${owner}-${name}-${sha.slice(0, 7)}`;
    const tar = await runGit(folder, ['archive', '--format=tar', `--prefix=${root}/`, sha]);
    const bytes = gzipSync(tar);
    const file = { name: `${root}.tar.gz`, contentType: 'application/x-gzip', bytes };
    return { status: 302, headers: { location: call.hub.artifacts.share(file) } };
  },
};
