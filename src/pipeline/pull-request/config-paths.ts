import posix from 'node:path/posix';
import { findPathFault } from '../../config/paths.ts';
import { type Problem, UserMistake } from '../../errors.ts';

/**
 * The paths of modelgate.yml files from the root of the repository, as an input names them: a folder stands for the file in
 * it. Each once. Throws UserMistake with every path that leads elsewhere.
 */
export function resolveConfigPaths(configs: readonly string[]): string[] {
  const problems: Problem[] = configs.flatMap((path) => {
    const fault = findPathFault(path, 0);
    const fix = 'Paths of configurations are relative to the root of the repository.';
    return fault === undefined ? [] : [{ found: `the configuration \`${path}\`: ${fault}`, fix }];
  });
  if (configs.length === 0) problems.push({ found: 'no configuration is named', fix: 'Name one with `config`.' });
  if (problems.length > 0) throw new UserMistake(problems);
  const named = configs.map((path) =>
    posix.normalize(/\.ya?ml$/i.test(path) ? path : posix.join(path, 'modelgate.yml')),
  );
  return [...new Set(named)];
}
