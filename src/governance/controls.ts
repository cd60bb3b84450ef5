import type { Locate } from '../config/place.ts';
import type { Config, Control } from '../config/schema/modelgate.ts';
import type { ControlResult, RuleResult, WaiverState } from '../evidence/schema/verdict.ts';
import { decideChecklist } from './checklist-control.ts';
import { decideDocument } from './document-control.ts';
import type { Finding } from './finding.ts';
import { decideMetric } from './metric-control.ts';
import type { GovernanceFile, GovernanceFiles } from './sources.ts';
import { markWaived } from './waivers.ts';

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
): ControlResult[] {
  const results = (config.governance?.controls ?? []).map((control, index): ControlResult => {
    const place = locate(['governance', 'controls', index]);
    return { id: control.id, ...decideControl(control, files, rules), waived: false, place };
  });
  return markWaived(results, waivers);
}

type Decision = Pick<ControlResult, 'kind' | 'text' | 'outcome' | 'reason' | 'evidence'>;

function decideControl(control: Control, files: GovernanceFiles, rules: readonly RuleResult[]): Decision {
  const { document, checklist, metric, sections = [] } = control;
  if (document !== undefined) {
    const source = findFile(files, document);
    const asked =
      sections.length > 0
        ? ` has text under ${sections.map((title) => `“${title}”`).join(', ')}`
        : ' is there and has text';
    return { kind: 'document', text: `${document}${asked}`, ...cite(source, decideDocument(source, sections)) };
  }
  if (checklist !== undefined) {
    const source = findFile(files, checklist);
    const finding = decideChecklist(source, files.existing.get(checklist) ?? new Set());
    return { kind: 'checklist', text: `Every item of ${checklist} is ticked, with evidence`, ...cite(source, finding) };
  }
  if (metric !== undefined) {
    return { kind: 'metric', text: `The rule \`${metric}\` passes`, ...decideMetric(metric, rules), evidence: null };
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
