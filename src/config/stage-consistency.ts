import type { Problem } from '../errors.ts';
import { normaliseLogin } from './logins.ts';
import type { Locate } from './place.ts';
import type { Config } from './schema/modelgate.ts';
import { listStages, type Stage } from './stages.ts';
import { suggest } from './suggestion.ts';

/** Names that say something else where a stage could stand: `against: base`, `churn@latest`. */
const TAKEN = ['base', 'latest'];

/** What each stage must agree on with itself, with the others, and with the rules and controls that it names. */
export function findStageProblems(config: Config, locate: Locate): Problem[] {
  const stages = listStages(config);
  const names = stages.map(({ name }) => name);
  const ids = [...(config.gates?.rules ?? []), ...(config.governance?.controls ?? [])].map(({ id }) => id);
  const problems = stages.flatMap((stage, index) => {
    const path = ['stages', index];
    const inside = (...keys: (string | number)[]) => locate([...path, ...keys]);
    return [
      ...findNameFaults(stage.name, names.slice(0, index)).map((fault) => ({
        ...(typeof config.stages?.[index] === 'string' ? locate(path) : inside('name')),
        ...fault,
      })),
      ...(stage.from ?? []).flatMap((name, at) =>
        names.includes(name)
          ? []
          : { ...inside('from', at), found: `there is no stage \`${name}\``, fix: suggest(name, names) },
      ),
      ...stage.controls.flatMap((id, at) => {
        if (ids.includes(id)) return [];
        const fix = ids.length > 0 ? suggest(id, ids) : 'The file has neither rules nor controls.';
        return { ...inside('controls', at), found: `there is no rule and no control \`${id}\``, fix };
      }),
      ...(stage.soakSeconds > 0 && stage.from === undefined
        ? [{ ...locate([...path, 'soak'], 'key'), found: '`soak` without `from`', fix: SOAK }]
        : []),
      ...findApprovalFaults(stage).map((fault) => ({ ...inside('approval', 'count'), ...fault })),
    ];
  });
  return [...problems, ...findCircles(stages, locate)];
}

const SOAK = 'Name the stages that a version must have been in for so long.';

type Fault = Pick<Problem, 'found' | 'fix'>;

function findNameFaults(name: string, before: readonly string[]): Fault[] {
  if (before.includes(name)) {
    return [{ found: `the stage \`${name}\` stands twice`, fix: 'Give each stage its own name.' }];
  }
  if (TAKEN.includes(name)) return [{ found: `the name \`${name}\` is taken`, fix: 'Choose another name.' }];
  if (!/^v?\d/.test(name)) return [];
  return [{ found: `the stage \`${name}\` reads like a version`, fix: 'Begin its name with a letter.' }];
}

/** An approval that names nobody may be given by whoever may write to the repository. */
function findApprovalFaults({ name, approval }: Stage): Fault[] {
  const { users, teams, 'code-owners-of': owned, count = 1 } = approval ?? {};
  if (users === undefined || teams !== undefined || owned !== undefined) return [];
  const people = new Set(users.map(normaliseLogin)).size;
  if (count <= people) return [];
  const found = `\`${name}\` asks for ${count} approvals, and ${people} ${people === 1 ? 'user' : 'users'} may approve`;
  return [{ found, fix: 'Name more users, or ask for fewer approvals.' }];
}

/** Stages that wait for each other: nothing can ever come into the first of them. */
function findCircles(stages: readonly Stage[], locate: Locate): Problem[] {
  const names = new Set(stages.map(({ name }) => name));
  const open = new Set<string>();
  for (let before = -1; before < open.size; ) {
    before = open.size;
    for (const { name, from } of stages) {
      // A name that nobody has is a problem of its own.
      if (from === undefined || from.some((other) => open.has(other) || !names.has(other))) open.add(name);
    }
  }
  return stages.flatMap(({ name, from = [] }, index) => {
    if (open.has(name)) return [];
    const found = `no version can ever come into \`${name}\`: it comes from ${from.join(' or ')} only, and nothing gets there first`;
    return [
      { ...locate(['stages', index, 'from'], 'key'), found, fix: 'Let one of the stages be entered without `from`.' },
    ];
  });
}
