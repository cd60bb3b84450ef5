import { type Artifact, listArtifacts } from '../../../github/artifacts.ts';
import type { Client } from '../../../github/client.ts';
import { listHeadRuns } from '../../../github/head-runs.ts';
import type { Repository } from '../../../github/repository.ts';
import type { Subject } from '../../../github/subject.ts';
import type { CandidateFolder } from '../judge-input.ts';
import { isCandidateName, nameCandidateArtifact } from '../layout.ts';
import { fetchArtifactFolder } from './artifact-folder.ts';

export interface CandidatesPlace {
  readonly repository: Repository;
  readonly workflowPath: string;
  readonly subject: Subject;
  /** The run that is judged, and what started it. */
  readonly run: { readonly id: number; readonly event: string };
  readonly temporary: string;
  /** How many candidates are fetched at most: strangers name artifacts too. */
  readonly most: number;
}

const PREFIX = nameCandidateArtifact('');

/** What the candidates of a run left behind. */
export interface FetchedCandidates {
  readonly candidates: ReadonlyMap<string, CandidateFolder>;
  /** Whether the evidence of an earlier commit may stand in for a candidate that is not there. */
  readonly mayReuse: boolean;
}

/**
 * Fetches what the candidates of a run left behind, by model; of several attempts the newest. A review trains nothing where
 * a run of the same head has ended, so what that left behind is taken then: the same code, trusted as little. A run that
 * succeeded and left nothing had decided to use earlier evidence again; one that did not succeed had decided nothing.
 */
export async function fetchCandidates(client: Client, place: CandidatesPlace): Promise<FetchedCandidates> {
  const { repository, temporary, most } = place;
  const former = await listFormerRuns(client, place);
  for (const runId of [place.run.id, ...former.ended]) {
    const artifacts = [...(await listCandidates(client, repository, runId))].slice(0, most);
    if (artifacts.length === 0) continue;
    const candidates = new Map<string, CandidateFolder>();
    for (const [model, artifact] of artifacts) {
      const wanted = { repository, artifact, runId, expects: isCandidateName, temporary };
      candidates.set(model, await fetchArtifactFolder(client, wanted));
    }
    return { candidates, mayReuse: former.mayReuse };
  }
  return { candidates: new Map(), mayReuse: former.mayReuse };
}

/** The runs of the same head before a review, the newest first, and whether the newest allows evidence to be used again. */
async function listFormerRuns(client: Client, place: CandidatesPlace): Promise<{ ended: number[]; mayReuse: boolean }> {
  const { repository, workflowPath, subject, run } = place;
  if (run.event !== 'pull_request_review') return { ended: [], mayReuse: true };
  const runs = await listHeadRuns(client, { repository, workflowPath, head: subject.head });
  // A run that is still under way, or was cut off, may have left half of it.
  const ended = runs.filter(({ conclusion }) => conclusion === 'success' || conclusion === 'failure');
  return { ended: ended.map(({ id }) => id), mayReuse: runs[0]?.conclusion === 'success' };
}

/** The artifacts of a run's candidates by model. */
export async function listCandidates(
  client: Client,
  repository: Repository,
  runId: number,
): Promise<Map<string, Artifact>> {
  const all = await listArtifacts(client, repository, runId);
  const ours = all.filter(({ name }) => name.startsWith(PREFIX));
  // Newest first, so the last that is set must be the newest.
  return new Map(ours.reverse().map((artifact) => [artifact.name.slice(PREFIX.length), artifact]));
}
