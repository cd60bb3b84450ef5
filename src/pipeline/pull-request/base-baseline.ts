import type { EvaluationEvidence } from '../../evidence/schema/evaluation.ts';
import type { BaselineLookup, BaselinePredictions } from '../../gate/baseline.ts';
import { isMeasuredAsAsked, type PredictionColumns, scoreAgain, tellReason } from '../rescoring.ts';
import type { Run } from '../run.ts';
import { type Ancestor, type EarlierRuns, findAncestors } from './earlier-runs.ts';
import { type JudgedModel, readJudgedModel } from './judged-model.ts';

interface BaseSearch {
  /** Without it, nobody can say what is there. */
  readonly runs: EarlierRuns | undefined;
  /** The base and its first parents, the nearest first. */
  readonly ancestors: readonly string[];
  /** What modelgate.yml of a commit says of the columns of its predictions; undefined where it cannot be read. */
  readonly readPredictions: (commit: string) => Promise<PredictionColumns | undefined>;
  /** Finds the published release of one of these commits, the nearest; undefined where there is none. */
  readonly findReleased?: (ancestors: readonly string[]) => Promise<BaselineLookup | undefined>;
}

const NAME = 'base';

/**
 * Finds what the base scored: the evaluation that the nearest successful run of the default branch left behind, and where
 * that is gone, the one in the nearest published release. None yet only where the API answered and there never was a run
 * or a release; whatever else stands in the way is unavailable, with its reason.
 */
export async function findBaseBaseline(run: Run, search: BaseSearch): Promise<BaselineLookup> {
  const ofRuns = await findInRuns(run, search);
  if (ofRuns.state === 'found') return ofRuns;
  const released = await search.findReleased?.(search.ancestors);
  if (released === undefined || released.state === 'found') return released ?? ofRuns;
  return { name: NAME, state: 'unavailable', text: `${ofRuns.text}; ${released.text}` };
}

async function findInRuns(run: Run, search: BaseSearch): Promise<BaselineLookup> {
  const unavailable = (text: string): BaselineLookup => ({ name: NAME, state: 'unavailable', text });
  if (!search.runs) return unavailable('earlier runs can be looked up in a workflow only');
  const listed = await search.runs.list();
  if ('fault' in listed) return unavailable(`the runs of the default branch could not be looked up: ${listed.fault}`);
  if (listed.runs.length + listed.others === 0) {
    return { name: NAME, state: 'none-yet', text: 'this workflow has not run for the default branch yet' };
  }
  const [nearest] = findAncestors(listed.runs, search.ancestors);
  if (!nearest) {
    const count = listed.runs.length === 0 ? 'no run of the default branch has succeeded' : NO_ANCESTOR;
    return unavailable(count);
  }
  const place = describePlace(nearest);
  const fetched = await search.runs.fetchJudged(nearest.run);
  if ('fault' in fetched) return unavailable(`the evidence of ${place} cannot be had: ${fetched.fault}`);
  const judged = await readJudgedModel(fetched.folder, run.project.config.model);
  if ('refused' in judged) return unavailable(`the evidence of ${place} is refused: ${judged.refused}`);
  return readBaseline(run, search, nearest, judged);
}

const NO_ANCESTOR =
  'no successful run of the default branch was for the base commit or one of its first parents that is at hand';

/** How far it lies from the base is told beside it. */
function describePlace({ run }: Ancestor): string {
  return `the run ${run.id} of ${run.commit.slice(0, 12)}`;
}

async function readBaseline(
  run: Run,
  search: BaseSearch,
  nearest: Ancestor,
  judged: JudgedModel,
): Promise<BaselineLookup> {
  const { evaluation } = judged;
  const place = describePlace(nearest);
  const unavailable = (text: string): BaselineLookup => ({
    name: NAME,
    state: 'unavailable',
    text: `${place}: ${text}`,
  });
  if (!evaluation) return unavailable('it has no evaluation of this model');
  if (evaluation.subject.commit !== nearest.run.commit) return unavailable('its evaluation speaks of another commit');
  if (evaluation.outcome !== 'pass') return unavailable(tellReason(run, evaluation));
  const { distance } = nearest;
  const predictions = await findOwn(search, nearest, judged, evaluation);
  if (await isMeasuredAsAsked(run, NAME, evaluation)) {
    return { name: NAME, state: 'found', text: place, evaluation, predictions, distance };
  }
  const cause = "it was not measured as today's rules and test set ask";
  if ('reason' in predictions) return unavailable(`${cause}, and ${predictions.reason}`);
  const former = { ...predictions, subject: evaluation.subject, former: evaluation };
  const again = await scoreAgain(run, NAME, former);
  if ('refused' in again) return unavailable(`${cause}, and ${again.refused}`);
  const text = `${place}, scored again on today's test set`;
  return { name: NAME, state: 'found', text, ...again, distance };
}

/** The predictions that were scored, with the columns that their own commit gave them; else why they are not there. */
async function findOwn(
  { readPredictions }: BaseSearch,
  nearest: Ancestor,
  { predictions }: JudgedModel,
  { predictions: scored, operatingPoint }: EvaluationEvidence,
): Promise<BaselinePredictions | { readonly reason: string }> {
  if (!predictions) return { reason: 'its predictions are gone' };
  const { path, digest } = predictions;
  if (digest.sha256 !== scored?.sha256) return { reason: 'its predictions are not those that it was measured on' };
  const columns = await readPredictions(nearest.run.commit);
  return {
    path,
    sha256: digest.sha256,
    ...(columns ? { columns } : {}),
    ...(operatingPoint ? { threshold: operatingPoint.threshold } : {}),
  };
}
