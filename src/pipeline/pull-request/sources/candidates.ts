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
}

/** More artifacts of candidates than anybody has models. */
const MAX_CANDIDATES = 1000;
const PREFIX = nameCandidateArtifact('');

/**
 * Fetches what the candidates of a run left behind, by model; of several attempts the newest. A review trains nothing, so
 * what the newest run of the same head left behind is taken then: the same code, trusted as little.
 */
export async function fetchCandidates(
  client: Client,
  place: CandidatesPlace,
): Promise<ReadonlyMap<string, CandidateFolder>> {
  const { repository, temporary } = place;
  for (const runId of await listSources(client, place)) {
    const artifacts = await listCandidates(client, repository, runId);
    if (artifacts.size === 0) continue;
    const found = new Map<string, CandidateFolder>();
    for (const [model, artifact] of artifacts) {
      const wanted = { repository, artifact, runId, expects: isCandidateName, temporary };
      found.set(model, await fetchArtifactFolder(client, wanted));
    }
    return found;
  }
  return new Map();
}

async function listSources(client: Client, place: CandidatesPlace): Promise<number[]> {
  const { repository, workflowPath, subject, run } = place;
  if (run.event !== 'pull_request_review') return [run.id];
  const runs = await listHeadRuns(client, { repository, workflowPath, head: subject.head });
  // A run that is still under way, or was cut off, may have left half of it.
  return runs.filter(({ conclusion }) => conclusion === 'success' || conclusion === 'failure').map(({ id }) => id);
}

async function listCandidates(client: Client, repository: Repository, runId: number): Promise<Map<string, Artifact>> {
  const all = await listArtifacts(client, repository, runId);
  const ours = all.filter(({ name }) => name.startsWith(PREFIX)).slice(0, MAX_CANDIDATES);
  // Newest first, so the last that is set must be the newest.
  return new Map(ours.reverse().map((artifact) => [artifact.name.slice(PREFIX.length), artifact]));
}
