import { basename, dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Answer, Call, Routes } from '../call.ts';
import { notFound } from '../fault.ts';
import { runGit } from '../git/commands.ts';
import { remember } from '../git/remembered.ts';

/** The folder that everything is in: what the bare repository `<owner>/<name>.git` is called, and the commit. */
function nameRoot(folder: string, sha: string): string {
  return `${basename(dirname(folder))}-${basename(folder, '.git')}-${sha.slice(0, 7)}`;
}

const pack = remember(async (folder: string, sha: string): Promise<Buffer> => {
  return gzipSync(await runGit(folder, ['archive', '--format=tar', `--prefix=${nameRoot(folder, sha)}/`, sha]));
});

/** A commit as a packed archive: what `git archive` makes of it, in one folder that is named after the repository. */
export const archiveRoutes: Routes = {
  /** The bytes lie at another host (codeload.github.com): a redirect to an address that needs no token. */
  'repos/download-tarball-archive': async (call: Call): Promise<Answer> => {
    const { repository } = call;
    const { folder, defaultBranch } = repository;
    const sha = await repository.resolve(call.params['ref'] || defaultBranch);
    if (sha === undefined) throw notFound();
    const root = nameRoot(folder, sha);
    const bytes = await pack(folder, sha);
    const file = { name: `${root}.tar.gz`, contentType: 'application/x-gzip', bytes };
    return { status: 302, headers: { location: call.hub.artifacts.share(file) } };
  },
};
