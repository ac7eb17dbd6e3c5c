import type { Actor } from '../actor.ts';
import { emit } from '../events.ts';
import { notFound, Problem, validationFailed } from '../problem.ts';
import { renderRelease } from '../render/release.ts';
import { resolveCommit } from '../resolve.ts';
import type { Release } from '../types.ts';
import { actorLogin, type GitHubWorld } from '../world.ts';
import { createRef } from './refs.ts';
import { generateNotes } from './release-notes.ts';

/** A longer body is refused. */
const longestBody = 125_000;

export interface ReleaseChange {
  readonly tagName?: string | undefined;
  readonly targetCommitish?: string | undefined;
  readonly name?: string | null | undefined;
  readonly body?: string | null | undefined;
  readonly draft?: boolean | undefined;
  readonly prerelease?: boolean | undefined;
  readonly makeLatest?: Release['makeLatest'] | undefined;
}

/**
 * Makes a release. Published at once, it makes its tag if there is none; a draft has no tag until it is published.
 *
 * @throws Problem 422 when the tag has a release, the target is none, the body is too long or a rule forbids the tag.
 */
export function createRelease(
  world: GitHubWorld,
  actor: Actor,
  input: ReleaseChange & { readonly tagName: string; readonly generateNotes: boolean },
): Promise<Release> {
  return world.exclusive(async () => {
    check(world, input, undefined);
    const notes = input.generateNotes ? await generateNotes(world, input) : undefined;
    const body = notes ? [input.body, notes.body].filter((part) => part).join('\n\n') : (input.body ?? null);
    const now = world.iso();
    const release: Release = {
      id: world.state.nextId(),
      tagName: input.tagName,
      targetCommitish: input.targetCommitish ?? world.state.repo.defaultBranch,
      name: input.name ?? notes?.name ?? null,
      body,
      draft: input.draft ?? false,
      prerelease: input.prerelease ?? false,
      makeLatest: input.makeLatest ?? 'true',
      author: actorLogin(world, actor),
      createdAt: now,
      updatedAt: now,
      publishedAt: null,
    };
    if (!release.draft) await ensureTag(world, actor, release);
    world.state.releases.set(release.id, release);
    send(world, actor, release, 'created');
    if (!release.draft) publish(world, actor, release);
    return release;
  });
}

/** Changes what is given; `draft: false` publishes. @throws Problem 404 or 422. */
export function updateRelease(
  world: GitHubWorld,
  actor: Actor,
  id: number,
  change: ReleaseChange,
): Promise<Release> {
  return world.exclusive(async () => {
    const release = releaseOf(world, id);
    check(world, change, release);
    const was = {
      name: release.name,
      body: release.body,
      draft: release.draft,
      prerelease: release.prerelease,
    };
    release.tagName = change.tagName ?? release.tagName;
    release.targetCommitish = change.targetCommitish ?? release.targetCommitish;
    if (change.name !== undefined) release.name = change.name;
    if (change.body !== undefined) release.body = change.body;
    release.prerelease = change.prerelease ?? release.prerelease;
    release.makeLatest = change.makeLatest ?? release.makeLatest;
    release.draft = change.draft ?? release.draft;
    release.updatedAt = world.iso();
    if (was.draft && !release.draft) {
      await ensureTag(world, actor, release);
      publish(world, actor, release);
    }
    if (!was.draft && release.draft) send(world, actor, release, 'unpublished');
    if (was.prerelease && !release.prerelease && !release.draft && !was.draft)
      send(world, actor, release, 'released');
    const changes = {
      ...(release.name === was.name ? {} : { name: { from: was.name ?? '' } }),
      ...(release.body === was.body ? {} : { body: { from: was.body ?? '' } }),
    };
    send(world, actor, release, 'edited', { changes });
    return release;
  });
}

/** The tag stays. @throws Problem 404. */
export function deleteRelease(world: GitHubWorld, actor: Actor, id: number): Promise<void> {
  return world.exclusive(async () => {
    const release = releaseOf(world, id);
    world.state.releases.delete(id);
    send(world, actor, release, 'deleted');
  });
}

/** @throws Problem 404. */
export function releaseOf(world: GitHubWorld, id: number): Release {
  const release = world.state.releases.get(id);
  if (!release) throw notFound();
  return release;
}

/** The newest full release, unless one was marked; undefined when none is published. */
export function latestRelease(world: GitHubWorld): Release | undefined {
  const full = [...world.state.releases.values()].filter(
    (each) => !each.draft && !each.prerelease && each.makeLatest !== 'false',
  );
  return full.toSorted((one, other) => (one.publishedAt ?? '').localeCompare(other.publishedAt ?? '')).at(-1);
}

function check(world: GitHubWorld, input: ReleaseChange, own: Release | undefined): void {
  const twin = [...world.state.releases.values()].find(
    (each) => !each.draft && each.tagName === input.tagName,
  );
  if (twin && twin !== own)
    throw validationFailed([{ resource: 'Release', code: 'already_exists', field: 'tag_name' }]);
  if (input.tagName?.trim() === '')
    throw validationFailed([{ resource: 'Release', code: 'missing_field', field: 'tag_name' }]);
  if ((input.body ?? '').length > longestBody) {
    const message = `body is too long (maximum is ${longestBody} characters)`;
    throw validationFailed([{ resource: 'Release', code: 'custom', field: 'body', message }]);
  }
}

async function ensureTag(world: GitHubWorld, actor: Actor, release: Release): Promise<void> {
  const ref = `refs/tags/${release.tagName}`;
  if (world.state.refs.has(ref)) return;
  const sha = await resolveCommit(world, world.state, release.targetCommitish);
  if (sha === undefined)
    throw validationFailed([{ resource: 'Release', code: 'invalid', field: 'target_commitish' }]);
  await createRef(world, actor, { ref, sha }).catch((error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    throw validationFailed([
      { resource: 'Release', code: 'custom', field: 'pre_receive', message: `pre_receive ${error.message}` },
    ]);
  });
}

function publish(world: GitHubWorld, actor: Actor, release: Release): void {
  release.publishedAt = world.iso();
  release.updatedAt = release.publishedAt;
  send(world, actor, release, 'published');
  send(world, actor, release, release.prerelease ? 'prereleased' : 'released');
}

function send(
  world: GitHubWorld,
  actor: Actor,
  release: Release,
  action: string,
  more: Readonly<Record<string, unknown>> = {},
): void {
  emit(world, 'release', action, actor, { release: renderRelease(world, release), ...more });
}
