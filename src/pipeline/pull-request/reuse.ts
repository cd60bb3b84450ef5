import type { Config } from '../../config/schema/modelgate.ts';
import type { Subject } from '../../github/subject.ts';
import type { Candidate } from './candidate-reading.ts';
import type { CommitFiles } from './commit-files.ts';
import { readCommittedConfig } from './committed-config.ts';
import { type Ancestor, type EarlierRuns, findAncestors } from './earlier-runs.ts';
import { computeInputsDigest } from './inputs-digest.ts';
import { type JudgedModel, readJudgedModel } from './judged-model.ts';

/** Of how many earlier runs the evidence is looked at: each is a download. */
const MAX_RUNS = 3;
/** How far back on the line of first parents an earlier run is looked for, in commits. */
const MAX_DISTANCE = 1000;

/** A candidate whose evidence an earlier run left behind, made from the same inputs. */
export interface Reusable extends Ancestor {
  readonly candidate: Candidate;
}

interface Search {
  readonly files: CommitFiles;
  readonly runs: EarlierRuns;
  readonly ancestors: readonly string[];
  readonly model: string;
  readonly config: Config;
}

/** The commits whose evidence may serve: the base and its first parents; of a push the first parents of the head. */
export async function listAncestors(files: CommitFiles, subject: Subject): Promise<readonly string[]> {
  if (subject.base) return files.listFirstParents(subject.base.sha, MAX_DISTANCE);
  return (await files.listFirstParents(subject.head.sha, MAX_DISTANCE + 1)).slice(1);
}

/** Finds a candidate that was made from inputs with this digest, environment included, as its own plan tells. */
export async function findReusable(search: Search & { readonly inputsDigest: string }): Promise<Reusable | undefined> {
  return findEarlier(search, async (_, judged) => judged.plan?.inputsDigest === search.inputsDigest);
}

/**
 * Finds a candidate that an earlier commit made from the same files, by what git says of both commits: no artifact is
 * believed about its inputs. Whether the environment is the same is for the run to say, which else makes a candidate.
 */
export async function findSameInputs(
  search: Search & { readonly head: string; readonly file: string },
): Promise<Reusable | undefined> {
  const { files, head, file, config } = search;
  const wanted = await computeInputsDigest(files, head, file, config, {});
  return findEarlier(search, async ({ run }) => {
    const former = await readCommittedConfig(files, run.commit, file);
    return (
      former.state === 'read' && (await computeInputsDigest(files, run.commit, file, former.config, {})) === wanted
    );
  });
}

async function findEarlier(
  { runs, ancestors, model, config }: Search,
  isSame: (ancestor: Ancestor, judged: JudgedModel) => Promise<boolean>,
): Promise<Reusable | undefined> {
  const listed = await runs.list();
  if ('fault' in listed) return undefined;
  for (const ancestor of findAncestors(listed.runs, ancestors).slice(0, MAX_RUNS)) {
    const fetched = await runs.fetchJudged(ancestor.run);
    if ('fault' in fetched) continue;
    const judged = await readJudgedModel(fetched.folder, model);
    if ('refused' in judged || !(await isSame(ancestor, judged))) continue;
    const candidate = completeCandidate(judged, config);
    if (candidate) return { ...ancestor, candidate };
  }
  return undefined;
}

/** Evidence is used again only where it is whole and has passed. */
function completeCandidate(judged: JudgedModel, config: Config): Candidate | undefined {
  const { plan, training, prediction, predictions, folder } = judged;
  if (!plan || !predictions) return undefined;
  if (config.train && training?.outcome !== 'pass') return undefined;
  if (config.evaluate?.run !== undefined && prediction?.outcome !== 'pass') return undefined;
  return { plan, training, prediction, predictions, folder, baseTestSet: undefined };
}
