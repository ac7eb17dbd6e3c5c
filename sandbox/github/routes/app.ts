import { z } from 'zod';
import { Problem, unprocessable } from '../problem.ts';
import { renderApp, renderInstallation } from '../render/app.ts';
import { renderFullRepository } from '../render/repository.ts';
import { type Ctx, created, noContent, notFound, ok, type Reply, type Route } from '../route.ts';
import { permissionsOf } from './repository.ts';

/** Who the App is and where it is installed. https://docs.github.com/rest/apps */
export const appRoutes: readonly Route[] = [
  { method: 'GET', path: '/app', for: 'app', handler: (ctx) => ok(renderApp(ctx.world, { counted: true })) },
  { method: 'GET', path: '/apps/:app_slug', handler: getApp },
  {
    method: 'GET',
    path: '/app/installations',
    for: 'app',
    handler: (ctx) => ok([renderInstallation(ctx.world)]),
  },
  { method: 'GET', path: '/app/installations/:installation_id', for: 'app', handler: getInstallation },
  {
    method: 'POST',
    path: '/app/installations/:installation_id/access_tokens',
    for: 'app',
    handler: createToken,
  },
  {
    method: 'GET',
    path: '/repos/:owner/:repo/installation',
    for: 'app',
    handler: (ctx) => ok(renderInstallation(ctx.world)),
  },
  {
    method: 'GET',
    path: '/orgs/:org/installation',
    for: 'app',
    handler: (ctx) => ok(renderInstallation(ctx.world)),
  },
  { method: 'GET', path: '/installation/repositories', handler: listRepositories },
  { method: 'DELETE', path: '/installation/token', handler: revokeToken },
];

function getApp(ctx: Ctx): Reply {
  if (ctx.param('app_slug') !== ctx.state.app.slug) throw notFound();
  return ok(renderApp(ctx.world));
}

function getInstallation(ctx: Ctx): Reply {
  if (ctx.number('installation_id') !== ctx.state.app.installationId) throw notFound();
  return ok(renderInstallation(ctx.world));
}

const tokenSchema = z.object({
  permissions: z.record(z.string(), z.enum(['read', 'write'])).optional(),
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.number()).optional(),
});

function createToken(ctx: Ctx): Reply {
  const { app, repo } = ctx.state;
  if (ctx.number('installation_id') !== app.installationId) throw notFound();
  const input = ctx.parse(tokenSchema);
  const strange =
    input.repositories?.some((name) => name.toLowerCase() !== repo.name.toLowerCase()) ||
    input.repository_ids?.some((id) => id !== repo.id);
  if (strange) {
    throw unprocessable(
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  const permissions = input.permissions ?? app.permissions;
  for (const [name, level] of Object.entries(permissions)) {
    const granted = app.permissions[name];
    if (granted === undefined || (granted === 'read' && level === 'write')) {
      throw unprocessable('The permissions requested are not granted to this installation.');
    }
  }
  const { token, expiresAt } = ctx.world.tokens.issue(permissions);
  return created({
    token,
    expires_at: ctx.world.iso(expiresAt),
    permissions,
    repository_selection: 'selected',
  });
}

function listRepositories(ctx: Ctx): Reply {
  if (ctx.actor.kind !== 'installation')
    throw new Problem(
      403,
      'You must authenticate with an installation access token in order to list repositories for an installation.',
    );
  const repository = renderFullRepository(ctx.world, permissionsOf(ctx));
  return ok({ total_count: 1, repository_selection: 'selected', repositories: [repository] });
}

function revokeToken(ctx: Ctx): Reply {
  if (ctx.actor.kind !== 'installation')
    throw new Problem(403, 'This endpoint requires an installation access token.');
  ctx.world.tokens.revoke((ctx.headers['authorization'] ?? '').split(/\s+/)[1] ?? '');
  return noContent();
}
