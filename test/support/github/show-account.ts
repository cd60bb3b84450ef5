import type { Account } from './accounts.ts';
import type { World } from './world.ts';

/** An account as GitHub's answers and webhooks have it (`simple-user`). */
export function showAccount(world: World, login: string | Account): Record<string, unknown> {
  const account = typeof login === 'string' ? world.accounts.ensure(login) : login;
  const url = `${world.apiUrl}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: `U_${account.id}`,
    avatar_url: `https://avatars.invalid/u/${account.id}`,
    gravatar_id: '',
    url,
    html_url:
      account.type === 'Bot'
        ? `${world.serverUrl}/apps/${account.login.replace('[bot]', '')}`
        : `${world.serverUrl}/${account.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    site_admin: false,
  };
}
