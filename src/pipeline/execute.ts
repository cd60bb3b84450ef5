import { readBack } from '../evidence/canonical.ts';
import type { EvidenceDocument, EvidenceSet } from '../evidence/document.ts';
import { readEvidence, removeDocuments, writeDocument } from '../evidence/files.ts';
import { KINDS } from '../evidence/schema/envelope.ts';
import type { Judgement } from './judge.ts';
import { keepPredictions } from './kept-predictions.ts';
import type { Run } from './run.ts';
import { DOCUMENT_OF, isConfigured, type Stage } from './stages.ts';

/**
 * Runs stages in their order and writes each one's document as soon as it is there. A stage that does not pass stops
 * the costly ones behind it; the gate still speaks, for what was not measured is a verdict too.
 * Evidence of these stages and of those behind them is removed first, so that nothing stale can be read.
 */
export async function executeStages(run: Run, stages: readonly Stage[]): Promise<EvidenceSet> {
  const [first] = stages;
  if (first === undefined) throw new Error('no stage was asked for');
  const behind = KINDS.slice(KINDS.indexOf(DOCUMENT_OF[first]));
  await removeDocuments(run.runFolder, behind);
  let evidence = await readEvidence(run.runFolder);
  const judgement = stages.includes('gate') ? await prepare(run, stages) : undefined;
  const layOpen = judgement && (await hide(run, stages, judgement));
  let stopped = false;
  for (const stage of stages) {
    run.signal.throwIfAborted();
    if (!isConfigured(run.project.config, stage) || (stopped && stage !== 'gate')) continue;
    if (stage === 'gate') await layOpen?.();
    const document = await executeStage(run, stage, evidence, judgement);
    run.signal.throwIfAborted();
    await writeDocument(run.runFolder, document);
    // What follows sees the text as it was written, not the file: code of the candidate's may still be running.
    evidence = { ...evidence, [document.kind]: readBack(document) };
    if (stage === 'score' && evidence.evaluation) await keepPredictions(run, evidence.evaluation);
    stopped ||= document.outcome !== 'pass';
  }
  await removeDocuments(
    run.runFolder,
    behind.filter((kind) => !evidence[kind]),
  );
  return evidence;
}

/** The model of a baseline is run where the candidate's is: a gate alone runs no command. */
async function prepare(run: Run, stages: readonly Stage[]): Promise<Judgement> {
  const { prepareJudgement } = await import('./judge.ts');
  if (!stages.includes('predict') || !isConfigured(run.project.config, 'predict')) return prepareJudgement(run);
  const { predictAgain } = await import('./baseline-run/predict-again.ts');
  return prepareJudgement({ ...run, predictAgain });
}

/** What baselines predicted is out of the reach of the candidate's commands, where there are any. */
async function hide(run: Run, stages: readonly Stage[], { baselines }: Judgement) {
  const runsCommands = (['train', 'predict'] as const).some(
    (stage) => stages.includes(stage) && isConfigured(run.project.config, stage),
  );
  if (!runsCommands || baselines.length === 0) return undefined;
  return (await import('./baseline-run/hiding.ts')).hidePredictions(run, baselines);
}

/** Each stage is loaded when it runs, so that an action carries only the stages that it uses. */
async function executeStage(
  run: Run,
  stage: Stage,
  evidence: EvidenceSet,
  judgement: Judgement | undefined,
): Promise<EvidenceDocument> {
  const input = { ...run, parents: evidence };
  switch (stage) {
    case 'data':
      return (await import('../data/check.ts')).checkData(input);
    case 'train':
      return (await import('../training/train.ts')).train(input);
    case 'predict':
      return (await import('../evaluation/predict.ts')).predict(input);
    case 'score':
      return (await import('../evaluation/score.ts')).score(input);
    case 'gate':
      if (!judgement) throw new Error('the gate has nothing to judge by');
      return (await import('./judge.ts')).judge(run, evidence, judgement);
  }
}
