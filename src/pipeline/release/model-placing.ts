import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { Project } from '../../config/project.ts';
import { type Problem, UserMistake } from '../../errors.ts';
import { refuseLinks } from '../../registry/fetch/links.ts';
import { findPathFault } from '../../registry/manifest/paths.ts';

/**
 * Puts the files of a model where modelgate.yml says that the training writes them, in a checkout of the released commit.
 * The paths come from the machine that trained: one that modelgate.yml does not declare, and one that a link leads
 * elsewhere, is refused. Throws UserMistake with all of them, before any is written.
 */
export async function placeModelFiles(project: Project, files: ReadonlyMap<string, string>): Promise<void> {
  const declared = posix.normalize(project.config.train?.outputs.model ?? '').replace(/\/$/, '');
  const places = [...files].map(([path, file]) => ({ path: posix.normalize(path), file }));
  const problems = places.flatMap(({ path }): Problem[] => {
    const fault = findPathFault(path) ?? (isDeclared(path, declared) ? undefined : 'the training does not declare it');
    const fix = 'The model is what `train.outputs.model` names, below the folder of modelgate.yml.';
    return fault === undefined ? [] : [{ file: project.file, found: `${JSON.stringify(path)}: ${fault}`, fix }];
  });
  if (problems.length > 0) throw new UserMistake(problems);
  for (const { path } of places) await refuseLinks(project.folder, path);
  for (const { path, file } of places) {
    const place = join(project.folder, path);
    await mkdir(dirname(place), { recursive: true });
    await rm(place, { force: true });
    await move(file, place);
  }
}

function isDeclared(path: string, declared: string): boolean {
  return declared !== '' && (path === declared || path.startsWith(`${declared}/`));
}

/** The checkout may lie on another disk than the temporary folder. */
async function move(from: string, to: string): Promise<void> {
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error;
    await copyFile(from, to);
    await rm(from);
  });
}
