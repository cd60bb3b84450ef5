import { readArtifact } from '../../github/artifacts.ts';
import { isJudgedName } from '../../pipeline/pull-request/layout.ts';
import { fetchArtifactFolder } from '../../pipeline/pull-request/sources/artifact-folder.ts';
import type { ReportedEvidence } from './inputs.ts';
import type { Opened } from './opening.ts';

export type Fetched = Awaited<ReturnType<typeof fetchArtifactFolder>>;

/** The folder of the job of this run that judged, verified by its digest; undefined where it left none. */
export async function fetchJudged(
  { client, context }: Opened,
  { artifactId, artifactDigest }: Pick<ReportedEvidence, 'artifactId' | 'artifactDigest'>,
  temporary: string,
): Promise<Fetched | undefined> {
  if (artifactId === '') return undefined;
  const { repository, runId } = context;
  const artifact = await readArtifact(client, repository, Number(artifactId));
  const digest = `sha256:${artifactDigest}`;
  return fetchArtifactFolder(client, {
    ...{ repository, artifact, runId, digest, temporary },
    expects: isJudgedName,
  });
}
