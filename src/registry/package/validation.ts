import { posix } from 'node:path';
import { listMatches } from '../../config/glob.ts';
import { resolveExisting } from '../../config/paths.ts';
import type { Project } from '../../config/project.ts';
import { type Problem, UserMistake } from '../../errors.ts';

/**
 * What `release` names and nobody will ever write: a card that is not there, and files of the model that are neither there
 * nor in what the training makes of it. An empty list when nothing is wrong.
 */
export async function findReleaseFileProblems(project: Project): Promise<Problem[]> {
  const { release, train } = project.config;
  const wanted: [key: (string | number)[], path: string][] = [
    ...(release?.card === undefined ? [] : [[['release', 'card'], release.card] as [string[], string]]),
    ...(release?.assets ?? []).flatMap((path, index): [(string | number)[], string][] =>
      train && mayBeMade(path, train.outputs.model) ? [] : [[['release', 'assets', index], path]],
    ),
  ];
  const problems = await Promise.all(
    wanted.map(async ([key, path]): Promise<Problem[]> => {
      if ((await listMatches(project, path)).length > 0) return [];
      try {
        await resolveExisting(project, path);
        return [];
      } catch (error) {
        if (!(error instanceof UserMistake)) throw error;
        const below = 'Paths are relative to the folder of this file.';
        const fix =
          train && key[1] === 'assets' ? `${below} What a training writes must lie in \`outputs.model\`.` : below;
        return [
          { ...project.locate(key), found: `\`${path}\`: ${error.problems[0]?.found ?? 'it cannot be read'}`, fix },
        ];
      }
    }),
  );
  return problems.flat();
}

/** Whether a training that writes the model may write this too: the model, a part of it, a folder of it, or a pattern. */
function mayBeMade(path: string, model: string): boolean {
  const [asset, made] = [path, model].map((one) => `${posix.normalize(one).replace(/\/$/, '')}/`);
  return /[*?{}[\]!]/.test(path) || asset?.startsWith(made ?? '') === true || made?.startsWith(asset ?? '') === true;
}
