import type { Locate } from '../config/place.ts';
import { BOOTSTRAP } from '../config/schema/governance.ts';
import type { Config, Control } from '../config/schema/modelgate.ts';
import type { ControlResult, RuleResult, WaiverState } from '../evidence/schema/verdict.ts';
import { describeControl } from '../gate/control-text.ts';
import { decideApproval, decideBootstrap } from './approval-control.ts';
import { decideChecklist } from './checklist-control.ts';
import { decideDocument } from './document-control.ts';
import type { Finding } from './finding.ts';
import { decideMetric } from './metric-control.ts';
import type { GovernanceFile, GovernanceFiles } from './sources.ts';
import { markWaived } from './waivers.ts';

/** How the controls are decided beside what modelgate.yml says. */
export interface ControlOptions {
  /** The base has no modelgate.yml, so the head’s judges itself: an owner must approve, and no waiver changes that. */
  readonly bootstrap?: boolean;
}

/**
 * Decides every control, in the order of modelgate.yml. A waived control keeps its outcome and says that it is waived.
 * `rules` are the rules as decided; a control with `metric` takes the outcome of one of them.
 */
export function decideControls(
  config: Config,
  locate: Locate,
  files: GovernanceFiles,
  rules: readonly RuleResult[],
  waivers: readonly WaiverState[] = [],
  { bootstrap = false }: ControlOptions = {},
): ControlResult[] {
  const { file } = locate([]);
  const results = (config.governance?.controls ?? []).map((control, index): ControlResult => {
    const place = locate(['governance', 'controls', index]);
    const decision = decideControl(control, files, rules, file);
    return { id: control.id, text: describeControl(control), ...decision, waived: false, place };
  });
  return [...markWaived(results, waivers), ...(bootstrap ? [requireOwner(files, file)] : [])];
}

function requireOwner(files: GovernanceFiles, file: string): ControlResult {
  const text = `The first ${file}, which judges itself, is approved by its code owner or a maintainer`;
  const finding = decideBootstrap(files.approvals, file);
  return { id: BOOTSTRAP, kind: 'approval', text, ...finding, evidence: null, waived: false };
}

type Decision = Pick<ControlResult, 'kind' | 'outcome' | 'reason' | 'evidence'>;

function decideControl(control: Control, files: GovernanceFiles, rules: readonly RuleResult[], file: string): Decision {
  const { document, checklist, metric, approval, sections = [] } = control;
  if (document !== undefined) {
    const source = findFile(files, document);
    return { kind: 'document', ...cite(source, decideDocument(source, sections)) };
  }
  if (checklist !== undefined) {
    const source = findFile(files, checklist);
    const finding = decideChecklist(source, files.existing.get(checklist) ?? new Set());
    return { kind: 'checklist', ...cite(source, finding) };
  }
  if (metric !== undefined) return { kind: 'metric', ...decideMetric(metric, rules), evidence: null };
  if (approval !== undefined) {
    return { kind: 'approval', ...decideApproval(approval, files.approvals, file), evidence: null };
  }
  throw new Error(`the control ${control.id} has no kind; findConfigProblems refuses such a file`);
}

function findFile(files: GovernanceFiles, path: string): GovernanceFile {
  const found = files.evidence.get(path);
  if (found === undefined) throw new Error(`${path} was not read; readGovernanceFiles reads the file of every control`);
  return found;
}

function cite(source: GovernanceFile, finding: Finding): Finding & Pick<ControlResult, 'evidence'> {
  const evidence = source.state === 'read' ? { path: source.path, sha256: source.sha256 } : null;
  return { ...finding, evidence };
}
