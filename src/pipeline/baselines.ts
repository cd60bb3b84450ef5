import { resolve } from 'node:path';
import { isInside, resolveExisting } from '../config/paths.ts';
import { listStageNames } from '../config/stages.ts';
import { messageOf, UserMistake } from '../errors.ts';
import { readDocument } from '../evidence/files.ts';
import { type BaselineLookup, nameBaseline } from '../gate/baseline.ts';
import { lookUpStage } from '../registry/stage-tags.ts';
import { parseVersionTag } from '../registry/versions/grammar.ts';
import { findKeptPredictions } from './kept-predictions.ts';
import type { Run } from './run.ts';

/**
 * Finds each baseline that a rule names, once; of those that `isWanted` says, if it is given. What cannot be found is data
 * with its reason, never an exception.
 */
export async function findBaselines(
  run: Run,
  isWanted: (against: Against) => boolean = () => true,
): Promise<BaselineLookup[]> {
  const rules = run.project.config.gates?.rules ?? [];
  const wanted = new Map(
    rules.flatMap(({ against }) => (against && isWanted(against) ? [[nameBaseline(against), against] as const] : [])),
  );
  const lookups: BaselineLookup[] = [];
  for (const [name, against] of wanted) {
    try {
      lookups.push(await findBaseline(run, name, against));
    } catch (error) {
      if (!(error instanceof UserMistake)) throw error;
      lookups.push({ name, state: 'unavailable', text: messageOf(error) });
    }
  }
  return lookups;
}

type Against = string | { readonly file: string } | { readonly run: string };

/** Whether a baseline is one that was released: what a stage holds, or a version. */
export function isReleased(against: Against): against is string {
  return typeof against === 'string' && against !== 'base';
}

async function findBaseline(run: Run, name: string, against: Against): Promise<BaselineLookup> {
  const brought = run.baselines.get(name);
  if (brought !== undefined) return readRunFolder(run, name, resolve(brought), brought);
  if (against === 'base' && run.findBase) return run.findBase(run);
  if (typeof against === 'string') return findStage(run, name);
  if ('run' in against) return readRunFolder(run, name, await resolveExisting(run.project, against.run), against.run);
  const path = await resolveExisting(run.project, against.file);
  run.progress.info(`The baseline ${against.file}:`);
  const { scoreBaseline, tellReason } = await import('./rescoring.ts');
  const evaluation = await scoreBaseline(run, { path });
  const text = `the predictions in ${against.file}, scored on today's test set`;
  if (evaluation.outcome !== 'pass' || !evaluation.predictions) {
    return { name, state: 'unavailable', text: `${text}: ${tellReason(run, evaluation)}` };
  }
  return { name, state: 'found', text, evaluation, predictions: { path, sha256: evaluation.predictions.sha256 } };
}

async function readRunFolder(run: Run, name: string, folder: string, shown: string): Promise<BaselineLookup> {
  const unavailable = (text: string): BaselineLookup => ({ name, state: 'unavailable', text });
  if (isInside(run.runFolder, folder)) {
    return unavailable(`${shown} is the folder of this run: nothing is compared with itself`);
  }
  const evaluation = await readDocument(folder, 'evaluation');
  if (!evaluation) return unavailable(`the run folder ${shown} has no evidence/evaluation.json`);
  const text = `the run in ${shown}`;
  const { isMeasuredAsAsked, tellReason } = await import('./rescoring.ts');
  if (evaluation.outcome !== 'pass') return unavailable(`${text}: ${tellReason(run, evaluation)}`);
  const predictions = await findKeptPredictions(run, folder, evaluation);
  const found: BaselineLookup = { name, state: 'found', text, evaluation, predictions };
  const { model, task, evaluate } = run.project.config;
  // Of another model or task nothing would fit; the gate says so.
  if (!evaluate || evaluation.model !== model || evaluation.task !== task) return found;
  if (await isMeasuredAsAsked(run, name, evaluation)) return found;
  const [{ measureAgain }, { findModelInPlace }] = await Promise.all([
    import('./baseline-run/measure-again.ts'),
    import('./baseline-run/model-in-place.ts'),
  ]);
  const again = await measureAgain(run, name, {
    predictions,
    former: evaluation,
    model: {
      subject: evaluation.subject,
      threshold: evaluation.operatingPoint?.threshold,
      bring: () => findModelInPlace(run.project, evaluation.subject.modelFiles),
    },
  });
  if ('refused' in again) {
    const cause = "it was not measured as today's rules and test set ask";
    return { ...found, text: `${text}: ${cause}, and ${again.refused}. ${REDO}` };
  }
  const { how, ...measured } = again;
  return { ...found, ...measured, text: `${text}, ${how}` };
}

const REDO = 'Run that model on the test set of today, and bring its run folder';

async function findStage(run: Run, name: string): Promise<BaselineLookup> {
  if (!listStageNames(run.project.config).includes(name)) {
    if (parseVersionTag(name)) return (await import('./registry-baseline.ts')).findVersionBaseline(run, name);
    const bring = `Bring its run folder: --baseline ${name}=FOLDER.`;
    return { name, state: 'unavailable', text: `the evidence of ${name} is not at hand. ${bring}` };
  }
  const trusted = run.environment['GITHUB_ACTIONS'] === 'true';
  const lookup = await lookUpStage(run.git, run.project.config.model, name, trusted, run.listTags);
  if (lookup.state === 'none-yet') return { name, state: 'none-yet', text: lookup.text };
  if (lookup.state === 'unavailable') {
    return { name, state: 'unavailable', text: `${lookup.text}. Bring its run folder: --baseline ${name}=FOLDER.` };
  }
  return (await import('./registry-baseline.ts')).findStageBaseline(run, name, lookup.tag);
}
