import { type Answer, answerList, type Call, type Routes } from '../call.ts';
import { ApiFault, notFound } from '../fault.ts';
import { keepRuns } from '../records/runs.ts';
import type { Artifact } from '../results/artifact-store.ts';
import { writeTime } from '../world.ts';
import { findRun } from './runs.ts';

/** Artifacts of workflow runs: what the store of the results service has. */
export const artifactRoutes: Routes = {
  'actions/list-workflow-run-artifacts': (call: Call) =>
    answerArtifacts(call, call.hub.artifacts.list(findRun(call).id)),
  'actions/list-artifacts-for-repo': (call: Call) => {
    const runs = call.repository.part(keepRuns).all;
    return answerArtifacts(
      call,
      runs.flatMap((run) => call.hub.artifacts.list(run.id)),
    );
  },
  'actions/get-artifact': (call: Call) => ({ status: 200, body: showArtifact(call, findArtifact(call)) }),
  'actions/download-artifact': (call: Call): Answer => {
    const artifact = findArtifact(call);
    const location = artifact.expired ? undefined : call.hub.artifacts.sign(artifact.id);
    if (call.params['archive_format'] !== 'zip') throw notFound();
    if (location === undefined) throw new ApiFault(410, 'Artifact has expired');
    return { status: 302, headers: { location } };
  },
  'actions/delete-artifact': (call: Call): Answer => {
    call.hub.artifacts.remove(findArtifact(call).id);
    return { status: 204 };
  },
};

function answerArtifacts(call: Call, all: readonly Artifact[]): Answer {
  const name = call.query['name'];
  const found = all.filter((artifact) => name === undefined || artifact.name === name).toReversed();
  return answerList(
    call,
    found.map((artifact) => showArtifact(call, artifact)),
    'artifacts',
  );
}

/** An artifact of this repository; those of others are not there. */
function findArtifact(call: Call): Artifact {
  const artifact = call.hub.artifacts.get(Number(call.params['artifact_id']));
  if (artifact === undefined || call.repository.part(keepRuns).find(artifact.runId) === undefined) throw notFound();
  return artifact;
}

function showArtifact(call: Call, artifact: Artifact): Record<string, unknown> {
  const { repository } = call;
  const run = repository.part(keepRuns).find(artifact.runId);
  const url = `${repository.apiUrl}/actions/artifacts/${artifact.id}`;
  return {
    id: artifact.id,
    node_id: `A_${artifact.id}`,
    name: artifact.name,
    size_in_bytes: artifact.size,
    digest: artifact.digest,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired,
    created_at: writeTime(artifact.created),
    updated_at: writeTime(artifact.created),
    expires_at: writeTime(artifact.expires),
    workflow_run: run && {
      id: run.id,
      repository_id: repository.id,
      head_repository_id: run.headRepository.id,
      head_branch: run.headBranch,
      head_sha: run.headSha,
    },
  };
}
