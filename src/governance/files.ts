import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { findPathFault, isInside, resolveExisting } from '../config/paths.ts';
import type { Project } from '../config/project.ts';
import { describeFound, UserMistake } from '../errors.ts';
import { computeSha256 } from '../evidence/digest.ts';
import type { GovernanceFile, GovernanceFiles } from './sources.ts';
import { parseTasks } from './task-list.ts';
import { parseTickEvidence } from './tick-evidence.ts';

/** Documents and checklists are pages for people; a larger file is refused unread: 1 MiB. */
const MAX_BYTES = 1024 * 1024;
/** How many different paths of one checklist are looked up; later ones count as not there. */
const MAX_LOOKUPS = 2000;

/** Reads what the controls name and the waivers file. A file that is missing or cannot be read is data. */
export async function readGovernanceFiles(project: Project): Promise<GovernanceFiles> {
  const { governance, gates } = project.config;
  const controls = governance?.controls ?? [];
  const evidence = new Map<string, GovernanceFile>();
  const existing = new Map<string, ReadonlySet<string>>();
  for (const { document, checklist } of controls) {
    for (const path of [document, checklist]) {
      if (path !== undefined && !evidence.has(path)) evidence.set(path, await readGovernanceFile(project, path));
    }
    const source = checklist === undefined ? undefined : evidence.get(checklist);
    if (source?.state === 'read') existing.set(source.path, await findExisting(project, source.path, source.text));
  }
  const path = governance?.waivers;
  const place = project.locate(['governance', 'waivers']);
  return {
    evidence,
    existing,
    waivers: path === undefined ? undefined : { source: await readGovernanceFile(project, path), place },
    waivable: [...(gates?.rules ?? []), ...controls].map(({ id }) => id),
  };
}

async function readGovernanceFile(project: Project, path: string): Promise<GovernanceFile> {
  const file = relative(project.root, join(project.folder, path)).split(sep).join('/');
  const unreadable = (reason: string): GovernanceFile => ({ path, file, state: 'unreadable', reason });
  try {
    const real = await resolveExisting(project, path);
    const { size, ...entry } = await describeEntry(real);
    if (!entry.isFile) return unreadable('it is not a file');
    if (size > MAX_BYTES) return unreadable(`it has ${size} bytes; at most ${MAX_BYTES} are read`);
    const bytes = await readFile(real);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { path, file, state: 'read', text, sha256: computeSha256(bytes) };
  } catch (error) {
    if (isMissing(error)) return { path, file, state: 'missing' };
    if (error instanceof UserMistake) return unreadable(describeFound(error));
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return unreadable(REASONS[code] ?? code);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ERR_ENCODING_INVALID_ENCODED_DATA: 'it is not text in UTF-8',
  EACCES: 'permission is denied',
};

/** The paths in a checklist's ticks that are there: seen from the checklist, from modelgate.yml, or from the root. */
async function findExisting(project: Project, checklist: string, text: string): Promise<Set<string>> {
  const ticked = parseTasks(text).filter((task) => task.state === 'ticked');
  const named = [...new Set(ticked.flatMap((task) => parseTickEvidence(task.text).paths))].slice(0, MAX_LOOKUPS);
  const home = await resolveExisting(project, checklist);
  const found = new Set<string>();
  for (const path of named) if (await isEvidence(project, home, path)) found.add(path);
  return found;
}

/** A file, or a folder, inside the repository; not the checklist itself nor a folder around it, which prove nothing. */
async function isEvidence(project: Project, home: string, path: string): Promise<boolean> {
  const fromRoot = path.startsWith('/');
  const bases = fromRoot ? [project.root] : [dirname(home), project.folder, project.root];
  for (const folder of bases) {
    const written = fromRoot ? path.slice(1) : path;
    const depth = relative(project.root, folder).split(sep).filter(Boolean).length;
    if (findPathFault(written, depth) !== undefined) continue;
    const real = await resolveExisting({ folder, root: project.root }, written).catch(() => undefined);
    if (real === undefined || isInside(real, home)) continue;
    const entry = await describeEntry(real);
    if (entry.isFolder || (entry.isFile && entry.size > 0)) return true;
  }
  return false;
}

async function describeEntry(path: string): Promise<{ isFile: boolean; isFolder: boolean; size: number }> {
  const entry = await stat(path);
  return { isFile: entry.isFile(), isFolder: entry.isDirectory(), size: entry.size };
}

function isMissing(error: unknown): boolean {
  const cause = error instanceof UserMistake ? error.cause : error;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}
