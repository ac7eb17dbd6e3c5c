import { z } from 'zod';
import { generateNotes } from '../operations/release-notes.ts';
import {
  createRelease,
  deleteRelease,
  latestRelease,
  releaseOf,
  updateRelease,
} from '../operations/releases.ts';
import { may } from '../permissions.ts';
import { renderRelease } from '../render/release.ts';
import { type Ctx, created, noContent, notFound, ok, page, type Reply, type Route } from '../route.ts';
import type { Release } from '../types.ts';

const read = { name: 'contents', level: 'read' } as const;
const write = { name: 'contents', level: 'write' } as const;
const base = '/repos/:owner/:repo/releases';

/** https://docs.github.com/rest/releases */
export const releaseRoutes: readonly Route[] = [
  { method: 'GET', path: base, permission: read, handler: listReleases },
  { method: 'POST', path: base, permission: write, creates: true, handler: postRelease },
  { method: 'POST', path: `${base}/generate-notes`, permission: write, handler: postNotes },
  { method: 'GET', path: `${base}/latest`, permission: read, handler: getLatest },
  { method: 'GET', path: `${base}/tags/*`, permission: read, handler: getByTag },
  { method: 'GET', path: `${base}/:release_id`, permission: read, handler: getRelease },
  { method: 'PATCH', path: `${base}/:release_id`, permission: write, handler: patchRelease },
  { method: 'DELETE', path: `${base}/:release_id`, permission: write, handler: removeRelease },
  { method: 'GET', path: `${base}/:release_id/assets`, permission: read, handler: listAssets },
];

const releaseChange = z.object({
  tag_name: z.string().optional(),
  target_commitish: z.string().optional(),
  name: z.string().nullish(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
  prerelease: z.boolean().optional(),
  make_latest: z.enum(['true', 'false', 'legacy']).optional(),
});

const newRelease = releaseChange.extend({
  tag_name: z.string(),
  generate_release_notes: z.boolean().default(false),
});

const notes = z.object({
  tag_name: z.string(),
  target_commitish: z.string().optional(),
  previous_tag_name: z.string().optional(),
  configuration_file_path: z.string().optional(),
});

function toChange(body: z.infer<typeof releaseChange>) {
  const { tag_name: tagName, target_commitish: targetCommitish, make_latest: makeLatest, ...same } = body;
  return { ...same, tagName, targetCommitish, makeLatest };
}

/** Drafts are shown only to those who may write. */
function visible(ctx: Ctx): readonly Release[] {
  const writes = may(ctx.world, ctx.actor, write);
  return [...ctx.state.releases.values()].filter((release) => writes || !release.draft);
}

function listReleases(ctx: Ctx): Reply {
  return page(ctx, visible(ctx).toReversed(), (slice) =>
    slice.map((release) => renderRelease(ctx.world, release)),
  );
}

async function postRelease(ctx: Ctx): Promise<Reply> {
  const body = ctx.parse(newRelease);
  const input = { ...toChange(body), tagName: body.tag_name, generateNotes: body.generate_release_notes };
  return created(renderRelease(ctx.world, await createRelease(ctx.world, ctx.actor, input)));
}

async function postNotes(ctx: Ctx): Promise<Reply> {
  const body = ctx.parse(notes);
  return ok(
    await generateNotes(ctx.world, {
      tagName: body.tag_name,
      targetCommitish: body.target_commitish,
      previousTagName: body.previous_tag_name,
      configurationFilePath: body.configuration_file_path,
    }),
  );
}

function getLatest(ctx: Ctx): Reply {
  const release = latestRelease(ctx.world);
  if (!release) throw notFound();
  return ok(renderRelease(ctx.world, release));
}

function getByTag(ctx: Ctx): Reply {
  const release = [...ctx.state.releases.values()].find(
    (each) => !each.draft && each.tagName === ctx.param('*'),
  );
  if (!release) throw notFound();
  return ok(renderRelease(ctx.world, release));
}

function found(ctx: Ctx): Release {
  const release = releaseOf(ctx.world, ctx.number('release_id'));
  if (!visible(ctx).includes(release)) throw notFound();
  return release;
}

function getRelease(ctx: Ctx): Reply {
  return ok(renderRelease(ctx.world, found(ctx)));
}

async function patchRelease(ctx: Ctx): Promise<Reply> {
  const release = await updateRelease(
    ctx.world,
    ctx.actor,
    found(ctx).id,
    toChange(ctx.parse(releaseChange)),
  );
  return ok(renderRelease(ctx.world, release));
}

async function removeRelease(ctx: Ctx): Promise<Reply> {
  await deleteRelease(ctx.world, ctx.actor, found(ctx).id);
  return noContent();
}

function listAssets(ctx: Ctx): Reply {
  found(ctx);
  return page(ctx, []);
}
