import { type CommitObject, identityDate } from './git/objects.ts';
import { importAuthor } from './import-history.ts';
import type { GitHubWorld } from './world.ts';

/**
 * Makes a published release of every tag that reads as a version: by the author of the tagged commit, and of its date.
 * Nobody is told, for all of this was long ago.
 */
export async function importReleases(world: GitHubWorld): Promise<void> {
  const tagged: { readonly tag: string; readonly commit: CommitObject }[] = [];
  for (const [ref, oid] of world.state.refs) {
    const tag = /^refs\/tags\/(v?\d+\.\d+\.\d+\S*)$/.exec(ref)?.[1];
    const peeled = tag === undefined ? undefined : await world.git.peel(oid);
    const commit = peeled === undefined ? undefined : await world.git.commit(peeled);
    if (tag !== undefined && commit) tagged.push({ tag, commit });
  }
  tagged.sort((one, other) => one.commit.committer.seconds - other.commit.committer.seconds);
  for (const { tag, commit } of tagged) importRelease(world, tag, commit);
}

function importRelease(world: GitHubWorld, tag: string, commit: CommitObject): void {
  const { state } = world;
  const at = identityDate(commit.committer);
  const id = state.nextId();
  state.releases.set(id, {
    id,
    tagName: tag,
    targetCommitish: state.repo.defaultBranch,
    name: tag,
    body: null,
    draft: false,
    prerelease: tag.includes('-'),
    makeLatest: 'legacy',
    author: importAuthor(world, commit),
    createdAt: at,
    updatedAt: at,
    publishedAt: at,
  });
}
