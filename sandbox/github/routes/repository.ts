import { rulesFor } from '../operations/rules.ts';
import { roleAtLeast, roleOf } from '../permissions.ts';
import { renderAccount } from '../render/accounts.ts';
import { renderCommit } from '../render/commit.ts';
import { renderFullRepository } from '../render/repository.ts';
import { type Ctx, notFound, ok, page, type Reply, type Route } from '../route.ts';

const metadata = { name: 'metadata', level: 'read' } as const;
const contents = { name: 'contents', level: 'read' } as const;

/** The repository, its branches, tags and activity. https://docs.github.com/rest/repos */
export const repositoryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/repos/:owner/:repo',
    permission: metadata,
    handler: (ctx) => ok(renderFullRepository(ctx.world, permissionsOf(ctx))),
  },
  { method: 'GET', path: '/repos/:owner/:repo/branches', permission: contents, handler: listBranches },
  { method: 'GET', path: '/repos/:owner/:repo/branches/*', permission: contents, handler: getBranch },
  { method: 'GET', path: '/repos/:owner/:repo/tags', permission: metadata, handler: listTags },
  { method: 'GET', path: '/repos/:owner/:repo/activity', permission: contents, handler: listActivity },
];

/** What the asker may do, in the words of `permissions` of a repository. */
export function permissionsOf({ world, actor }: Ctx): Readonly<Record<string, boolean>> {
  const role = actor.kind === 'user' ? roleOf(world, actor.login) : undefined;
  const writes = actor.kind === 'installation' && actor.permissions['contents'] === 'write';
  return {
    admin: roleAtLeast(role, 'admin'),
    maintain: roleAtLeast(role, 'maintain'),
    push: writes || roleAtLeast(role, 'write'),
    triage: writes || roleAtLeast(role, 'triage'),
    pull: true,
  };
}

function named(ctx: Ctx, prefix: string): [string, string][] {
  return [...ctx.view.refs]
    .filter(([ref]) => ref.startsWith(prefix))
    .map(([ref, sha]): [string, string] => [ref.slice(prefix.length), sha])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function isProtected(ctx: Ctx, branch: string): boolean {
  return rulesFor(ctx.world, `refs/heads/${branch}`).length > 0;
}

function listBranches(ctx: Ctx): Reply {
  const only = ctx.query.get('protected');
  const rows = named(ctx, 'refs/heads/')
    .map(([name, sha]) => ({ name, sha, guarded: isProtected(ctx, name) }))
    .filter((row) => only === null || String(row.guarded) === only);
  return page(ctx, rows, (slice) =>
    slice.map(({ name, sha, guarded }) => ({
      name,
      commit: { sha, url: `${ctx.world.urls.repoApi()}/commits/${sha}` },
      protected: guarded,
    })),
  );
}

async function getBranch(ctx: Ctx): Promise<Reply> {
  const name = ctx.param('*');
  const sha = ctx.view.refs.get(`refs/heads/${name}`);
  const commit = sha === undefined ? undefined : await ctx.world.git.commit(sha);
  if (!commit) throw notFound();
  const self = `${ctx.world.urls.repoApi()}/branches/${name}`;
  return ok({
    name,
    commit: renderCommit(ctx.world, commit),
    _links: { self, html: `${ctx.world.urls.repoHtml()}/tree/${name}` },
    protected: isProtected(ctx, name),
    protection: {
      enabled: false,
      required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] },
    },
    protection_url: `${self}/protection`,
  });
}

async function listTags(ctx: Ctx): Promise<Reply> {
  const api = ctx.world.urls.repoApi();
  const rows = named(ctx, 'refs/tags/').toReversed();
  const tags = rows.map(async ([name, oid]) => {
    const sha = (await ctx.world.git.peel(oid)) ?? oid;
    return {
      name,
      commit: { sha, url: `${api}/commits/${sha}` },
      zipball_url: `${api}/zipball/refs/tags/${name}`,
      tarball_url: `${api}/tarball/refs/tags/${name}`,
      node_id: ctx.state.nodeId('Ref', `refs/tags/${name}`),
    };
  });
  return page(ctx, await Promise.all(tags));
}

/** Newest first; paged by cursor on GitHub, by page here as well as there with `per_page`. */
function listActivity(ctx: Ctx): Reply {
  const ref = ctx.query.get('ref');
  const type = ctx.query.get('activity_type');
  const actor = ctx.query.get('actor');
  const full = ref === null || ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
  const rows = ctx.state.activities
    .filter((row) => (full === null || row.ref === full) && (type === null || row.type === type))
    .filter((row) => actor === null || row.actor === actor);
  const ordered = ctx.query.get('direction') === 'asc' ? rows : rows.toReversed();
  return page(ctx, ordered, (slice) =>
    slice.map((row) => ({
      id: row.id,
      node_id: `PSH_${Buffer.from(String(row.id)).toString('base64url')}`,
      before: row.before,
      after: row.after,
      ref: row.ref,
      timestamp: row.at,
      activity_type: row.type,
      actor: renderAccount(ctx.world, row.actor),
    })),
  );
}
