import type { GitHubWorld } from '../world.ts';
import { renderOrganizationSimple } from './accounts.ts';

/** GitHub's "organization-full", as anybody sees it. */
export function renderOrganizationFull(world: GitHubWorld) {
  const { org } = world.state;
  return {
    ...renderOrganizationSimple(world),
    name: org.name,
    html_url: `${world.urls.html()}/${org.login}`,
    is_verified: false,
    has_organization_projects: false,
    has_repository_projects: false,
    public_repos: 1,
    public_gists: 0,
    followers: 0,
    following: 0,
    type: 'Organization',
    created_at: org.createdAt,
    updated_at: org.createdAt,
    archived_at: null,
  };
}
