import { normaliseLogin } from '../../config/logins.ts';
import type { Stage } from '../../config/stages.ts';
import type { StageApproval } from '../../evidence/schema/ledger.ts';
import type { Client } from '../../github/client.ts';
import { listRunReviews, readEnvironment } from '../../github/environments.ts';
import { type Role, readRole } from '../../github/permissions.ts';
import type { RepositoryName } from '../../github/repository.ts';
import { readTeam } from '../../github/reviews.ts';
import type { AgreementFacts } from './agreement.ts';
import type { ActingRun } from './asked.ts';

/** Where to look for those who agreed. */
export interface AgreementQuestion {
  readonly repository: RepositoryName;
  readonly stage: Stage;
  /** The run, and the attempt of it, that asked: its environment’s reviewers may have agreed. None on a laptop. */
  readonly run: ActingRun | null;
  /** Who agreed elsewhere: by a comment. */
  readonly given: readonly StageApproval[];
  /** The folder of modelgate.yml from the root of the repository; empty for the root. */
  readonly folder?: string | undefined;
  /** The text of CODEOWNERS of the default branch. */
  readonly codeOwners?: string | undefined;
  /** A client whose token may read the members of teams. */
  readonly teamClient?: Client | undefined;
}

/**
 * Reads who agreed, and who they are. A run counts only where its environment has reviewers now, and where its first
 * attempt asked: GitHub tells the reviews of all attempts together.
 */
export async function readAgreementFacts(client: Client, question: AgreementQuestion): Promise<AgreementFacts> {
  const { repository, stage, run } = question;
  const environment = await readEnvironment(client, repository, stage.environment);
  const reviewed = environment !== undefined && environment.reviewers.length > 0;
  const given = [...question.given];
  const again = run !== null && run.attempt > 1;
  if (reviewed && run !== null && !again) given.push(...(await listLetIn(client, question, run)));
  const owners = new Map<string, Role>();
  for (const login of new Set(given.map((one) => normaliseLogin(one.login)))) {
    owners.set(login, await readRole(client, repository, login));
  }
  const teams: AgreementFacts['people']['teams'] = new Map(
    await Promise.all(
      (given.length > 0 ? (stage.approval?.teams ?? []) : []).map(async (team) => {
        const plain = team.replace(/^@/, '');
        return [normaliseLogin(team), await readTeam(question.teamClient, plain)] as const;
      }),
    ),
  );
  const people = { owners, teams, codeOwners: question.codeOwners };
  return { reviewed, again, given, people, folder: question.folder ?? '' };
}

/** The people who let a run into the environment of the stage. */
async function listLetIn(
  client: Client,
  { repository, stage }: AgreementQuestion,
  { id, url }: ActingRun,
): Promise<StageApproval[]> {
  const reviews = await listRunReviews(client, repository, id);
  const name = stage.environment.toLowerCase();
  return reviews
    .filter(({ state, bot, environments }) => {
      return state === 'approved' && !bot && environments.some((one) => one.toLowerCase() === name);
    })
    .map(({ login }) => ({ login, by: 'environment', url }));
}
