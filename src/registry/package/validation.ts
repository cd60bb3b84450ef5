import { resolveExisting } from '../../config/paths.ts';
import type { Project } from '../../config/project.ts';
import { type Problem, UserMistake } from '../../errors.ts';
import { listMatches } from '../../training/glob.ts';

/**
 * What `release` names and nobody will ever write: a card that is not there, and files of the model where no training
 * makes them. An empty list when nothing is wrong.
 */
export async function findReleaseFileProblems(project: Project): Promise<Problem[]> {
  const { release, train } = project.config;
  const wanted: [key: (string | number)[], path: string][] = [
    ...(release?.card === undefined ? [] : [[['release', 'card'], release.card] as [string[], string]]),
    ...(train ? [] : (release?.assets ?? [])).map((path, index): [(string | number)[], string] => [
      ['release', 'assets', index],
      path,
    ]),
  ];
  const problems = await Promise.all(
    wanted.map(async ([key, path]): Promise<Problem[]> => {
      if ((await listMatches(project, path)).length > 0) return [];
      try {
        await resolveExisting(project, path);
        return [];
      } catch (error) {
        if (!(error instanceof UserMistake)) throw error;
        const fix = 'Paths are relative to the folder of this file.';
        return [
          { ...project.locate(key), found: `\`${path}\`: ${error.problems[0]?.found ?? 'it cannot be read'}`, fix },
        ];
      }
    }),
  );
  return problems.flat();
}
