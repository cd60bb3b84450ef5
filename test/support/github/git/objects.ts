import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GitFault, readGit } from './commands.ts';
import { listTree } from './reading.ts';

/** Who made a commit or a tag, and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly date: Date;
}

/** One path of a tree to be written: an object that is there, or undefined to take the path away. */
export interface TreeChange {
  readonly path: string;
  readonly mode: string;
  readonly sha: string | undefined;
}

/** The type of an object, or undefined where there is none of that name. */
export async function readType(folder: string, sha: string): Promise<string | undefined> {
  if (!/^[0-9a-f]{40}$/.test(sha)) return undefined;
  return readGit(folder, ['cat-file', '-t', sha]).catch((error: unknown) => {
    if (error instanceof GitFault) return undefined;
    throw error;
  });
}

/** Stores bytes as an object of a type, checked as git checks it; its name. Throws a GitFault for a malformed one. */
export function writeObject(folder: string, type: 'blob' | 'commit' | 'tag', bytes: string | Buffer): Promise<string> {
  const args = type === 'tag' ? ['mktag'] : ['hash-object', '-w', '-t', type, '--stdin'];
  return readGit(folder, args, { input: bytes });
}

/** A line of an object's head. Angle brackets and line ends cannot stand in a name. */
export function writeSignature(kind: string, { name, email, date }: Signature): string {
  const clean = (text: string) => text.replace(/[<>\n\0]/g, '');
  return `${kind} ${clean(name)} <${clean(email)}> ${Math.floor(date.getTime() / 1000)} +0000\n`;
}

/** Writes a tree: those entries, over those of `base` where it is given. Throws a GitFault for a path that git refuses. */
export async function writeTree(folder: string, base: string | undefined, changes: TreeChange[]): Promise<string> {
  const index = join(folder, `index-${randomUUID()}`);
  const environment = { GIT_INDEX_FILE: index };
  try {
    await readGit(folder, ['read-tree', base ?? '--empty'], { environment });
    for (const change of changes) {
      const inside = await readGit(folder, ['ls-files', '-z', '--', `:(literal)${change.path}`], { environment });
      const gone = inside.split('\0').filter((path) => path !== '');
      const lines = [...gone.map((path) => `0 ${'0'.repeat(40)}\t${path}\0`), ...(await expand(folder, change))];
      const args = ['update-index', '-z', '--add', '--replace', '--index-info'];
      if (lines.length > 0) await readGit(folder, args, { environment, input: lines.join('') });
    }
    return await readGit(folder, ['write-tree'], { environment });
  } finally {
    await rm(index, { force: true });
  }
}

/** The lines of an index for one change; a tree stands for everything in it. */
async function expand(folder: string, { path, mode, sha }: TreeChange): Promise<string[]> {
  if (sha === undefined) return [];
  if (mode !== '040000') return [`${mode} ${sha}\t${path}\0`];
  const inside = await listTree(folder, sha, { recursive: true });
  return inside
    .filter((entry) => entry.type !== 'tree')
    .map((entry) => `${entry.mode} ${entry.sha}\t${path}/${entry.path}\0`);
}
