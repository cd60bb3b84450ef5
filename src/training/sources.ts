import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { findPathFault } from '../config/paths.ts';
import type { Project } from '../config/project.ts';
import { listJudges } from './judges.ts';

/**
 * Everything that modelgate.yml reads, as paths relative to its folder: the file itself, data, contracts, labels, documents,
 * inputs, and the scripts that the commands name. An output may hold none of it, since outputs are removed before a run.
 * A glob stands as it is written: it lies below its fixed beginning, as the files that it matches do.
 */
export async function listSources(project: Project): Promise<string[]> {
  const { config } = project;
  const named = [...listJudges(project), ...(config.train?.inputs ?? []), config.release?.card, '.modelgate'].filter(
    (path) => path !== undefined,
  );
  return [...named, ...(await listScripts(project))];
}

/** Endings of scripts; other words of a command may well be the outputs themselves, as in `--out out/model.json`. */
const SCRIPT = /(?:^|\/)(?:Makefile|[^/]+\.(?:py|ipynb|sh|bash|r|rmd|qmd|jl|m?js|ts|pl|rb|lua|scala|sql))$/i;

async function listScripts(project: Project): Promise<string[]> {
  const commands = [project.config.train?.run, project.config.evaluate?.run].filter((run) => run !== undefined);
  const depth = project.file.split('/').length - 1;
  const words = commands
    .flatMap((run) => run.split(/[\s'"=;&|<>()]+/))
    .filter((word) => SCRIPT.test(word) && findPathFault(word, depth) === undefined);
  const found: string[] = [];
  for (const word of new Set(words)) {
    const file = await lstat(join(project.folder, word)).then(
      (entry) => entry.isFile(),
      () => false,
    );
    if (file) found.push(word);
  }
  return found;
}
