import type { GitHubWorld } from '../world.ts';
import { renderAccount } from './accounts.ts';

/** GitHub's "integration": the App itself. */
export function renderApp(world: GitHubWorld) {
  const { app, org } = world.state;
  return {
    id: app.id,
    slug: app.slug,
    node_id: world.state.nodeId('App', app.id),
    client_id: app.clientId,
    owner: renderAccount(world, org.login),
    name: app.name,
    description: '',
    external_url: world.urls.html(),
    html_url: `${world.urls.html()}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
    installations_count: 1,
  };
}
