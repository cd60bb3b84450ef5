import { normaliseLogin } from '../config/logins.ts';
import type { Approval } from '../config/schema/governance.ts';
import type { Control } from '../config/schema/modelgate.ts';

/** A control in words, as “MODEL_CARD.md has text under “Limitations””. */
export function describeControl(control: Control): string {
  const { document, sections = [], checklist, metric, approval } = control;
  if (document !== undefined) {
    const titles = sections.map((title) => `“${title}”`).join(', ');
    return `${document}${sections.length > 0 ? ` has text under ${titles}` : ' is there and has text'}`;
  }
  if (checklist !== undefined) return `Every item of ${checklist} is ticked, with evidence`;
  if (metric !== undefined) return `The rule \`${metric}\` passes`;
  if (approval === undefined) throw new Error(`the control ${control.id} has no kind`);
  const { count = 1 } = approval;
  return `Approved by ${count > 1 ? `${count} of: ` : ''}${describeApprovers(approval)}`;
}

/** Who may approve: “ada, bo, a member of octo-org/ml-leads or a code owner of MODEL_CARD.md”. */
export function describeApprovers({ users = [], teams = [], 'code-owners-of': owned }: Approval): string {
  const all = [
    ...users.map((user) => user.replace(/^@/, '')),
    ...teams.map((team) => `a member of ${normaliseLogin(team)}`),
    ...(owned === undefined ? [] : [`a code owner of ${owned}`]),
  ];
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
}
