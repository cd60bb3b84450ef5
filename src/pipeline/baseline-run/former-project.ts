import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { isInside } from '../../config/paths.ts';
import { type Project, readProject } from '../../config/project.ts';
import type { Unmeasured } from '../../evaluation/sources.ts';
import { computeSha256 } from '../../evidence/digest.ts';
import type { Subject } from '../../evidence/schema/envelope.ts';
import { exportCommit } from '../../github/commit-export.ts';
import { readFault } from '../../github/git.ts';
import type { Run } from '../run.ts';

/**
 * Lays out the commit that a baseline was made from in a folder that is not there yet, and opens its modelgate.yml. A model
 * is its files and the code that reads them: under the code of today it may answer otherwise and look worse than it is, and
 * a candidate could write that code. Throws UserMistake where that modelgate.yml is broken for today's Modelgate.
 */
export async function layOutFormer(
  { project, git, signal }: Run,
  { commit, dirty, config }: Subject,
  target: string,
): Promise<Project | Unmeasured> {
  if (commit === null || git.root === undefined) return { reason: 'its code is in no commit' };
  if (dirty) return { reason: 'it was made from files that were changed and not committed' };
  const short = commit.slice(0, 12);
  try {
    await exportCommit(project.root, commit, target, signal);
  } catch (error) {
    signal.throwIfAborted();
    const fix = 'on a runner, check out with fetch-depth: 0';
    return { reason: `its commit ${short} cannot be checked out from this clone (${readFault(error)}); ${fix}` };
  }
  const root = await realpath(target);
  const file = join(root, project.file);
  const real = await realpath(file).catch(() => undefined);
  if (real === undefined || !isInside(root, real)) return { reason: `its commit ${short} has no ${project.file}` };
  const former = await readProject(file, root);
  if (computeSha256(former.text) !== config) {
    return { reason: `the ${project.file} of its commit ${short} is not the one that its evidence names` };
  }
  if (former.config.model === project.config.model) return former;
  return { reason: `the ${project.file} of its commit ${short} is of another model, ${former.config.model}` };
}
