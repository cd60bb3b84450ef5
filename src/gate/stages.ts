import type { Config } from '../config/schema/modelgate.ts';
import { type EvidenceDocument, type EvidenceSet, listChecks, worstOutcome } from '../evidence/document.ts';
import type { DataEvidence } from '../evidence/schema/data.ts';
import type { Kind, Outcome } from '../evidence/schema/envelope.ts';
import type { StageResult } from '../evidence/schema/verdict.ts';
import { type Digests, findDistrust, type Present } from './trust.ts';

type StageKind = Exclude<Kind, 'verdict'>;

/** What each stage that modelgate.yml configures contributes. One without evidence cannot have passed. */
export function decideStages(config: Config, present: Present, evidence: EvidenceSet, digests: Digests): StageResult[] {
  const configured = listConfigured(config);
  return configured.map((stage) => {
    const document = evidence[stage];
    if (!document) {
      return { stage, outcome: 'cannot-measure', reason: `there is no ${stage} evidence: the stage has not run` };
    }
    const distrust = findDistrust(document, present, evidence, digests, configured, config);
    if (distrust !== undefined) {
      return { stage, outcome: 'cannot-measure', reason: `the ${stage} evidence does not count: ${distrust}` };
    }
    if (document.kind === 'data') return { stage, ...decideData(document) };
    const from = describeOrigin(document, present);
    return { stage, outcome: document.outcome, reason: document.reason || from };
  });
}

/** Evidence of an earlier commit is believed where its inputs are the same; a reader is told. */
function describeOrigin({ subject }: EvidenceDocument, { made, commit }: Present): string {
  if (made === undefined || made.commit === commit || subject.commit !== made.commit) return '';
  return `used again: made at commit ${made.commit?.slice(0, 12)}, from the same inputs`;
}

function listConfigured(config: Config): StageKind[] {
  const stages: [StageKind, boolean][] = [
    ['data', config.data !== undefined],
    ['training', config.train !== undefined],
    ['prediction', config.evaluate?.run !== undefined],
    ['evaluation', config.evaluate !== undefined],
  ];
  return stages.filter(([, asked]) => asked).map(([stage]) => stage);
}

/** The findings speak for themselves, whatever the document says that they come to. */
function decideData(data: DataEvidence): { outcome: Outcome; reason: string } {
  const checks = listChecks(data);
  const counted = checks.filter(({ level }) => level !== 'warn');
  const outcome = worstOutcome([data.outcome, ...counted.map((check) => check.outcome)]);
  const failed = counted.filter((check) => check.outcome === 'fail').length;
  const unmeasured = counted.filter((check) => check.outcome === 'cannot-measure').length;
  const parts = [
    ...(failed > 0 ? [`${failed} fail`] : []),
    ...(unmeasured > 0 ? [`${unmeasured} cannot be measured`] : []),
  ];
  const all = `${checks.length} ${checks.length === 1 ? 'check' : 'checks'}`;
  return { outcome, reason: parts.length > 0 ? `of ${all}, ${parts.join(' and ')}` : `${all}, ${outcome}` };
}
