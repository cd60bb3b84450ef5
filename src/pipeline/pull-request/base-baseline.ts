import { join } from 'node:path';
import type { Config } from '../../config/schema/modelgate.ts';
import { requestOf } from '../../evaluation/requests.ts';
import { score } from '../../evaluation/score.ts';
import { readBack } from '../../evidence/canonical.ts';
import { hashFile } from '../../evidence/file-hash.ts';
import type { EvaluationEvidence } from '../../evidence/schema/evaluation.ts';
import type { BaselineLookup } from '../../gate/baseline.ts';
import { findMetrics } from '../../gate/point.ts';
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
}

type PredictionColumns = NonNullable<Config['evaluate']>['predictions'];

const NAME = 'base';

/**
 * Finds what the base scored: the evaluation that the nearest successful run of the default branch left behind. None yet
 * only where the API answered and there never was a run; whatever else stands in the way is unavailable, with its reason.
 */
export async function findBaseBaseline(run: Run, search: BaseSearch): Promise<BaselineLookup> {
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
  if (evaluation.outcome !== 'pass') return unavailable(evaluation.reason);
  const { distance } = nearest;
  if (await fits(run, evaluation)) return { name: NAME, state: 'found', text: place, evaluation, distance };
  const again = await scoreAgain(run, search, nearest, judged, evaluation);
  if ('refused' in again) return unavailable(again.refused);
  return {
    name: NAME,
    state: 'found',
    text: `${place}, scored again on today's test set`,
    evaluation: again,
    distance,
  };
}

/** Whether a baseline was measured on the rows of today, in everything that today's rules ask for. */
async function fits({ project }: Run, evaluation: EvaluationEvidence): Promise<boolean> {
  const { evaluate, gates } = project.config;
  const labels = evaluate && (await hashFile(join(project.folder, evaluate.labels.path)).catch(() => undefined));
  if (labels?.sha256 !== evaluation.testSet?.sha256) return false;
  const asked = (gates?.rules ?? []).filter(({ against }) => against === NAME);
  return asked.every((rule) => {
    const request = requestOf(rule, evaluate?.positive);
    return findMetrics(evaluation, rule.slice === undefined ? request : { ...request, column: rule.slice }).length > 0;
  });
}

/** The predictions of the baseline on the test set of today. They have the columns that their own commit gave them. */
async function scoreAgain(
  run: Run,
  { readPredictions }: BaseSearch,
  nearest: Ancestor,
  { predictions }: JudgedModel,
  former: EvaluationEvidence,
): Promise<EvaluationEvidence | { refused: string }> {
  const cause = "it was not measured as today's rules and test set ask";
  if (!predictions) return { refused: `${cause}, and its predictions are gone` };
  if (predictions.digest.sha256 !== former.predictions?.sha256) {
    return { refused: `${cause}, and its predictions are not those that it was measured on` };
  }
  const { config } = run.project;
  const columns = await readPredictions(nearest.run.commit);
  const evaluate = config.evaluate && { ...config.evaluate, ...(columns ? { predictions: columns } : {}) };
  run.progress.info('The baseline base:');
  const project = { ...run.project, config: { ...config, ...(evaluate ? { evaluate } : {}) } };
  // Rounded as evidence is, so that equal numbers are equal.
  const again = readBack(await score({ ...run, project, parents: {}, predictions: predictions.path }));
  if (again.outcome !== 'pass') return { refused: `${cause}, and cannot be scored again: ${again.reason}` };
  return { ...again, subject: former.subject };
}
