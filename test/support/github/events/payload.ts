import { checkWebhook, findWebhookSchema } from '../openapi/checks.ts';
import { fill } from '../openapi/fill.ts';
import type { RepositoryState } from '../repository.ts';
import { showAccount } from '../show-account.ts';
import { showRepository } from '../show-repository.ts';

/** The payload of a webhook. */
export type Payload = Record<string, unknown>;

/**
 * A payload with what every one has, in the shape of GitHub's description of the webhook (`pull-request-opened`). Throws for
 * one that GitHub would not send.
 */
export function createPayload(
  webhook: string,
  repository: RepositoryState,
  sender: string,
  parts: Payload,
  organization = true,
): Payload {
  const { world, owner } = repository;
  const account = world.accounts.ensure(owner);
  const whole = {
    ...parts,
    repository: parts['repository'] ?? showRepository(repository),
    ...(organization && account.type === 'Organization' && { organization: showOrganization(repository) }),
    sender: showAccount(world, sender),
  };
  const payload = fill(findWebhookSchema(webhook), whole) as Payload;
  const faults = checkWebhook(webhook, payload);
  if (faults.length > 0) throw new Error(`No ${webhook} of GitHub is like this:\n${faults.join('\n')}`);
  return payload;
}

function showOrganization(repository: RepositoryState): Payload {
  const { world, owner } = repository;
  const { id, login } = world.accounts.ensure(owner);
  const url = `${world.apiUrl}/orgs/${login}`;
  return {
    login,
    id,
    node_id: `O_${id}`,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `https://avatars.invalid/u/${id}`,
    description: null,
  };
}
