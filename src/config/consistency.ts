import type { Problem } from '../errors.ts';
import { findEvaluateProblems } from './evaluate-consistency.ts';
import type { Locate } from './place.ts';
import { findRuleProblems } from './rule-consistency.ts';
import type { Config, Control } from './schema/modelgate.ts';
import { suggest } from './suggestion.ts';

/**
 * What no schema can say: names that must exist, keys that belong together. All problems at once.
 * What needs a `broken` key of the file is left out.
 */
export function findConfigProblems(config: Config, locate: Locate, broken: ReadonlySet<string> = new Set()): Problem[] {
  const areRight = (...keys: (keyof Config)[]) => keys.every((key) => !broken.has(key));
  return [
    ...(areRight('data') ? findDataProblems(config, locate) : []),
    ...(areRight('task', 'evaluate') ? findEvaluateProblems(config, locate) : []),
    ...(areRight('task', 'evaluate', 'gates', 'stages') ? findRuleProblems(config, locate) : []),
    ...(areRight('governance', 'gates') ? findControlProblems(config, locate) : []),
    ...(areRight('governance', 'gates') ? findDoubledIds(config, locate) : []),
  ];
}

function findDataProblems(config: Config, locate: Locate): Problem[] {
  const { checks = [], ...datasets } = config.data ?? {};
  const known = Object.keys(datasets);
  return checks.flatMap((check, index) => {
    const names: [string, (string | number)[]][] = [
      ...(check['no-overlap']?.between ?? []).map((name, at): [string, (string | number)[]] => [
        name,
        ['no-overlap', 'between', at],
      ]),
      ...(check.drift
        ? ([
            [check.drift.from, ['drift', 'from']],
            [check.drift.to, ['drift', 'to']],
          ] as const)
        : []
      ).map(([name, path]): [string, (string | number)[]] => [name, [...path]]),
    ];
    return names
      .filter(([name]) => !known.includes(name))
      .map(([name, path]) => ({
        ...locate(['data', 'checks', index, ...path]),
        found: `there is no data set \`${name}\``,
        fix: suggest(name, known),
      }));
  });
}

function findControlProblems(config: Config, locate: Locate): Problem[] {
  const rules = (config.gates?.rules ?? []).map((rule) => rule.id);
  return (config.governance?.controls ?? []).flatMap((control, index) => {
    const path = ['governance', 'controls', index];
    const problems: Problem[] = [];
    if (countKinds(control) !== 1) {
      problems.push({
        ...locate(path),
        found: `the control \`${control.id}\` has ${countKinds(control)} of document, metric and checklist`,
        fix: 'A control has exactly one of them.',
      });
    }
    if (control.sections && !control.document) {
      problems.push({
        ...locate([...path, 'sections'], 'key'),
        found: '`sections` without `document`',
        fix: 'Name the document that has these sections.',
      });
    }
    if (control.metric !== undefined && !rules.includes(control.metric)) {
      problems.push({
        ...locate([...path, 'metric']),
        found: `there is no rule \`${control.metric}\``,
        fix: suggest(control.metric, rules),
      });
    }
    return problems;
  });
}

function countKinds(control: Control): number {
  return [control.document, control.metric, control.checklist].filter((kind) => kind !== undefined).length;
}

/** Waivers name rules and controls by id, so an id may stand once in the file. */
function findDoubledIds(config: Config, locate: Locate): Problem[] {
  const seen = new Set<string>();
  const entries = [
    ...(config.gates?.rules ?? []).map(({ id }, index) => ({ id, path: ['gates', 'rules', index, 'id'] })),
    ...(config.governance?.controls ?? []).map(({ id }, index) => ({
      id,
      path: ['governance', 'controls', index, 'id'],
    })),
  ];
  return entries.flatMap(({ id, path }) => {
    const doubled = seen.has(id);
    seen.add(id);
    if (!doubled) return [];
    return [{ ...locate(path), found: `the id \`${id}\` stands twice`, fix: 'Give each rule and control its own id.' }];
  });
}
