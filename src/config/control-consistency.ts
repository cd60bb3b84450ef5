import type { Problem } from '../errors.ts';
import { normaliseLogin } from './logins.ts';
import type { Locate } from './place.ts';
import { Approval, Control as ControlSchema } from './schema/governance.ts';
import type { Config, Control } from './schema/modelgate.ts';
import { suggest } from './suggestion.ts';

const KINDS = ['document', 'metric', 'checklist', 'approval'] as const;

/** What each control under `governance` must agree on with itself and with the rules. */
export function findControlProblems(config: Config, locate: Locate): Problem[] {
  const rules = (config.gates?.rules ?? []).map((rule) => rule.id);
  return (config.governance?.controls ?? []).flatMap((control, index) => {
    const path = ['governance', 'controls', index];
    const problems: Problem[] = [];
    const kinds = KINDS.filter((kind) => control[kind] !== undefined).length;
    if (kinds > 1 || (kinds === 0 && isSpelt(control, ControlSchema.properties))) {
      problems.push({
        ...locate(path),
        found: `the control \`${control.id}\` has ${kinds} of document, metric, checklist and approval`,
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
    return [...problems, ...findApprovalProblems(control, [...path, 'approval'], locate)];
  });
}

function findApprovalProblems(control: Control, path: readonly (string | number)[], locate: Locate): Problem[] {
  const { approval } = control;
  if (approval === undefined) return [];
  const { users = [], teams, 'code-owners-of': owned, count = 1 } = approval;
  if (teams !== undefined || owned !== undefined) return [];
  const people = new Set(users.map(normaliseLogin)).size;
  if (people === 0) {
    if (!isSpelt(approval, Approval.properties)) return [];
    const found = `the approval of \`${control.id}\` names nobody who may give it`;
    return [{ ...locate(path), found, fix: 'Add `users`, `teams` or `code-owners-of`.' }];
  }
  if (count <= people) return [];
  const found = `\`count\` is ${count}, and ${people} ${people === 1 ? 'user' : 'users'} may approve`;
  return [{ ...locate([...path, 'count']), found, fix: 'Name more users, or ask for fewer approvals.' }];
}

/** Whether a mapping has no key but the known ones. One that has may mean what seems to be missing. */
function isSpelt(mapping: object, known: object): boolean {
  return Object.keys(mapping).every((key) => Object.hasOwn(known, key));
}
