import { codeownersErrors } from '../operations/codeowners.ts';
import { roleAtLeast, roleOf } from '../permissions.ts';
import { Problem } from '../problem.ts';
import { renderAccount } from '../render/accounts.ts';
import { type Ctx, noContent, notFound, ok, page, type Reply, type Route } from '../route.ts';
import type { RepoRole } from '../types.ts';

const metadata = { name: 'metadata', level: 'read' } as const;

/** https://docs.github.com/rest/users and https://docs.github.com/rest/collaborators */
export const peopleRoutes: readonly Route[] = [
  { method: 'GET', path: '/user', handler: getViewer },
  { method: 'GET', path: '/users/:username', handler: getUser },
  { method: 'GET', path: '/user/:account_id', handler: getUserById },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/collaborators',
    permission: metadata,
    handler: listCollaborators,
  },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/collaborators/:username',
    permission: metadata,
    handler: checkCollaborator,
  },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/collaborators/:username/permission',
    permission: metadata,
    handler: getPermission,
  },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/codeowners/errors',
    permission: { name: 'contents', level: 'read' },
    handler: listCodeownersErrors,
  },
  { method: 'GET', path: '/rate_limit', handler: getRateLimit },
];

function renderPublic(ctx: Ctx, login: string) {
  const account = ctx.state.account(login);
  if (!account) throw notFound();
  return {
    ...renderAccount(ctx.world, account.login),
    name: account.name,
    company: null,
    blog: '',
    location: null,
    email: account.email,
    hireable: null,
    bio: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.createdAt,
  };
}

function getViewer(ctx: Ctx): Reply {
  if (ctx.actor.kind === 'anonymous') throw new Problem(401, 'Requires authentication');
  if (ctx.actor.kind !== 'user') throw new Problem(403, 'Resource not accessible by integration');
  return ok(renderPublic(ctx, ctx.actor.login));
}

function getUser(ctx: Ctx): Reply {
  return ok(renderPublic(ctx, ctx.param('username')));
}

function getUserById(ctx: Ctx): Reply {
  const id = ctx.number('account_id');
  const account = [...ctx.state.accounts.values()].find((each) => each.id === id);
  if (!account) throw notFound();
  return ok(renderPublic(ctx, account.login));
}

function permissionsOf(role: RepoRole | undefined) {
  return {
    pull: roleAtLeast(role, 'read'),
    triage: roleAtLeast(role, 'triage'),
    push: roleAtLeast(role, 'write'),
    maintain: roleAtLeast(role, 'maintain'),
    admin: roleAtLeast(role, 'admin'),
  };
}

/** Only those who may push see the list. */
function listCollaborators(ctx: Ctx): Reply {
  const { actor } = ctx;
  if (actor.kind === 'user' && !roleAtLeast(roleOf(ctx.world, actor.login), 'write'))
    throw new Problem(403, 'Must have push access to view repository collaborators.');
  const found = [...ctx.state.accounts.keys()].filter((login) => roleOf(ctx.world, login) !== undefined);
  return page(ctx, found, (slice) =>
    slice.map((login) => {
      const role = roleOf(ctx.world, login);
      return { ...renderAccount(ctx.world, login), permissions: permissionsOf(role), role_name: role };
    }),
  );
}

function checkCollaborator(ctx: Ctx): Reply {
  if (roleOf(ctx.world, ctx.param('username')) === undefined) throw notFound();
  return noContent();
}

/** `permission` knows only admin, write, read and none; `role_name` says more. */
function getPermission(ctx: Ctx): Reply {
  const account = ctx.state.account(ctx.param('username'));
  if (!account) throw new Problem(404, `${ctx.param('username')} is not a user`);
  const role = roleOf(ctx.world, account.login);
  const coarse = { admin: 'admin', maintain: 'write', write: 'write', triage: 'read', read: 'read' } as const;
  const stranger = ctx.state.repo.isPrivate ? 'none' : 'read';
  const permission = role === undefined ? stranger : coarse[role];
  const roleName = role ?? stranger;
  const user = {
    ...renderAccount(ctx.world, account.login),
    permissions: permissionsOf(role),
    role_name: roleName,
  };
  return ok({ permission, role_name: roleName, user });
}

async function listCodeownersErrors(ctx: Ctx): Promise<Reply> {
  const errors = await codeownersErrors(ctx.world, ctx.query.get('ref') ?? undefined);
  if (!errors) throw notFound();
  return ok({ errors });
}

/** Costs nothing itself. */
function getRateLimit(ctx: Ctx): Reply {
  const core = ctx.world.limits.status(ctx.actor, 'core');
  const graphql = ctx.world.limits.status(ctx.actor, 'graphql');
  const search = { limit: 30, used: 0, remaining: 30, reset: core.reset };
  return ok({ resources: { core, graphql, search }, rate: core });
}
