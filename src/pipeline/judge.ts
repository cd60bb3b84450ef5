import { computeDigest } from '../evidence/digest.ts';
import type { EvidenceSet } from '../evidence/document.ts';
import { createEnvelope } from '../evidence/envelope.ts';
import type { VerdictEvidence } from '../evidence/schema/verdict.ts';
import { decideRules, decideVerdict } from '../gate/verdict.ts';
import { decideControls } from '../governance/controls.ts';
import { readGovernanceFiles } from '../governance/files.ts';
import { decideWaivers, markWaived } from '../governance/waivers.ts';
import { findBaselines } from './baselines.ts';
import type { Run } from './run.ts';

/** Decides on the evidence that is there: baselines and governance files are found here, the gate decides. */
export async function judge(run: Run, evidence: EvidenceSet): Promise<VerdictEvidence> {
  const { project, provenance, progress } = run;
  const { config, locate } = project;
  const started = provenance.now();
  const step = progress.start('Deciding');
  try {
    const baselines = await findBaselines(run);
    const files = await readGovernanceFiles(project);
    const waivers = decideWaivers(files, started.toISOString().slice(0, 10));
    const rules = markWaived(decideRules(config, locate, evidence.evaluation, baselines), waivers);
    const controls = decideControls(config, locate, files, rules, waivers);
    const { verdict: _former, ...parents } = evidence;
    const decision = decideVerdict({
      config,
      present: provenance,
      evidence: parents,
      digests: Object.fromEntries(Object.values(parents).map((document) => [document.kind, computeDigest(document)])),
      rules,
      controls,
      waivers,
      baselines,
    });
    if (decision.outcome === 'pass') step.done('Decided: pass');
    else step.fail(`Decided: ${decision.outcome}`);
    const modelFiles = (evidence.evaluation ?? evidence.training)?.subject.modelFiles ?? [];
    return {
      ...createEnvelope({ kind: 'verdict', provenance, started, parents: Object.values(parents), modelFiles }),
      ...decision,
    };
  } catch (error) {
    step.fail();
    throw error;
  }
}
