import { renderAccount } from '../render/accounts.ts';
import { renderOrganizationFull } from '../render/organization.ts';
import { renderFullRepository } from '../render/repository.ts';
import { renderTeam, renderTeamFull } from '../render/team.ts';
import { type Ctx, noContent, notFound, ok, page, type Reply, type Route } from '../route.ts';
import type { Team } from '../types.ts';

const members = { name: 'members', level: 'read' } as const;

/** https://docs.github.com/rest/orgs and https://docs.github.com/rest/teams */
export const teamRoutes: readonly Route[] = [
  { method: 'GET', path: '/orgs/:org', handler: (ctx) => ok(renderOrganizationFull(ctx.world)) },
  { method: 'GET', path: '/orgs/:org/members', permission: members, handler: listMembers },
  { method: 'GET', path: '/orgs/:org/members/:username', permission: members, handler: checkMember },
  { method: 'GET', path: '/orgs/:org/memberships/:username', permission: members, handler: getOrgMembership },
  { method: 'GET', path: '/orgs/:org/teams', permission: members, handler: listTeams },
  { method: 'GET', path: '/orgs/:org/teams/:team_slug', permission: members, handler: getTeam },
  {
    method: 'GET',
    path: '/orgs/:org/teams/:team_slug/members',
    permission: members,
    handler: listTeamMembers,
  },
  {
    method: 'GET',
    path: '/orgs/:org/teams/:team_slug/memberships/:username',
    permission: members,
    handler: getTeamMembership,
  },
  { method: 'GET', path: '/orgs/:org/teams/:team_slug/repos', permission: members, handler: listTeamRepos },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/teams',
    permission: { name: 'metadata', level: 'read' },
    handler: listTeams,
  },
];

function teamOf(ctx: Ctx): Team {
  const team = ctx.state.teams.get(ctx.param('team_slug'));
  if (!team) throw notFound();
  return team;
}

function isMember(ctx: Ctx, login: string): boolean {
  const account = ctx.state.account(login);
  return account !== undefined && ctx.state.isMember(account.login);
}

function listMembers(ctx: Ctx): Reply {
  const logins = [...ctx.state.accounts.keys()].filter((login) => isMember(ctx, login));
  return page(ctx, logins, (slice) => slice.map((login) => renderAccount(ctx.world, login)));
}

function checkMember(ctx: Ctx): Reply {
  if (!isMember(ctx, ctx.param('username'))) throw notFound();
  return noContent();
}

function getOrgMembership(ctx: Ctx): Reply {
  const login = ctx.param('username');
  if (!isMember(ctx, login)) throw notFound();
  const org = renderOrganizationFull(ctx.world);
  return ok({
    url: `${org.url}/memberships/${login}`,
    state: 'active',
    role: 'member',
    organization_url: org.url,
    organization: org,
    user: renderAccount(ctx.world, login),
  });
}

function listTeams(ctx: Ctx): Reply {
  return page(ctx, [...ctx.state.teams.values()], (slice) =>
    slice.map((team) => renderTeam(ctx.world, team)),
  );
}

function getTeam(ctx: Ctx): Reply {
  return ok(renderTeamFull(ctx.world, teamOf(ctx)));
}

function listTeamMembers(ctx: Ctx): Reply {
  const role = ctx.query.get('role') ?? 'all';
  const found = teamOf(ctx).members.filter((member) => role === 'all' || member.role === role);
  return page(ctx, found, (slice) => slice.map((member) => renderAccount(ctx.world, member.login)));
}

function getTeamMembership(ctx: Ctx): Reply {
  const team = teamOf(ctx);
  const wanted = ctx.param('username').toLowerCase();
  const member = team.members.find((each) => each.login.toLowerCase() === wanted);
  if (!member) throw notFound();
  const { url } = renderTeam(ctx.world, team);
  return ok({ url: `${url}/memberships/${member.login}`, role: member.role, state: 'active' });
}

function listTeamRepos(ctx: Ctx): Reply {
  const { permission } = teamOf(ctx);
  const levels = ['read', 'triage', 'write', 'maintain', 'admin'];
  const names = ['pull', 'triage', 'push', 'maintain', 'admin'];
  const rank = levels.indexOf(permission);
  const permissions = Object.fromEntries(names.map((name, at) => [name, at <= rank]));
  return page(ctx, [{ ...renderFullRepository(ctx.world, permissions), role_name: permission }]);
}
