import type { Actor } from './actor.ts';
import { forbidden, notFound, Problem } from './problem.ts';
import type { Permission } from './route.ts';
import type { RepoRole } from './types.ts';
import type { GitHubWorld } from './world.ts';

const ranks: Readonly<Record<RepoRole, number>> = { read: 1, triage: 2, write: 3, maintain: 4, admin: 5 };

/** What a role may write, besides what lesser roles may. */
const writable: Readonly<Record<string, RepoRole>> = {
  issues: 'read',
  contents: 'write',
  pull_requests: 'write',
  statuses: 'write',
  deployments: 'write',
  checks: 'write',
  actions: 'write',
  metadata: 'admin',
  administration: 'admin',
  workflows: 'write',
};

/** The role a person has in the repository, by the teams, as a direct collaborator or as a member; undefined for strangers. */
export function roleOf(world: GitHubWorld, login: string): RepoRole | undefined {
  const { state } = world;
  const account = state.account(login);
  if (account?.type !== 'User') return undefined;
  const roles: RepoRole[] = state.isMember(account.login) ? ['read'] : [];
  const direct = state.roles.get(account.login);
  if (direct) roles.push(direct);
  for (const team of state.teams.values()) {
    if (team.members.some((member) => member.login === account.login)) roles.push(team.permission);
  }
  return roles.toSorted((a, b) => ranks[b] - ranks[a])[0];
}

export function roleAtLeast(role: RepoRole | undefined, wanted: RepoRole): boolean {
  return role !== undefined && ranks[role] >= ranks[wanted];
}

/** Whether an actor may do what a permission stands for. */
export function may(world: GitHubWorld, actor: Actor, permission: Permission): boolean {
  if (actor.kind === 'installation') {
    const granted = actor.permissions[permission.name];
    return granted === 'write' || (granted === 'read' && permission.level === 'read');
  }
  if (actor.kind === 'user') {
    const role = roleOf(world, actor.login);
    const needed = permission.level === 'read' ? 'read' : (writable[permission.name] ?? 'admin');
    return roleAtLeast(role, needed) || (permission.level === 'read' && !world.state.repo.isPrivate);
  }
  return actor.kind === 'anonymous' && permission.level === 'read' && !world.state.repo.isPrivate;
}

/** @throws Problem 401, 403 or 404, whichever GitHub answers to such an actor. */
export function demand(world: GitHubWorld, actor: Actor, permission: Permission): void {
  if (may(world, actor, permission)) return;
  if (actor.kind === 'installation') throw forbidden();
  if (actor.kind === 'app') throw new Problem(401, 'A JSON web token could not be decoded');
  if (actor.kind === 'anonymous') throw new Problem(401, 'Requires authentication');
  throw roleOf(world, actor.login) === undefined
    ? notFound()
    : forbidden('Must have push access to this repository.');
}
