import { UserMistake } from '../../errors.ts';
import type { Client } from '../../github/client.ts';
import type { Repository } from '../../github/repository.ts';
import { isJudgedName } from '../pull-request/layout.ts';
import { fetchArtifactFolder } from '../pull-request/sources/artifact-folder.ts';
import { findJudgedArtifact, type HandedArtifact, type JudgedRun } from './judged-run.ts';

/** Fetches what a run judged into a folder of ours. Throws UserMistake when the artifact is gone or is not what it should be. */
export async function fetchJudged(
  client: Client,
  repository: Repository,
  wanted: { readonly run: JudgedRun; readonly handed: HandedArtifact | undefined; readonly temporary: string },
): Promise<string> {
  const { run, handed, temporary } = wanted;
  const { artifact, digest } = await findJudgedArtifact(client, repository, run, handed);
  const fetched = await fetchArtifactFolder(client, {
    ...{ repository, artifact, runId: run.id, expects: isJudgedName, temporary },
    ...(digest !== undefined && { digest }),
  });
  if ('folder' in fetched) return fetched.folder;
  throw new UserMistake({ found: `the run ${run.id} cannot be released: ${fetched.fault}`, fix: 'Run it again.' });
}
