import type { Config } from '../../../config/schema/modelgate.ts';
import { describeFound, UserMistake } from '../../../errors.ts';
import { findReviewedPull } from '../../../github/approved-pulls.ts';
import type { Client } from '../../../github/client.ts';
import type { RepositoryName } from '../../../github/repository.ts';
import { readApprovalFacts } from '../../../github/reviews.ts';
import type { Subject } from '../../../github/subject.ts';
import { listAskedTeams } from '../../../governance/approval-control.ts';
import { CODE_OWNERS } from '../../../governance/code-owners.ts';
import type { GovernanceFiles } from '../../../governance/sources.ts';
import type { CommitFiles } from '../commit-files.ts';

type Approvals = NonNullable<GovernanceFiles['approvals']>;

export interface ApprovalsPlace {
  readonly repository: RepositoryName;
  readonly subject: Subject;
  readonly files: CommitFiles;
  /** A client whose token may read the members of teams. */
  readonly teamClient?: Client;
}

/** GitHub does not read a larger one: 3 MB. */
const MAX_BYTES = 3_000_000;

/**
 * Finds the approvals of a subject, as far as a configuration asks for any. CODEOWNERS is the base's. What GitHub does not
 * tell is a fault, with which nothing is approved.
 */
export function openApprovals(client: Client, place: ApprovalsPlace) {
  return async (config: Config, file: string, bootstrap: boolean): Promise<Approvals | undefined> => {
    const asked = (config.governance?.controls ?? []).some(({ approval }) => approval !== undefined);
    if (!asked && !bootstrap) return undefined;
    const { repository, subject, teamClient } = place;
    try {
      const pull = await findReviewedPull(client, repository, subject);
      if (!pull)
        return { fault: `no pull request was merged as ${subject.head.sha.slice(0, 12)}, so nobody reviewed it` };
      const codeOwners = await readCodeOwners(place);
      const teams = listAskedTeams(config, file, codeOwners, { bootstrap });
      return await readApprovalFacts(client, {
        repository,
        ...pull,
        teams,
        codeOwners,
        ...(teamClient && { teamClient }),
      });
    } catch (error) {
      if (!(error instanceof UserMistake)) throw error;
      return { fault: describeFound(error) };
    }
  };
}

/** Of a push there is no other side: what was merged is what owns. */
async function readCodeOwners({ files, subject }: ApprovalsPlace): Promise<string | undefined> {
  const found = await files.find(subject.base?.sha ?? subject.head.sha, CODE_OWNERS);
  const entry = CODE_OWNERS.map((path) => found.get(path)).find((one) => one?.kind === 'file');
  if (!entry || entry.size > MAX_BYTES) return undefined;
  return new TextDecoder().decode(await files.read(entry, MAX_BYTES));
}
