import type { Problem } from '../errors.ts';
import { findControlProblems } from './control-consistency.ts';
import { listNamedDatasets } from './data-checks.ts';
import { findDatasetProblems } from './dataset-consistency.ts';
import { findDriftProblems } from './drift-faults.ts';
import { findEvaluateProblems } from './evaluate-consistency.ts';
import type { Locate } from './place.ts';
import { findReleaseProblems } from './release-consistency.ts';
import { findRuleProblems } from './rule-consistency.ts';
import { BOOTSTRAP } from './schema/governance.ts';
import type { Config } from './schema/modelgate.ts';
import { findStageProblems } from './stage-consistency.ts';
import { suggest } from './suggestion.ts';
import { findTableProblems } from './table-consistency.ts';

/**
 * What no schema can say: names that must exist, keys that belong together. All problems at once.
 * What needs a `broken` key of the file is left out.
 */
export function findConfigProblems(config: Config, locate: Locate, broken: ReadonlySet<string> = new Set()): Problem[] {
  const areRight = (...keys: (keyof Config)[]) => keys.every((key) => !broken.has(key));
  return [
    ...(areRight('data') ? [...findDataProblems(config, locate), ...findDriftProblems(config, locate)] : []),
    ...(areRight('data', 'release') ? findTableProblems(config, locate) : []),
    ...(areRight('data', 'evaluate') ? findDatasetProblems(config, locate) : []),
    ...(areRight('task', 'evaluate') ? findEvaluateProblems(config, locate) : []),
    ...(areRight('task', 'evaluate', 'gates', 'stages') ? findRuleProblems(config, locate) : []),
    ...(areRight('governance', 'gates') ? findControlProblems(config, locate) : []),
    ...(areRight('governance', 'gates') ? findIdProblems(config, locate) : []),
    ...(areRight('release', 'data', 'train') ? findReleaseProblems(config, locate) : []),
    ...(areRight('stages', 'governance', 'gates') ? findStageProblems(config, locate) : []),
  ];
}

function findDataProblems(config: Config, locate: Locate): Problem[] {
  const { checks = [], ...datasets } = config.data ?? {};
  const known = Object.keys(datasets);
  return checks.flatMap((check, index) => {
    return listNamedDatasets(check)
      .filter(({ name }) => !known.includes(name))
      .map(({ name, path }) => ({
        ...locate(['data', 'checks', index, ...path]),
        found: `there is no data set \`${name}\``,
        fix: suggest(name, known),
      }));
  });
}

/** Waivers name rules and controls by id, so an id may stand once in the file, and not be one of ours. */
function findIdProblems(config: Config, locate: Locate): Problem[] {
  const seen = new Set<string>();
  const entries = [
    ...(config.gates?.rules ?? []).map(({ id }, index) => ({ id, path: ['gates', 'rules', index, 'id'] })),
    ...(config.governance?.controls ?? []).map(({ id }, index) => ({
      id,
      path: ['governance', 'controls', index, 'id'],
    })),
  ];
  return entries.flatMap(({ id, path }) => {
    if (id === BOOTSTRAP) {
      const fix = 'A first modelgate.yml is held to a control of this name; choose another.';
      return [{ ...locate(path), found: `the id \`${id}\` is taken`, fix }];
    }
    const doubled = seen.has(id);
    seen.add(id);
    if (!doubled) return [];
    return [{ ...locate(path), found: `the id \`${id}\` stands twice`, fix: 'Give each rule and control its own id.' }];
  });
}
