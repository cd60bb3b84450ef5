import { resolve } from 'node:path';
import { isInside, resolveExisting } from '../config/paths.ts';
import { listStageNames } from '../config/stages.ts';
import { messageOf, UserMistake } from '../errors.ts';
import { readBack } from '../evidence/canonical.ts';
import { readDocument } from '../evidence/files.ts';
import type { EvaluationEvidence } from '../evidence/schema/evaluation.ts';
import { type BaselineLookup, nameBaseline } from '../gate/baseline.ts';
import { lookUpStage } from '../registry/stage-tags.ts';
import { parseVersionTag } from '../registry/versions/grammar.ts';
import type { Run } from './run.ts';

/** Finds each baseline that a rule names, once. What cannot be found is data with its reason, never an exception. */
export async function findBaselines(run: Run): Promise<BaselineLookup[]> {
  const rules = run.project.config.gates?.rules ?? [];
  const wanted = new Map(rules.flatMap(({ against }) => (against ? [[nameBaseline(against), against] as const] : [])));
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

async function findBaseline(run: Run, name: string, against: Against): Promise<BaselineLookup> {
  const brought = run.baselines.get(name);
  if (brought !== undefined) return readRunFolder(run, name, resolve(brought), brought);
  if (against === 'base' && run.findBase) return run.findBase(run);
  if (typeof against === 'string') return findStage(run, name);
  if ('run' in against) return readRunFolder(run, name, await resolveExisting(run.project, against.run), against.run);
  const predictions = await resolveExisting(run.project, against.file);
  const { score } = await import('../evaluation/score.ts');
  run.progress.info(`The baseline ${against.file}:`);
  const evaluation = await score({ ...run, parents: {}, predictions });
  // Rounded as evidence is, so that equal numbers are equal.
  return describe(name, readBack(evaluation), `the predictions in ${against.file}, scored on today's test set`);
}

async function readRunFolder(run: Run, name: string, folder: string, shown: string): Promise<BaselineLookup> {
  if (isInside(run.runFolder, folder)) {
    return { name, state: 'unavailable', text: `${shown} is the folder of this run: nothing is compared with itself` };
  }
  const evaluation = await readDocument(folder, 'evaluation');
  if (!evaluation) {
    const text = `the run folder ${shown} has no evidence/evaluation.json`;
    return { name, state: 'unavailable', text };
  }
  return describe(name, evaluation, `the run in ${shown}`);
}

function describe(name: string, evaluation: EvaluationEvidence, text: string): BaselineLookup {
  if (evaluation.outcome === 'pass') return { name, state: 'found', text, evaluation };
  return { name, state: 'unavailable', text: `${text}: ${evaluation.reason}` };
}

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
