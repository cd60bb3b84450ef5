import type { Project } from '../../config/project.ts';
import { readSources } from '../../data/sources.ts';
import { type Problem, UserMistake } from '../../errors.ts';
import { EXIT } from '../../failure.ts';
import { readGovernanceFiles } from '../../governance/files.ts';
import { decideWaivers } from '../../governance/waivers.ts';
import { openProject } from '../../pipeline/run.ts';
import { findReleaseFileProblems } from '../../registry/package/validation.ts';
import type { Flags, Terminal } from '../command.ts';

/** Checks modelgate.yml, the contracts, the presence of data and card, and the waivers; prints every mistake at once. */
export async function runValidate(terminal: Terminal, flags: Flags): Promise<number> {
  const { project } = await openProject(flags.config);
  const problems = [
    ...(await collectProblems(() => readSources(project))),
    ...(await collectProblems(() => checkWaivers(project))),
    ...(await findReleaseFileProblems(project)),
  ];
  if (problems.length > 0) throw new UserMistake(problems);
  terminal.print(flags.json ? '[]' : `${project.file}: nothing wrong was found.`);
  return EXIT.pass;
}

async function checkWaivers(project: Project): Promise<void> {
  decideWaivers(await readGovernanceFiles(project), new Date().toISOString().slice(0, 10));
}

async function collectProblems(read: () => Promise<unknown>): Promise<readonly Problem[]> {
  try {
    await read();
    return [];
  } catch (error) {
    if (error instanceof UserMistake) return error.problems;
    throw error;
  }
}
