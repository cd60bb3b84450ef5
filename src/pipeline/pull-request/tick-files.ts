import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import posix from 'node:path/posix';
import { findPathFault } from '../../config/paths.ts';
import { parseTasks } from '../../governance/task-list.ts';
import { parseTickEvidence } from '../../governance/tick-evidence.ts';
import { type CommitFiles, findEntries, fromRoot } from './commit-files.ts';

/** A checklist is a page for people; a larger one is not read, and its control says so: 1 MiB. */
const MAX_BYTES = 1024 * 1024;
const MARK = 'The commit that is judged has this file; no more is asked of it.\n';

interface TickInput {
  readonly files: CommitFiles;
  readonly head: string;
  /** The modelgate.yml. */
  readonly file: string;
  readonly checklists: readonly string[];
  /** The folder where the checklists were placed. */
  readonly target: string;
  /** What the training wrote, from the root of the repository. */
  readonly outputs: readonly string[];
}

/**
 * Marks the files that the ticks of checklists name as evidence and that the head has, where nothing was placed: a tick asks
 * whether a file is there, and not what it says. Links count for nothing.
 */
export async function markTickFiles({ files, head, file, checklists, target, outputs }: TickInput): Promise<void> {
  const named = new Set<string>();
  for (const checklist of checklists) {
    for (const path of await listNamedPaths(join(target, checklist))) {
      const bases = path.startsWith('/') ? [''] : [posix.dirname(checklist), posix.dirname(file), ''];
      for (const base of bases) {
        const depth = base === '' || base === '.' ? 0 : base.split('/').length;
        const written = path.startsWith('/') ? path.slice(1) : path;
        if (written !== '' && findPathFault(written, depth) === undefined)
          named.add(fromRoot(`${base || '.'}/x`, written));
      }
    }
  }
  const entries = await findEntries(files, head, named);
  for (const path of named) {
    const entry = entries.get(path);
    if (entry?.kind === 'folder') await mark(target, `${path}/.keep`);
    else if ((entry?.kind === 'file' && entry.size > 0) || outputs.includes(path)) await mark(target, path);
  }
}

async function listNamedPaths(checklist: string): Promise<string[]> {
  const entry = await stat(checklist).catch(() => undefined);
  if (!entry || entry.size > MAX_BYTES) return [];
  const tasks = parseTasks(await readFile(checklist, 'utf8')).filter(({ state }) => state === 'ticked');
  return tasks.flatMap(({ text }) => parseTickEvidence(text).paths);
}

/** Never over a file that was placed: what judges stays what it is. */
async function mark(target: string, path: string): Promise<void> {
  const place = join(target, path);
  try {
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, MARK, { flag: 'wx' });
  } catch (error) {
    if (!['EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
  }
}
