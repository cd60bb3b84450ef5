import { join } from 'node:path';
import type { EvidenceSet } from '../../evidence/document.ts';
import { compareRules } from '../../gate/rule-changes.ts';
import { SILENT } from '../../progress.ts';
import { judge, prepareJudgement, type Setting } from '../judge.ts';
import type { Run } from '../run.ts';
import { sealEvidence } from '../sealing.ts';
import type { Predicted } from './candidate-reading.ts';
import { placeCarried } from './carried.ts';
import { type ChangedLabels, findChangedLabels } from './changed-labels.ts';
import { findEntries, fromRoot, listParents } from './commit-files.ts';
import { type CommittedConfig, type ReadConfig, readCommittedConfig } from './committed-config.ts';
import { type FoundCandidate, findCandidate } from './found-candidate.ts';
import type { ModelInput } from './judge-input.ts';
import { composeJudgingConfig, type JudgingConfig } from './judging-config.ts';
import { layOutJudgingFolder, listOutputs } from './judging-folder.ts';
import { openJudgingRun } from './judging-run.ts';
import { type Measured, measureCandidate, scoreProposed } from './measured-candidate.ts';
import { placeFromCommit } from './placing.ts';
import { describeTestSetChange, listPromiseChanges } from './promise-changes.ts';
import { placeProposed } from './proposed-test-set.ts';

/** A model that was judged, why it could not be, or one that is left to the job that counts its verdict. */
export type ModelResult =
  | { readonly model: string | undefined; readonly refused: string; readonly absent?: true }
  | { readonly model: string; readonly left: FoundCandidate }
  | {
      readonly model: string;
      readonly run: Run;
      readonly evidence: EvidenceSet;
      readonly found: FoundCandidate;
      readonly predicted: Predicted;
    };

/**
 * Judges one model: the base's modelgate.yml and every file that it names, on what the head is and what its candidate
 * predicted. Throws UserMistake on files of the base that are broken, and what else keeps it from a verdict.
 */
export async function judgeModel(given: ModelInput): Promise<ModelResult> {
  const { files, subject, file, runs, ancestors } = given;
  const head = await readCommittedConfig(files, subject.head.sha, file);
  const base = subject.base && (await readCommittedConfig(files, subject.base.sha, file));
  const judging = composeJudgingConfig(base, head);
  const model = nameModel(base, head);
  const refuse = (refused: string): ModelResult => ({ model, refused });
  if ('refused' in judging) return refuse(judging.refused);
  if (head.state !== 'read') throw new Error('a head without a configuration is judged');
  const input = hush(given, judging);
  const labels = await findLabels(input, base, head);
  const found = await findCandidate({
    ...{ files, subject, file, head, runs, ancestors },
    artifact: input.candidates.get(head.config.model),
    changesLabels: labels !== undefined,
    mayReuse: input.mayReuse,
  });
  if ('refused' in found) return { model, ...found };
  const predicted = choosePredicted(found, labels);
  if ('refused' in predicted) return refuse(predicted.refused);
  if (input.budgeted === 'left' && judging.config.gates?.budget) return { model: judging.config.model, left: found };
  const target = join(input.temporary, 'judging');
  const written = found.candidate.training?.outcome === 'pass' ? found.candidate.training.outputs : [];
  const outputs = listOutputs(judging.config, file, written);
  const faults = await layOutJudgingFolder({ ...input, judging, target, outputs });
  if (faults.length > 0) return refuse(`what is judged cannot be read: ${faults.join('; ')}`);
  await placeCarried(predicted.folder, judging.config, file, target);
  const run = await openJudgingRun(input, judging, target, head.sha256);
  const proposed = labels && (await layOutProposed(input, labels, run));
  if (proposed !== undefined && 'refused' in proposed) return refuse(proposed.refused);
  const scene: Scene = { input, judging, base, head, found, predicted, labels, proposed: proposed?.path };
  return { model: judging.config.model, run, evidence: await decide(run, scene), found, predicted };
}

/** What is measured for a verdict that must be counted first is no line of the log: it would tell the verdict. */
function hush(input: ModelInput, { config }: JudgingConfig): ModelInput {
  if (input.budgeted !== 'kept' || !config.gates?.budget) return input;
  return { ...input, progress: { ...input.progress, start: SILENT.start } };
}

function nameModel(base: CommittedConfig | undefined, head: CommittedConfig): string | undefined {
  if (base?.state === 'read') return base.config.model;
  return head.state === 'read' ? head.config.model : undefined;
}

async function findLabels(
  { files, subject, file }: ModelInput,
  base: CommittedConfig | undefined,
  head: ReadConfig,
): Promise<ChangedLabels | undefined> {
  if (!subject.base || base?.state !== 'read') return undefined;
  const sides = { commit: subject.head.sha, config: head.config };
  return findChangedLabels(files, { file, base: { commit: subject.base.sha, config: base.config }, head: sides });
}

/** The predictions that decide: those on the base's version of the test set. */
function choosePredicted(
  { candidate }: FoundCandidate,
  labels: ChangedLabels | undefined,
): Predicted | { readonly refused: string } {
  if (!labels) return candidate;
  if (candidate.baseTestSet) return candidate.baseTestSet;
  if (candidate.prediction?.outcome !== 'pass') return candidate;
  return { refused: `the labels ${labels.headPath} were changed, and there are no predictions for the base's version` };
}

/** Puts the head's version of the labels beside the base's. */
async function layOutProposed(
  { files, subject }: ModelInput,
  { headPath }: ChangedLabels,
  { project }: Run,
): Promise<{ readonly path?: string } | { readonly refused: string }> {
  const entries = await findEntries(files, subject.head.sha, [headPath, ...listParents(headPath)]);
  if (!entries.has(headPath)) return {};
  const place = placeProposed(project.config.evaluate?.labels?.path ?? '');
  const fault = await placeFromCommit(files, entries, headPath, project.root, fromRoot(project.file, place));
  return fault === undefined ? { path: join(project.folder, place) } : { refused: `the proposed labels: ${fault}` };
}

interface Scene {
  readonly input: ModelInput;
  readonly judging: JudgingConfig;
  readonly base: CommittedConfig | undefined;
  readonly head: ReadConfig;
  readonly found: FoundCandidate;
  readonly predicted: Predicted;
  readonly labels: ChangedLabels | undefined;
  /** Where the head's version of the labels lies. */
  readonly proposed: string | undefined;
}

async function decide(run: Run, scene: Scene): Promise<EvidenceSet> {
  const { input, judging, found, predicted, proposed } = scene;
  const prepared = await prepareJudgement(run);
  const approvals = await input.findApprovals?.(judging.config, input.file, judging.bootstrap);
  const judgement = { ...prepared, files: { ...prepared.files, ...(approvals ? { approvals } : {}) } };
  const measured = await measureCandidate(run, found.candidate, predicted, proposed !== undefined);
  run.signal.throwIfAborted();
  const told = await tell(run, scene, measured);
  const setting: Setting = { told, made: found.made, predictions: measured.predictions };
  const verdict = await judge(run, measured.evidence, judgement, setting);
  return sealEvidence({ ...measured.evidence, verdict });
}

/** Whose files judged, and what the head's say otherwise since the two histories parted. */
async function tell(run: Run, scene: Scene, { evidence }: Measured): Promise<NonNullable<Setting['told']>> {
  const { input, judging, head, found, labels, proposed } = scene;
  const { files, subject, file } = input;
  const { side, sha256: config, bootstrap } = judging;
  const commit = side === 'base' ? (subject.base?.sha ?? subject.head.sha) : subject.head.sha;
  const judgedBy = { side, commit, config, bootstrap };
  if (!subject.base) return { judgedBy };
  const origin = (await files.findMergeBase(subject.base.sha, subject.head.sha)) ?? subject.base.sha;
  const former = await readCommittedConfig(files, origin, file);
  const before = { commit: origin, config: former.state === 'read' ? former.config : undefined };
  const after = { commit: subject.head.sha, config: head.config };
  const promises = await listPromiseChanges(files, file, before, after);
  const own = head.config.evaluate?.labels ?? run.project.config.evaluate?.labels;
  const evaluation =
    proposed !== undefined && own
      ? await scoreProposed(run, { path: proposed, config: own }, found.candidate)
      : undefined;
  const changed = labels && describeTestSetChange(own?.path ?? '', evidence.evaluation, evaluation);
  return {
    judgedBy,
    ruleChanges: compareRules(before.config, head.config),
    promiseChanges: [...promises, ...(changed ? [changed] : [])],
    ...(evaluation
      ? {
          proposedTestSet: {
            testSet: evaluation.testSet?.sha256 ?? null,
            outcome: evaluation.outcome,
            reason: evaluation.reason,
            metrics: evaluation.metrics,
          },
        }
      : {}),
  };
}
