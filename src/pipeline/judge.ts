import { computeDigest } from '../evidence/digest.ts';
import type { EvidenceSet } from '../evidence/document.ts';
import { createEnvelope } from '../evidence/envelope.ts';
import type { VerdictEvidence, WaiverState } from '../evidence/schema/verdict.ts';
import type { BaselineLookup } from '../gate/baseline.ts';
import type { Present } from '../gate/trust.ts';
import { decideRules, decideVerdict } from '../gate/verdict.ts';
import { decideControls } from '../governance/controls.ts';
import { readGovernanceFiles } from '../governance/files.ts';
import type { GovernanceFiles } from '../governance/sources.ts';
import { decideWaivers, markWaived } from '../governance/waivers.ts';
import { during } from '../progress.ts';
import { listCandidateRequests } from './asked-requests.ts';
import { findBaselines } from './baselines.ts';
import { readBudget } from './budget/reading.ts';
import { mustCount } from './budget/withheld.ts';
import { findChangedFiles } from './changed-files.ts';
import type { RuleMeasurements } from './measurements.ts';
import { performSteps } from './patience.ts';
import type { Run } from './run.ts';

/** What a candidate is judged by beside its numbers. Found before its code runs, so that it cannot change the answers. */
export interface Judgement {
  readonly baselines: readonly BaselineLookup[];
  readonly files: GovernanceFiles;
  readonly waivers: readonly WaiverState[];
}

/** What is different where the candidate was made on another machine, and the judge is not the working copy itself. */
export interface Setting {
  /** What the verdict tells of whose files judged, and of what the candidate's files say otherwise. */
  readonly told?: Pick<VerdictEvidence, 'judgedBy' | 'ruleChanges' | 'promiseChanges' | 'proposedTestSet'>;
  /** See `Present`. */
  readonly made?: Present['made'];
  /** Where the candidate's predictions lie: absolute. */
  readonly predictions?: string | undefined;
}

/** Finds the baselines and reads the papers of governance. Throws UserMistake on a broken waivers file. */
export async function prepareJudgement(run: Run): Promise<Judgement> {
  const files = await readGovernanceFiles(run.project);
  const waivers = decideWaivers(files, run.provenance.now().toISOString().slice(0, 10));
  return { files, waivers, baselines: await findBaselines(run) };
}

const NOTHING: RuleMeasurements = {
  measurements: { candidate: { reason: 'no rule asks for more than the evidence holds' }, pairs: new Map() },
  comparisons: [],
};

/** The engine and the statistics are large, and loaded only where a rule needs more than the evidence holds. */
async function measure(
  run: Run,
  evidence: EvidenceSet,
  baselines: readonly BaselineLookup[],
  predictions: string | undefined,
): Promise<RuleMeasurements> {
  const isAsked = listCandidateRequests(run.project.config, evidence.evaluation).length > 0;
  if (!isAsked && baselines.every(({ state }) => state !== 'found')) return NOTHING;
  const step = run.progress.start('Measuring what the rules ask for');
  return during(step, async () => {
    const { measureForRules } = await import('./measurements.ts');
    const measured = await measureForRules(run, evidence, baselines, { predictions });
    step.done();
    return measured;
  });
}

/** Decides on the evidence that is there; on a laptop, in one job and on a pull request alike. */
export async function judge(
  run: Run,
  evidence: EvidenceSet,
  judgement: Judgement,
  { told, made, predictions }: Setting = {},
): Promise<VerdictEvidence> {
  const { project, provenance, progress } = run;
  const { config, locate } = project;
  const { baselines, files, waivers } = judgement;
  const started = provenance.now();
  const { measurements, comparisons } = await measure(run, evidence, baselines, predictions);
  const step = progress.start('Deciding');
  const steps = decideRules(config, locate, evidence.evaluation, baselines, measurements);
  const decided = await performSteps(steps, run.signal);
  const rules = markWaived(decided, waivers);
  const bootstrap = told?.judgedBy?.bootstrap ?? false;
  const controls = decideControls(config, locate, files, rules, waivers, { bootstrap });
  const { verdict: _former, ...parents } = evidence;
  const decision = decideVerdict({
    config,
    present: {
      ...provenance,
      changed: await findChangedFiles(project, evidence, predictions),
      ...(made ? { made } : {}),
    },
    evidence: parents,
    digests: Object.fromEntries(Object.values(parents).map((document) => [document.kind, computeDigest(document)])),
    rules,
    controls,
    waivers,
    baselines,
    budget: await readBudget(
      run,
      evidence.evaluation,
      told?.judgedBy ?? { config: provenance.config, bootstrap: false },
    ),
  });
  // Its outcome comes with what is counted: whoever follows the log would hear it first, and of one that is refused after all.
  if (mustCount(decision.budget)) step.done('Decided');
  else if (decision.outcome === 'pass') step.done('Decided: pass');
  else step.fail(`Decided: ${decision.outcome}`);
  const modelFiles = (evidence.evaluation ?? evidence.training)?.subject.modelFiles ?? [];
  return {
    ...createEnvelope({ kind: 'verdict', provenance, started, parents: Object.values(parents), modelFiles }),
    ...decision,
    ...(comparisons.length > 0 ? { comparisons: [...comparisons] } : {}),
    ...told,
  };
}
