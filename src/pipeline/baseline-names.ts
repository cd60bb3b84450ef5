import type { Project } from '../config/project.ts';
import { suggest } from '../config/suggestion.ts';
import type { Problem } from '../errors.ts';
import { nameBaseline } from '../gate/baseline.ts';

/** Baselines that a caller brings: run folders by the name that `against` uses. */
export type Baselines = ReadonlyMap<string, string>;

/** Reads `NAME=FOLDER` entries; `source` is the flag or the input, for messages. */
export function parseBaselines(
  entries: readonly string[],
  source: string,
): { baselines: Baselines; problems: Problem[] } {
  const baselines = new Map<string, string>();
  const problems: Problem[] = [];
  for (const entry of entries) {
    const at = entry.indexOf('=');
    const [name, folder] = [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
    if (at > 0 && name && folder) baselines.set(name, folder);
    else {
      const fix = 'Write NAME=FOLDER, with the name that `against` uses and the run folder of that model.';
      problems.push({ found: `${source} has \`${entry}\``, fix });
    }
  }
  return { baselines, problems };
}

/** A baseline that no rule asks for would be left unread: a typo that looks like a comparison. */
export function findStrayBaselines({ config, file }: Project, baselines: Baselines): Problem[] {
  const asked = (config.gates?.rules ?? []).flatMap(({ against }) => (against ? [nameBaseline(against)] : []));
  return [...baselines.keys()]
    .filter((name) => !asked.includes(name))
    .map((name) => ({
      file,
      found: `no rule compares with the baseline \`${name}\``,
      fix: suggest(name, [...new Set(asked)]),
    }));
}
