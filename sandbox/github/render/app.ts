import type { GitHubWorld } from '../world.ts';
import { renderAccount } from './accounts.ts';

/** GitHub's "integration"; `counted` as only the App itself sees it. */
export function renderApp(world: GitHubWorld, { counted = false } = {}) {
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
    ...(counted ? { installations_count: 1 } : {}),
  };
}

/** GitHub's "installation" on the organisation. */
export function renderInstallation(world: GitHubWorld) {
  const { app, org } = world.state;
  const url = `${world.urls.api()}/app/installations/${app.installationId}`;
  return {
    id: app.installationId,
    client_id: app.clientId,
    account: renderAccount(world, org.login),
    repository_selection: 'selected',
    access_tokens_url: `${url}/access_tokens`,
    repositories_url: `${world.urls.api()}/installation/repositories`,
    html_url: `${world.urls.html()}/organizations/${org.login}/settings/installations/${app.installationId}`,
    app_id: app.id,
    app_slug: app.slug,
    target_id: org.id,
    target_type: 'Organization',
    permissions: app.permissions,
    events: app.events,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: null,
  };
}
