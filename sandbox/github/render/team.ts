import type { Team } from '../types.ts';
import type { GitHubWorld } from '../world.ts';
import { renderOrganizationFull } from './organization.ts';

const repositoryPermission = {
  read: 'pull',
  triage: 'triage',
  write: 'push',
  maintain: 'maintain',
  admin: 'admin',
} as const;

/** GitHub's "team" without a parent, as in requested reviewers and lists. */
export function renderTeam(world: GitHubWorld, team: Team) {
  const { org } = world.state;
  const url = `${world.urls.api()}/organizations/${org.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: world.state.nodeId('Team', team.slug),
    name: team.name,
    slug: team.slug,
    description: team.description,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: repositoryPermission[team.permission],
    url,
    html_url: `${world.urls.html()}/orgs/${org.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: 'organization',
    organization_id: org.id,
    parent: null,
  };
}

/** GitHub's "team-full", with counts. */
export function renderTeamFull(world: GitHubWorld, team: Team) {
  return {
    ...renderTeam(world, team),
    created_at: team.createdAt,
    updated_at: team.createdAt,
    members_count: team.members.length,
    repos_count: 1,
    organization: renderOrganizationFull(world),
  };
}
