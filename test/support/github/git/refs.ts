import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readGit } from './commands.ts';
import { remember } from './remembered.ts';

const FULL_NAME = /^[0-9a-f]{40}$/;
/** Refs that only ever name commits, so that nothing needs to be peeled. */
const OF_COMMITS = /^refs\/(?:heads|pull)\/(?!.*\.\.)/;

/** The commit of a branch, a tag, a ref with or without `refs/`, or of a commit's own name; undefined where there is none. */
export async function resolveCommit(folder: string, ref: string): Promise<string | undefined> {
  const full = ref.startsWith('refs/') ? ref : `refs/${ref}`;
  const names = FULL_NAME.test(ref) ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`, full];
  for (const name of names) {
    const text = OF_COMMITS.test(name) ? await readFile(join(folder, name), 'utf8').catch(() => '') : '';
    if (FULL_NAME.test(text.trim())) return text.trim();
    if (mayBe(folder, name)) {
      const found = await ask(folder, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Without packed refs, every ref is a file: git need not be asked for one that is not there. */
function mayBe(folder: string, name: string): boolean {
  return FULL_NAME.test(name) || existsSync(join(folder, 'packed-refs')) || existsSync(join(folder, name));
}

/** Only what a ref names may change: a commit that is there by its own name stays. */
const ask = remember(async (folder: string, name: string): Promise<string | undefined> => {
  const answer = await readGit(folder, ['cat-file', '--batch-check=%(objectname) %(objecttype)'], {
    input: `${name}^{commit}\n`,
  });
  const [sha = '', type] = answer.split(' ');
  return type === 'commit' ? sha : undefined;
});
