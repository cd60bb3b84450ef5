import { RequestError } from 'octokit';
import type { Client } from './client.ts';
import { ask } from './faults.ts';
import { nameParameters, type RepositoryName } from './repository.ts';

/** What protects an environment. */
export interface Environment {
  readonly name: string;
  /** Who is asked before a job in it starts: logins, and teams as their short names. Empty where nobody is. */
  readonly reviewers: readonly string[];
}

/** Somebody’s answer to a run that waited for an environment. */
export interface RunReview {
  readonly login: string;
  readonly bot: boolean;
  readonly state: 'approved' | 'rejected';
  /** The names of the environments that the answer was about. */
  readonly environments: readonly string[];
}

/** Reads how an environment is protected; undefined where there is none of that name. */
export async function readEnvironment(
  client: Client,
  repository: RepositoryName,
  name: string,
): Promise<Environment | undefined> {
  return await ask({ doing: `read the environment ${name}`, needs: 'actions: read' }, async () => {
    try {
      const place = { ...nameParameters(repository), environment_name: name };
      const { data } = await client.rest.repos.getEnvironment(place);
      const rules = (data.protection_rules ?? []) as readonly ReviewRule[];
      const reviewers = rules.filter(({ type }) => type === 'required_reviewers').flatMap(listReviewers);
      return { name: data.name, reviewers };
    } catch (error) {
      if (error instanceof RequestError && error.status === 404) return undefined;
      throw error;
    }
  });
}

interface ReviewRule {
  readonly type?: string;
  readonly reviewers?: readonly { readonly reviewer?: { readonly login?: string; readonly slug?: string } }[];
}

/** Somebody whose account is gone still holds the job back: the rule counts, under no name. */
function listReviewers({ reviewers = [] }: ReviewRule): string[] {
  return reviewers.map(({ reviewer }) => reviewer?.login ?? reviewer?.slug ?? 'ghost');
}

/** Reads who let a run into its environments, or refused to. */
export async function listRunReviews(client: Client, repository: RepositoryName, runId: number): Promise<RunReview[]> {
  return await ask({ doing: `read who approved run ${runId}`, needs: 'actions: read' }, async () => {
    const { data } = await client.rest.actions.getReviewsForRun({ ...nameParameters(repository), run_id: runId });
    return data.flatMap(({ state, user, environments }) => {
      if (user === null || (state !== 'approved' && state !== 'rejected')) return [];
      const names = environments.flatMap(({ name }) => name ?? []);
      return [{ login: user.login, bot: user.type === 'Bot', state, environments: names }];
    });
  });
}
