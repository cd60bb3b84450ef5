import { showAccount } from './show-account.ts';
import type { AppIdentity } from './tokens.ts';
import type { World } from './world.ts';

const SINCE = '2018-07-30T09:30:17Z';

/** An app as GitHub's answers have it (`integration`). */
export function showApp(world: World, app: AppIdentity): Record<string, unknown> {
  return {
    id: app.id,
    slug: app.slug,
    node_id: `A_${app.id}`,
    client_id: `Iv1.${app.id}`,
    owner: showAccount(
      world,
      world.accounts.ensure(app.slug === 'github-actions' ? 'github' : `${app.slug}-owner`, 'Organization'),
    ),
    name: app.name,
    description: '',
    external_url: `https://${app.slug}.invalid/`,
    html_url: `${world.serverUrl}/apps/${app.slug}`,
    created_at: SINCE,
    updated_at: SINCE,
    permissions: { metadata: 'read' },
    events: [],
  };
}
