import { describeFound, UserMistake } from '../../../errors.ts';
import { listArtifacts } from '../../../github/artifacts.ts';
import type { Client } from '../../../github/client.ts';
import { isPushedCommit } from '../../../github/pushed-commits.ts';
import type { Repository } from '../../../github/repository.ts';
import { listTrustedRuns } from '../../../github/runs.ts';
import { type EarlierRuns, rememberRuns } from '../earlier-runs.ts';
import { isJudgedName, JUDGED_ARTIFACT } from '../layout.ts';
import { fetchArtifactFolder } from './artifact-folder.ts';

export interface EarlierRunsPlace {
  readonly repository: Repository;
  readonly workflowPath: string;
  /** The default branch. */
  readonly branch: string;
  /** The run that asks; it is no earlier one. */
  readonly runId: number;
  readonly temporary: string;
}

/** The runs of the default branch, by the API. What GitHub does not answer is a fault, and never an empty list. */
export function openEarlierRuns(client: Client, place: EarlierRunsPlace): EarlierRuns {
  const { repository, workflowPath, branch, runId, temporary } = place;
  return rememberRuns({
    async list() {
      try {
        const { runs, others } = await listTrustedRuns(client, { repository, workflowPath, branch, except: runId });
        return { runs: runs.map(({ id, headSha }) => ({ id, commit: headSha })), others };
      } catch (error) {
        return describeFault(error);
      }
    },
    async fetchJudged({ id, commit }) {
      try {
        if (!(await isPushedCommit(client, repository, branch, commit))) {
          return { fault: `the run ${id} is of ${commit.slice(0, 12)}, which was never pushed to ${branch}` };
        }
        const [artifact] = await listArtifacts(client, repository, id, JUDGED_ARTIFACT);
        if (!artifact) return { fault: `the run ${id} has no artifact ${JUDGED_ARTIFACT} any more` };
        return await fetchArtifactFolder(client, { repository, artifact, runId: id, expects: isJudgedName, temporary });
      } catch (error) {
        return describeFault(error);
      }
    },
  });
}

function describeFault(error: unknown): { fault: string } {
  if (!(error instanceof UserMistake)) throw error;
  return { fault: describeFound(error) };
}
